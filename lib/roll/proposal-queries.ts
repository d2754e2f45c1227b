import 'server-only';
import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { approval, district, rollAddition, staff } from '@/db/registry/schema';
import type { ROLL_ADDITION_KIND, ROLL_IMPORT_KIND } from './import/types';

export type ProposalKind = typeof ROLL_ADDITION_KIND | typeof ROLL_IMPORT_KIND;

const line = {
  id: rollAddition.id,
  dniLastTwo: rollAddition.dniLastTwo,
  districtName: sql<string>`coalesce(${district.name}, ${rollAddition.districtCode})`,
  reason: rollAddition.reason,
  askedBy: rollAddition.askedBy,
  askedByName: staff.displayName,
  askedAt: rollAddition.askedAt,
  state: rollAddition.state,
};

/** People who wait to be added, the newest first. One DNI waits once, so they are few. */
export async function openAdditions(db: Registry, limit: number) {
  return db
    .select(line)
    .from(rollAddition)
    .innerJoin(staff, eq(staff.id, rollAddition.askedBy))
    .leftJoin(district, eq(district.code, rollAddition.districtCode))
    .where(eq(rollAddition.state, 'proposed'))
    .orderBy(desc(rollAddition.askedAt), asc(rollAddition.id))
    .limit(limit);
}

/** One of them without anything that has to be opened; null when there is none. */
export async function additionById(db: Registry, id: string) {
  const [row] = await db
    .select(line)
    .from(rollAddition)
    .innerJoin(staff, eq(staff.id, rollAddition.askedBy))
    .leftJoin(district, eq(district.code, rollAddition.districtCode))
    .where(eq(rollAddition.id, id));
  return row ?? null;
}

/** The request that waits for a second person about this; null when there is none. */
export async function openRequest(
  db: Registry,
  kind: ProposalKind,
  subject: string,
): Promise<{ readonly id: string; readonly requestedBy: string } | null> {
  const [row] = await db
    .select({ id: approval.id, requestedBy: approval.requestedBy })
    .from(approval)
    .where(and(eq(approval.kind, kind), eq(approval.subject, subject), isNull(approval.decision)));
  return row ?? null;
}
