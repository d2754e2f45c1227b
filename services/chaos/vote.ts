import type { RegistryDatabase } from '@/db/registry/client';
import { demoCycles } from '@/db/seed/cycles';
import { CURRENT_PROPOSALS } from '@/db/seed/proposals/current';
import { demoRoll, type DemoResident } from '@/db/seed/roll';
import { demoActor } from '@/db/seed/write/council';
import { writeCycle, writeProposals } from '@/db/seed/write/cycle';
import { writeDistricts, writePeople, writeResidents } from '@/db/seed/write/foundation';
import { draft } from '@/db/seed/write/round';
import { inTransaction } from '@/db/transaction';
import { loadShippedPlan } from '@/lib/plan/commands';
import { requestOpenRound } from '@/lib/rounds/commands';
import type { RollKeys } from '@/lib/roll/types';
import { ok } from '@/lib/shared/result';

/** The three largest districts: few keys to make, and groups of a believable size. */
const PLACES = ['120101', '120107', '120114'];

/** A vote of the demonstration's current cycle that asks to be opened; nobody has voted in it. */
export async function writeVote(
  db: RegistryDatabase,
  keys: RollKeys,
): Promise<{ round: string; roll: readonly DemoResident[] }> {
  const { current } = demoCycles(new Date());
  const envelopes = current.envelopes.filter(
    ({ key }) => key === 'province' || PLACES.includes(key),
  );
  const cycle = {
    ...current,
    envelopes,
    ceilingCents: envelopes.reduce((sum, { amountCents }) => sum + amountCents, 0),
  };
  const names = envelopes.map(({ key }) => key);
  const roll = demoRoll().filter(({ districtCode }) => PLACES.includes(districtCode));
  await writeDistricts(db);
  const plan = await loadShippedPlan(db, { kind: 'operator' });
  if (!plan.ok) throw new Error(`The plan could not be loaded: ${plan.reason}`);
  await writePeople(db);
  await writeResidents(db, keys, roll);
  await inTransaction(db, async (tx) => {
    await writeCycle(tx, cycle, { state: 'current', previousCycleId: null, withWeights: true });
    const proposals = CURRENT_PROPOSALS.filter(({ envelope }) => names.includes(envelope));
    await writeProposals(tx, cycle, proposals);
    return ok(null);
  });
  await draft(db, cycle);
  const asked = await requestOpenRound(db, demoActor('administrator'), { roundId: cycle.round.id });
  if (!asked.ok) throw new Error(`The round could not be opened: ${asked.reason}`);
  return { round: cycle.round.id, roll };
}
