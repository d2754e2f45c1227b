import { eq } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { round } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import type { Actor } from '@/lib/auth/actor';
import { issuedByGroup } from '@/lib/credentials/queries';
import { announcedTallyOf } from '@/lib/results/announced';
import { storeDocument, voteEffectOf } from '@/lib/results/commands';
import { publishedDocument } from '@/lib/results/queries';
import {
  beginDueClosing,
  beginTally,
  noteProgress,
  recordAnnounced,
  recordJobFailure,
  recordTallied,
} from '@/lib/rounds/commands/advance-round';
import { freezeRound, recordOpened } from '@/lib/rounds/commands/open-round';
import type { ManifestWitness } from '@/lib/rounds/manifest';
import { roundById } from '@/lib/rounds/queries';
import type { RoundDetail } from '@/lib/rounds/types';
import { present } from '@/lib/shared/assert';
import { describeError } from '@/lib/shared/log';
import type { Result } from '@/lib/shared/result';
import { ENGINE_VERSION } from '@/lib/tally/version';
import type { BoxClient } from './box-client';
import { closeAndSeal } from './closing';
import { fetchRecord } from './closed-record';
import { countInThread } from './count-in-thread';
import { contestTitles } from './contest-titles';
import { ensureIssuerKey } from './keys';
import { StepFailure } from './step-failure';

export interface StepContext {
  readonly db: RegistryDatabase;
  readonly box: BoxClient;
  readonly keysFolder: string;
  /** Base64url SPKI. */
  readonly orderKey: string;
  /** How much paper and how many tablets of a closed round are not counted yet. */
  paperPending(
    db: RegistryDatabase,
    roundId: string,
  ): Promise<{ readonly minutes: number; readonly tablets: number }>;
  readonly municipality: string;
  readonly witnesses: readonly ManifestWitness[];
  readonly software: string;
}

const WORKER: Actor = { kind: 'worker' };

/**
 * Takes a round as far as it can go now. Every step may be cut and run again: what a step has
 * written decides where the next run begins. On failure the state stays, the administrator's note
 * says why, and the job is tried again.
 */
export async function advanceRound(context: StepContext, roundId: string): Promise<void> {
  try {
    for (;;) {
      const before = await roundById(context.db, roundId);
      if (before === null) return;
      await step(context, before);
      const after = await roundById(context.db, roundId);
      if (after === null || after.state === before.state) return;
    }
  } catch (error) {
    const failure = error instanceof StepFailure ? error : null;
    await recordJobFailure(context.db, WORKER, {
      roundId,
      note: failure?.note ?? 'failed-unexpected',
      details: failure?.details ?? { error: describeError(error) },
    });
    throw error;
  }
}

async function step(context: StepContext, of: RoundDetail): Promise<void> {
  switch (of.state) {
    case 'opening':
      await open(context, of.id);
      return;
    case 'open':
      // Refused when the hour has not come: then there is nothing to do.
      await beginDueClosing(context.db, WORKER, of.id);
      return;
    case 'closing':
      await closeAndSeal(context, WORKER, of);
      return;
    case 'closed':
      await beginTally(context.db, WORKER, of.id);
      return;
    case 'tallying':
      await tally(context, of);
      return;
    case 'published':
      await announce(context, of);
      return;
    case 'draft':
    case 'tallied':
      return;
  }
}

async function open(context: StepContext, roundId: string): Promise<void> {
  const { db, box, keysFolder } = context;
  await noteProgress(db, roundId, 'opening-roll', 5);
  const recordKey = await box.recordKey();
  const frozen = await freezeRound(db, WORKER, roundId, {
    municipality: context.municipality,
    titles: await contestTitles(),
    recordKey,
    orderKey: context.orderKey,
    witnesses: context.witnesses,
    engine: ENGINE_VERSION,
    software: context.software,
    keyOf: async (group) => {
      await noteProgress(db, roundId, 'opening-keys', 40);
      return (await ensureIssuerKey(keysFolder, roundId, group)).publicKey;
    },
  });
  if (lostRace(frozen)) return;
  await noteProgress(db, roundId, 'opening-box', 80);
  await box.order({ type: 'open', round: roundId, manifest: frozen.value.manifest });
  await recordOpened(db, WORKER, roundId);
}

async function tally(context: StepContext, of: RoundDetail): Promise<void> {
  const { db, box } = context;
  const hash = present(of.manifestHash, 'manifest hash');
  const [kept] = await db
    .select({ text: round.manifest, lotSeed: round.lotSeed })
    .from(round)
    .where(eq(round.id, of.id));
  await noteProgress(db, of.id, 'tally-fetching', 10);
  const record = await fetchRecord(box, of.id);
  await noteProgress(db, of.id, 'tally-verifying', 30);
  let noted = Promise.resolve();
  const document = await countInThread(
    {
      text: present(kept?.text, 'manifest text'),
      hash,
      record,
      lotSeed: present(kept?.lotSeed, 'lot seed'),
      issuedByGroup: await issuedByGroup(db, of.id),
      voteEffect: await voteEffectOf(db, of.id),
    },
    () => {
      // A note that cannot be written must not end a count that goes well.
      noted = noteProgress(db, of.id, 'tally-counting', 70).catch(() => undefined);
    },
  );
  await noted;
  const now = await databaseNow(db);
  await inTransaction(db, async (tx) => {
    const { version, inputHash } = await storeDocument(tx, { roundId: of.id, document, now });
    const tallied = { roundId: of.id, version, inputHash, ballots: document.ballots };
    return recordTallied(tx, WORKER, tallied);
  });
}

/** Adds the published count to the public record, where everybody can compare it with a recount. */
async function announce({ db, box }: StepContext, of: RoundDetail): Promise<void> {
  const document = present(await publishedDocument(of.id, db), `published result of ${of.id}`);
  const text = JSON.stringify(announcedTallyOf(document));
  await box.order({ type: 'tally', round: of.id, text });
  await recordAnnounced(db, WORKER, of.id);
}

/** Another worker was faster, or the round was never there: either way there is nothing to do. */
function lostRace<T>(result: Result<T, string>): result is Extract<typeof result, { ok: false }> {
  return !result.ok;
}
