import 'server-only';
import { and, asc, count, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { passkey, staff, staffRole, staffSession } from '@/db/registry/schema';
import { ROLES_OF_TWO } from './permissions';
import type { Role } from './roles';

export interface DemoPerson {
  id: string;
  displayName: string;
  role: Role;
}

/** The people of the demonstration, who may be signed in with one click. */
export async function demoPeople(db: Registry): Promise<DemoPerson[]> {
  return db
    .select({ id: staff.id, displayName: staff.displayName, role: staffRole.role })
    .from(staff)
    .innerJoin(staffRole, eq(staffRole.staffId, staff.id))
    .where(and(eq(staff.isDemo, 'yes'), isNull(staff.disabledAt)))
    .orderBy(asc(staff.id));
}

export interface StaffLine {
  readonly id: string;
  readonly displayName: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly passkeys: number;
  /** Has ever come in, by whatever way. */
  readonly wasHere: boolean;
  readonly disabledAt: Date | null;
}

// Columns of a query over one table are written without it: inside these the tables are named.
const line = {
  id: staff.id,
  displayName: staff.displayName,
  email: staff.email,
  roles: sql<Role[]>`(
    select coalesce(array_agg(held.role order by held.role), '{}') from ${staffRole} as held
    where held.staff_id = ${staff}.id)`,
  passkeys: sql<number>`(
    select count(*)::int from ${passkey} as held
    where held.staff_id = ${staff}.id and held.removed_at is null)`,
  wasHere: sql<boolean>`(
    ${staff}.identity is not null
    or exists (select 1 from ${passkey} as held where held.staff_id = ${staff}.id)
    or exists (select 1 from ${staffSession} as held where held.staff_id = ${staff}.id))`,
  disabledAt: staff.disabledAt,
};

/** Roles that nobody gives out alone, nor lets anybody into. */
export const isOfTwo = (role: Role): boolean => ROLES_OF_TWO.includes(role);

/** Whether one administrator alone may make a link for this person's first passkey. */
export function mayInviteAlone(person: StaffLine): boolean {
  const { wasHere, roles } = person;
  // Without any role: somebody whose roles wait for a second person.
  return !wasHere && roles.length > 0 && !roles.some(isOfTwo);
}

/** One page of everybody who works or worked here, those with access first. */
export async function staffPage(
  db: Registry,
  { page, perPage }: { readonly page: number; readonly perPage: number },
): Promise<{ readonly people: StaffLine[]; readonly total: number }> {
  const people = await db
    .select(line)
    .from(staff)
    .orderBy(desc(isNull(staff.disabledAt)), asc(staff.displayName), asc(staff.id))
    .limit(perPage)
    .offset((page - 1) * perPage);
  const [all] = await db.select({ total: count() }).from(staff);
  return { people, total: all?.total ?? 0 };
}

export async function staffById(db: Registry, id: string): Promise<StaffLine | null> {
  const [person] = await db.select(line).from(staff).where(eq(staff.id, id));
  return person ?? null;
}
