import { eq } from 'drizzle-orm';
import type { BallotBox } from '@/db/ballot-box/client';
import type { RegistryDatabase } from '@/db/registry/client';
import { cycle, planRow } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { loadShippedPlan } from '@/lib/plan/commands';
import type { ManifestWitness } from '@/lib/rounds/manifest';
import { ok } from '@/lib/shared/result';
import { personKeys } from '@/lib/roll/person-crypto';
import { demoCycles } from './cycles';
import { votersOf } from './preferences';
import { PREVIOUS_PROPOSALS } from './previous-cycle';
import { CURRENT_PROPOSALS } from './proposals/current';
import { FREE_RESIDENTS } from './roll';
import { startDemoBox } from './write/box';
import { countPublishAndDecide } from './write/count';
import { writeCycle, writeProposals } from './write/cycle';
import { writeFollowUp } from './write/follow-up';
import { writeDistricts, writeFirstVersion, writePeople, writeResidents } from './write/foundation';
import { draft, open, vote, type RoundSeeding } from './write/round';

export interface SeedOptions {
  readonly registry: RegistryDatabase;
  readonly ballotBox: BallotBox;
  /** For the box that the seed runs itself, until the demonstration's own takes over. */
  readonly ballotBoxUrl: string;
  /** PEM file of the ballot box's Ed25519 key. */
  readonly recordKeyFile: string;
  /** Dates are relative to it; the same while a start that was cut off is repeated. */
  readonly now: Date;
  /** Whether the current cycle's vote is under way with some ballots, or only prepared. */
  readonly currentRound: 'open' | 'draft';
  /** The worker's folder of keys. */
  readonly keysDir: string;
  /** Who watches the record from outside; every manifest names them. */
  readonly witnesses?: readonly ManifestWitness[];
  readonly dniKey: string;
  readonly rollKey: string;
  /** Told what is being loaded, one Spanish sentence at a time. */
  readonly say: (sentence: string) => void;
}

const PREVIOUS_VOTERS = 720;
const CURRENT_VOTERS = 250;

/**
 * The demonstration: districts, plan, people, roll, a previous cycle that was voted, counted,
 * published and decided, and the current one. It plays every person through the application's own
 * commands, with real keys and ballots. Run again after a cut, it goes on where it stopped.
 */
export async function seedDemo(options: SeedOptions): Promise<void> {
  const { registry: db, now } = options;
  const { previous, current } = demoCycles(now);
  await writeDistricts(db);
  await ensurePlan(db);
  await writePeople(db);
  const keys = { dniKey: options.dniKey, people: personKeys(options.rollKey) };
  await writeResidents(db, keys);
  await writeFirstVersion(db);
  await inTransaction(db, async (tx) => {
    await writeCycle(tx, previous, {
      state: 'current',
      previousCycleId: null,
      withWeights: true,
    });
    await writeProposals(tx, previous, PREVIOUS_PROPOSALS);
    // Its weights come from what the council decides on the previous cycle's result.
    await writeCycle(tx, current, {
      state: 'current',
      previousCycleId: previous.id,
      withWeights: false,
    });
    await writeProposals(tx, current, CURRENT_PROPOSALS);
    return ok(null);
  });

  const box = await startDemoBox(options);
  try {
    await playRounds({ ...options, witnesses: options.witnesses ?? [], box }, options);
  } finally {
    await box.stop();
  }
}

/** The votes of both cycles, through the box's own record. */
async function playRounds(
  context: RoundSeeding,
  { now, say, currentRound }: Pick<SeedOptions, 'now' | 'say' | 'currentRound'>,
): Promise<void> {
  const { registry: db } = context;
  const { previous, current } = demoCycles(now);
  say(`Votando y contando el proceso ${previous.fiscalYear}…`);
  await draft(db, previous);
  await open(context, previous);
  await vote(context, previous, votersOf(previous.round.id, PREVIOUS_VOTERS));
  await countPublishAndDecide(context, previous);
  await writeFollowUp(db, previous, now);
  await db.update(cycle).set({ state: 'closed' }).where(eq(cycle.id, previous.id));

  await draft(db, current);
  if (currentRound === 'draft') return;
  say(`Abriendo la votación del proceso ${current.fiscalYear}…`);
  await open(context, current);
  await vote(context, current, votersOf(current.round.id, CURRENT_VOTERS, FREE_RESIDENTS));
}

async function ensurePlan(db: RegistryDatabase): Promise<void> {
  const [row] = await db.select({ code: planRow.code }).from(planRow).limit(1);
  if (row !== undefined) return;
  const loaded = await loadShippedPlan(db, { kind: 'operator' });
  if (!loaded.ok) throw new Error(`The plan could not be loaded: ${loaded.reason}`);
}
