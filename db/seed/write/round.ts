import type { KeyObject } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { BallotBox } from '@/db/ballot-box/client';
import { ballotTotals, closeRound, openRound } from '@/db/ballot-box/rounds';
import type { RegistryDatabase } from '@/db/registry/client';
import { round } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import type { Actor } from '@/lib/auth/actor';
import { draftRound } from '@/lib/rounds/commands/draft-round';
import { beginDueClosing, recordClosed } from '@/lib/rounds/commands/advance-round';
import { freezeRound, recordOpened } from '@/lib/rounds/commands/open-round';
import type { ManifestWitness } from '@/lib/rounds/manifest';
import { frozenManifest, roundById } from '@/lib/rounds/queries';
import { present } from '@/lib/shared/assert';
import { ok, type Result } from '@/lib/shared/result';
import { ENGINE_VERSION } from '@/lib/tally/version';
import { contestTitles } from '@/services/worker/contest-titles';
import {
  ensureIssuerKey,
  ensureOrderKey,
  forgetIssuerKey,
  readIssuerKey,
} from '@/services/worker/keys';
import { limaDate, type SeedCycle } from '../cycles';
import type { DemoResident } from '../roll';
import { castVotes } from './ballots';
import { demoActor } from './council';
import { writeBallots, writeIssued } from './stored-votes';

export interface RoundSeeding {
  readonly registry: RegistryDatabase;
  readonly ballotBox: BallotBox;
  readonly keysDir: string;
  /** Base64url SPKI of the ballot box's Ed25519 key. */
  readonly recordPublicKey: string;
  readonly witnesses?: readonly ManifestWitness[];
}

const WORKER: Actor = { kind: 'worker' };
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
    })),
  });
  done(drafted, `draft ${id}`);
}

/** What the worker does to open a round, handing the order to the box's database directly. */
export async function open(context: RoundSeeding, seed: SeedCycle): Promise<void> {
  const { registry: db, ballotBox, keysDir } = context;
  const { id } = seed.round;
  await askToOpen(db, id);
  const opening = present(await roundById(db, id), `round ${id}`);
  if (opening.state !== 'opening') return;
  const frozen = await freezeRound(db, WORKER, id, {
    municipality: 'Huancayo',
    titles: await contestTitles(),
    recordKey: context.recordPublicKey,
    orderKey: await ensureOrderKey(keysDir),
    witnesses: context.witnesses ?? [],
    engine: ENGINE_VERSION,
    software: 'minka-demo-seed',
    keyOf: async (group) => (await ensureIssuerKey(keysDir, id, group)).publicKey,
  });
  const { manifest, manifestHash } = done(frozen, `freeze ${id}`);
  const isNew = await openRound(ballotBox, {
    id,
    manifest,
    manifestHash,
    opensAtMs: opening.opensAt.getTime(),
    closesAtMs: opening.closesAt.getTime(),
  });
  if (!isNew) throw new Error(`The ballot box holds another manifest of ${id}`);
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

/** Real votes of these residents, in both databases; once, however often it is started. */
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
  const votes = await castVotes({ manifest, hash }, issuerKeys, voters);
  // Ballots first: after a cut, new credential rows still agree with them in number and group.
  await writeBallots(ballotBox, id, votes.ballots);
  await writeIssued(db, id, votes.issued, limaDate(seed.round.opensAt));
}

/** Closes by the clock, as box and worker do; the issuer's keys are destroyed. */
export async function close(context: RoundSeeding, seed: SeedCycle): Promise<void> {
  const { registry: db, ballotBox, keysDir } = context;
  const { id, closesAt } = seed.round;
  const opened = present(await roundById(db, id), `round ${id}`);
  if (opened.state === 'open') done(await beginDueClosing(db, WORKER, id), `close ${id}`);
  if ((await roundById(db, id))?.state !== 'closing') return;
  await closeRound(ballotBox, id, 'due');
  const hash = present(opened.manifestHash, `manifest hash of ${id}`);
  const manifest = await frozenManifest(db, id, hash);
  for (const group of manifest.groups) await forgetIssuerKey(keysDir, id, group.id);
  const { voters } = await ballotTotals(ballotBox, id);
  done(await recordClosed(db, WORKER, { roundId: id, ballots: voters }), `note closing of ${id}`);
  // It closed then, not today.
  await db.update(round).set({ closedAt: closesAt }).where(eq(round.id, id));
}
