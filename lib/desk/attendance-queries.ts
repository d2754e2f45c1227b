import 'server-only';
import { and, asc, count, desc, eq } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import {
  assembly,
  assemblyArrivals,
  assemblyAttendance,
  assemblyGuest,
  district,
  resident,
} from '@/db/registry/schema';

export interface AssemblyLine {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  /** YYYY-MM-DD */
  readonly day: string;
  readonly state: 'open' | 'closed';
}

const line = {
  id: assembly.id,
  name: assembly.name,
  place: assembly.place,
  day: assembly.day,
  state: assembly.state,
};

interface Page {
  readonly page: number;
  readonly perPage: number;
}

/** One page of the assemblies, the newest day first. */
export async function assembliesPage(
  db: Registry,
  { page, perPage }: Page,
): Promise<{ readonly assemblies: AssemblyLine[]; readonly total: number }> {
  const assemblies = await db
    .select(line)
    .from(assembly)
    .orderBy(desc(assembly.day), asc(assembly.name), asc(assembly.id))
    .limit(perPage)
    .offset((page - 1) * perPage);
  const [all] = await db.select({ total: count() }).from(assembly);
  return { assemblies, total: all?.total ?? 0 };
}

export interface AssemblyDetail extends AssemblyLine {
  readonly residents: number;
  readonly guests: number;
  /** By quarter of an hour, Lima. */
  readonly arrivals: readonly { readonly quarter: string; readonly people: number }[];
}

export async function assemblyById(db: Registry, id: string): Promise<AssemblyDetail | null> {
  const [row] = await db.select(line).from(assembly).where(eq(assembly.id, id));
  if (row === undefined) return null;
  const [residents, guests, arrivals] = await Promise.all([
    db.$count(assemblyAttendance, eq(assemblyAttendance.assemblyId, id)),
    db.$count(assemblyGuest, eq(assemblyGuest.assemblyId, id)),
    db
      .select({ quarter: assemblyArrivals.quarter, people: assemblyArrivals.people })
      .from(assemblyArrivals)
      .where(eq(assemblyArrivals.assemblyId, id))
      .orderBy(asc(assemblyArrivals.quarter)),
  ]);
  return { ...row, residents, guests, arrivals };
}

export interface Attendant {
  readonly dniLastTwo: string;
  readonly districtName: string;
}

/** Who came, by district and last digits: no order of arrival is kept. */
export async function attendants(
  db: Registry,
  of: Page & { readonly assemblyId: string },
): Promise<Attendant[]> {
  return db
    .select({ dniLastTwo: resident.dniLastTwo, districtName: district.name })
    .from(assemblyAttendance)
    .innerJoin(resident, eq(resident.id, assemblyAttendance.residentId))
    .innerJoin(district, eq(district.code, resident.districtCode))
    .where(and(eq(assemblyAttendance.assemblyId, of.assemblyId)))
    .orderBy(asc(district.name), asc(resident.dniLastTwo), asc(resident.id))
    .limit(of.perPage)
    .offset((of.page - 1) * of.perPage);
}
