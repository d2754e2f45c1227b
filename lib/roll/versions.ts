import { desc, eq, isNull, sql } from 'drizzle-orm';
import type { Registry, RegistryTransaction } from '@/db/registry/client';
import { resident, rollEntry, rollFreeze, rollImport, rollVersion } from '@/db/registry/schema';

/** Any constant: what changes the roll and what copies it take turns. */
const ROLL_LOCK = 7_200_515;

/** Until the transaction ends nobody else changes the roll or freezes it. */
export async function lockRoll(tx: RegistryTransaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${ROLL_LOCK})`);
}

/**
 * The same for one person who comes onto the roll, unless an import is on its way: that may hold the
 * roll for a minute, and a version in between would be compared with nothing its second person saw.
 */
export async function lockIdleRoll(tx: RegistryTransaction): Promise<boolean> {
  if (await isApplying(tx)) return false;
  await lockRoll(tx);
  return !(await isApplying(tx));
}

async function isApplying(tx: RegistryTransaction): Promise<boolean> {
  return (await tx.$count(rollImport, eq(rollImport.state, 'applying'))) > 0;
}

/** The number of the roll as it stands; 0 before the first version. */
export async function currentRollVersion(db: Registry): Promise<number> {
  const [last] = await db
    .select({ number: rollVersion.number })
    .from(rollVersion)
    .orderBy(desc(rollVersion.number))
    .limit(1);
  return last?.number ?? 0;
}

interface RollCount {
  readonly people: number;
  readonly perDistrict: Record<string, number>;
}

/** How many people are on the roll now, per district. */
export async function countRoll(db: Registry): Promise<RollCount> {
  const rows = await db
    .select({ code: resident.districtCode, people: sql<number>`count(*)::int` })
    .from(resident)
    .where(isNull(resident.leftAt))
    .groupBy(resident.districtCode)
    .orderBy(resident.districtCode);
  return total(rows);
}

function total(rows: readonly { readonly code: string; readonly people: number }[]): RollCount {
  return {
    people: rows.reduce((sum, row) => sum + row.people, 0),
    perDistrict: Object.fromEntries(rows.map((row) => [row.code, row.people])),
  };
}

export interface VersionFacts {
  readonly kind: (typeof rollVersion.$inferSelect)['kind'];
  readonly importId: string | null;
  /** staff:<id> or operator */
  readonly askedBy: string;
  readonly approvedBy: string;
}

/** Writes down the roll as it now stands. The caller holds the lock of the roll. */
export async function writeVersion(
  tx: RegistryTransaction,
  facts: VersionFacts,
): Promise<{ readonly number: number } & RollCount> {
  const number = (await currentRollVersion(tx)) + 1;
  const counted = await countRoll(tx);
  await tx.insert(rollVersion).values({ number, ...facts, ...counted });
  return { number, ...counted };
}

/** Writes down what a round copies of the roll, in the transaction that copies it. */
export async function writeFreeze(tx: RegistryTransaction, roundId: string): Promise<void> {
  const version = await currentRollVersion(tx);
  const rows = await tx
    .select({ code: rollEntry.districtCode, people: sql<number>`count(*)::int` })
    .from(rollEntry)
    .where(eq(rollEntry.roundId, roundId))
    .groupBy(rollEntry.districtCode)
    .orderBy(rollEntry.districtCode);
  await tx
    .insert(rollFreeze)
    .values({ roundId, version: version === 0 ? null : version, ...total(rows) })
    .onConflictDoNothing();
}
