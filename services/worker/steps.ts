import { desc, eq, and } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { auditEntry, round } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import type { Actor } from '@/lib/auth/actor';
import { issuedByGroup } from '@/lib/credentials/queries';
import { storeDocument, voteEffectOf } from '@/lib/results/commands';
import {
  beginDueClosing,
  beginTally,
  noteProgress,
  recordClosed,
  recordJobFailure,
  recordTallied,
} from '@/lib/rounds/commands/advance-round';
import { freezeRound, recordOpened } from '@/lib/rounds/commands/open-round';
import type { ManifestWitness } from '@/lib/rounds/manifest';
import { databaseNow, frozenManifest, roundById } from '@/lib/rounds/queries';
import type { RoundDetail } from '@/lib/rounds/types';
import { present } from '@/lib/shared/assert';
import { describeError } from '@/lib/shared/log';
import type { Result } from '@/lib/shared/result';
import { ENGINE_VERSION } from '@/lib/tally/version';
import type { BoxClient } from './box-client';
import { fetchRecord } from './closed-record';
import { countInThread } from './count-in-thread';
import { contestTitles } from './contest-titles';
import { ensureIssuerKey, forgetIssuerKey } from './keys';
import { StepFailure } from './step-failure';

export interface StepContext {
  readonly db: RegistryDatabase;
  readonly box: BoxClient;
  readonly keysFolder: string;
  /** Base64url SPKI. */
  readonly orderKey: string;
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
      await close(context, of);
      return;
    case 'closed':
      await beginTally(context.db, WORKER, of.id);
      return;
    case 'tallying':
      await tally(context, of);
      return;
    case 'draft':
    case 'tallied':
    case 'published':
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

async function close(context: StepContext, of: RoundDetail): Promise<void> {
  const { db, box } = context;
  await noteProgress(db, of.id, 'closing-box', 30);
  await box.order({ type: 'close', round: of.id, reason: await closingReason(db, of.id) });
  const final = await box.round(of.id);
  if (final.state !== 'closed' || final.ballots === undefined) {
    throw new StepFailure('failed-box-refused', { state: final.state });
  }
  const manifest = await frozenManifest(db, of.id, present(of.manifestHash, 'manifest hash'));
  // A key that can sign nothing legitimate any more can only be misused.
  for (const group of manifest.groups) await forgetIssuerKey(context.keysFolder, of.id, group.id);
  await recordClosed(db, WORKER, { roundId: of.id, ballots: final.ballots });
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

/** Another worker was faster, or the round was never there: either way there is nothing to do. */
function lostRace<T>(result: Result<T, string>): result is Extract<typeof result, { ok: false }> {
  return !result.ok;
}

/** The reason the public record keeps: what the administrator wrote, or that the hour had come. */
async function closingReason(db: RegistryDatabase, roundId: string): Promise<string> {
  const [entry] = await db
    .select({ details: auditEntry.details })
    .from(auditEntry)
    .where(
      and(
        eq(auditEntry.subject, `round:${roundId}`),
        eq(auditEntry.action, 'round.close-requested'),
      ),
    )
    .orderBy(desc(auditEntry.seq))
    .limit(1);
  const reason = entry?.details['reason'];
  return typeof reason === 'string' ? reason : 'scheduled';
}
