import type { KeyObject } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { BallotBox } from '@/db/ballot-box/client';
import { ballotTotals } from '@/db/ballot-box/rounds';
import type { RegistryDatabase } from '@/db/registry/client';
import { result, round } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import type { Actor } from '@/lib/auth/actor';
import { draftRound } from '@/lib/rounds/commands/draft-round';
import { freezeRound, recordOpened } from '@/lib/rounds/commands/open-round';
import type { ManifestWitness } from '@/lib/rounds/manifest';
import { DEFAULT_PICKS } from '@/lib/rounds/presets';
import { frozenManifest, roundById } from '@/lib/rounds/queries';
import { present } from '@/lib/shared/assert';
import { ok, type Result } from '@/lib/shared/result';
import { ENGINE_VERSION } from '@/lib/tally/version';
import { contestTitles } from '@/services/worker/contest-titles';
import { ensureIssuerKey, ensureOrderKey, readIssuerKey } from '@/services/worker/keys';
import { advanceRound, type StepContext } from '@/services/worker/steps';
import { limaDate, type SeedCycle } from '../cycles';
import type { DemoResident } from '../roll';
import { castVotes, type IssuedRow } from './ballots';
import type { DemoBox } from './box';
import { demoActor } from './council';
import { writeBallots, writeIssued } from './stored-votes';

export interface RoundSeeding {
  readonly registry: RegistryDatabase;
  readonly ballotBox: BallotBox;
  readonly keysDir: string;
  readonly witnesses: readonly ManifestWitness[];
  readonly box: DemoBox;
}

const WORKER: Actor = { kind: 'worker' };
const SOFTWARE = 'minka-demo-seed';
/** k: the fewest ballots behind any published figure. */
const MIN_GROUP = 20;

/** A refusal in the seed is a bug of the seed. */
function done<T>(result: Result<T, string>, what: string): T {
  if (result.ok) return result.value;
  throw new Error(`The demonstration could not ${what}: ${result.reason}`);
}

/** The round with its contests, as the administrator prepares it; nothing when it is there. */
export async function draft(db: RegistryDatabase, seed: SeedCycle): Promise<void> {
  if ((await roundById(db, seed.round.id)) !== null) return;
  const { id, screenCode, opensAt, closesAt, livePolicy } = seed.round;
  const drafted = await draftRound(db, demoActor('administrator'), {
    id,
    cycleId: seed.id,
    screenCode,
    nameEs: `Votación del presupuesto participativo ${seed.fiscalYear}`,
    nameEn: `Participatory budget vote ${seed.fiscalYear}`,
    opensAt,
    closesAt,
    livePolicy,
    minGroup: MIN_GROUP,
    ranksPlan: true,
    allocates: seed.envelopes.map((envelope) => ({
      envelopeId: envelope.id,
      rule: 'equal-shares' as const,
      maxPicks: DEFAULT_PICKS,
    })),
  });
  done(drafted, `draft ${id}`);
}

/** What the worker does to open a round; the box gets the same signed order. */
export async function open(context: RoundSeeding, seed: SeedCycle): Promise<void> {
  const { registry: db, box, keysDir } = context;
  const { id } = seed.round;
  await askToOpen(db, id);
  const opening = present(await roundById(db, id), `round ${id}`);
  if (opening.state !== 'opening') return;
  const frozen = await freezeRound(db, WORKER, id, {
    municipality: 'Huancayo',
    titles: await contestTitles(),
    recordKey: await box.client.recordKey(),
    orderKey: await ensureOrderKey(keysDir),
    witnesses: context.witnesses,
    engine: ENGINE_VERSION,
    software: SOFTWARE,
    keyOf: async (group) => (await ensureIssuerKey(keysDir, id, group)).publicKey,
  });
  const { manifest } = done(frozen, `freeze ${id}`);
  await box.client.order({ type: 'open', round: id, manifest });
  done(await recordOpened(db, WORKER, id), `open ${id}`);
}

/**
 * Asks for the opening. Not through `requestOpenRound`: it refuses, rightly, a round whose end has
 * passed, and the previous cycle's vote ended a year ago.
 */
async function askToOpen(db: RegistryDatabase, id: string): Promise<void> {
  await inTransaction(db, async (tx) => {
    const [turned] = await tx
      .update(round)
      .set({ state: 'opening' })
      .where(and(eq(round.id, id), eq(round.state, 'draft')))
      .returning({ id: round.id });
    if (turned !== undefined) {
      await recordAudit(tx, {
        actor: 'system',
        action: 'round.open-requested',
        subject: `round:${id}`,
        details: { demo: true },
      });
    }
    return ok(null);
  });
}

/** Batches in which the votes come in: the record has a history, as after days of voting. */
const BATCHES = 5;

/** Real votes of these residents, in both databases and in the record; once. */
export async function vote(
  context: RoundSeeding,
  seed: SeedCycle,
  voters: readonly DemoResident[],
): Promise<void> {
  const { registry: db, ballotBox, keysDir } = context;
  const { id } = seed.round;
  const opened = present(await roundById(db, id), `round ${id}`);
  if (opened.state !== 'open') return;
  const hash = present(opened.manifestHash, `manifest hash of ${id}`);
  const manifest = await frozenManifest(db, id, hash);
  const issuerKeys = new Map<string, KeyObject>();
  for (const group of manifest.groups) {
    const pair = await readIssuerKey(keysDir, id, group.id);
    issuerKeys.set(group.id, present(pair, `issuer key of ${group.id}`).privateKey);
  }
  // Ballots first: after a cut, new credential rows still agree with them in number and group.
  const isEmpty = (await ballotTotals(ballotBox, id)).lines === 0;
  const issued: IssuedRow[] = [];
  const size = Math.ceil(voters.length / BATCHES);
  for (let from = 0; from < voters.length; from += size) {
    const these = voters.slice(from, from + size);
    const votes = await castVotes({ manifest, hash }, issuerKeys, these);
    issued.push(...votes.issued);
    if (!isEmpty) continue;
    await writeBallots(ballotBox, id, votes.ballots);
    await context.box.publish();
  }
  await writeIssued(db, id, issued, limaDate(seed.round.opensAt));
}

/**
 * Closes by the clock, seals, verifies and counts with the worker's own steps, and dates it to when
 * it would have been.
 */
export async function closeAndCount(context: RoundSeeding, seed: SeedCycle): Promise<void> {
  const { registry: db } = context;
  const { id, closesAt } = seed.round;
  const before = present(await roundById(db, id), `round ${id}`);
  if (before.state === 'tallied' || before.state === 'published') return;
  await advanceRound(await stepsOf(context), id);
  await db.update(round).set({ closedAt: closesAt }).where(eq(round.id, id));
  await db.update(result).set({ talliedAt: closesAt }).where(eq(result.roundId, id));
}

/** The worker's last step: the published count joins the public record. */
export async function announce(context: RoundSeeding, seed: SeedCycle): Promise<void> {
  await advanceRound(await stepsOf(context), seed.round.id);
}

async function stepsOf(context: RoundSeeding): Promise<StepContext> {
  return {
    db: context.registry,
    box: context.box.client,
    keysFolder: context.keysDir,
    orderKey: await ensureOrderKey(context.keysDir),
    paperPending: () => Promise.resolve({ minutes: 0, tablets: 0 }),
    municipality: 'Huancayo',
    witnesses: context.witnesses,
    software: SOFTWARE,
  };
}
