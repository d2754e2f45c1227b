import 'server-only';
import { asc, desc, eq } from 'drizzle-orm';
import { registry, type Registry } from '@/db/registry/client';
import { cycle, district, envelope } from '@/db/registry/schema';

const summary = {
  id: cycle.id,
  fiscalYear: cycle.fiscalYear,
  nameEs: cycle.nameEs,
  nameEn: cycle.nameEn,
  ordinanceNumber: cycle.ordinanceNumber,
  ordinanceDate: cycle.ordinanceDate,
  ceilingCents: cycle.ceilingCents,
  voteEffect: cycle.voteEffect,
  calendar: cycle.calendar,
  state: cycle.state,
  previousCycleId: cycle.previousCycleId,
};

export type CycleSummary = Awaited<ReturnType<typeof listCycles>>[number];

/** All cycles that residents see, the newest first. */
export async function listCycles(db: Registry = registry()) {
  return db.select(summary).from(cycle).orderBy(desc(cycle.fiscalYear));
}

/** The cycle that is going on; between two cycles, none. */
export async function currentCycle(db: Registry = registry()): Promise<CycleSummary | null> {
  const [row] = await db
    .select(summary)
    .from(cycle)
    .where(eq(cycle.state, 'current'))
    .orderBy(desc(cycle.fiscalYear))
    .limit(1);
  return row ?? null;
}

/** Any cycle, also a draft: the next one shows its money before it starts. */
export async function cycleById(
  id: string,
  db: Registry = registry(),
): Promise<CycleSummary | null> {
  const [row] = await db.select(summary).from(cycle).where(eq(cycle.id, id));
  return row ?? null;
}

export type EnvelopeSummary = Awaited<ReturnType<typeof envelopesOf>>[number];

/** The money of a cycle by scope: the province first, then districts by amount. */
export async function envelopesOf(cycleId: string, db: Registry = registry()) {
  const rows = await db
    .select({
      id: envelope.id,
      scope: envelope.scope,
      districtCode: envelope.districtCode,
      districtName: district.name,
      dimensionCode: envelope.dimensionCode,
      amountCents: envelope.amountCents,
      origin: envelope.origin,
    })
    .from(envelope)
    .leftJoin(district, eq(district.code, envelope.districtCode))
    .where(eq(envelope.cycleId, cycleId))
    .orderBy(desc(envelope.amountCents), asc(envelope.id));
  return [
    ...rows.filter((row) => row.scope === 'province'),
    ...rows.filter((row) => row.scope !== 'province'),
  ];
}
