import { desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Registry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { result, round } from '@/db/registry/schema';
import { publishResultsIn } from '@/lib/priorities/publish';
import { closeRoundIn, openRoundIn, whyNotOpen } from '@/lib/rounds/commands';
import { closingNeedsReason } from '@/lib/rounds/rules';
import { present } from '@/lib/shared/assert';
import { reasonInput } from '@/lib/shared/input';
import { ok, refuse } from '@/lib/shared/result';
import { defineKind, type ApprovalValues } from '../kind';
import { draftDigest } from './draft-digest';

/** What of a round takes two people: opening it, closing it early, publishing its count. */

const auditSubject = (roundId: string): string => `round:${roundId}`;
const common = { mayAsk: 'manage-rounds', mayDecide: 'manage-rounds', auditSubject } as const;

async function heldRound(db: Registry, roundId: string) {
  const [held] = await db.select().from(round).where(eq(round.id, roundId));
  return held ?? null;
}

async function words(db: Registry, roundId: string): Promise<ApprovalValues> {
  const { nameEs, nameEn, opensAt, closesAt } = present(await heldRound(db, roundId), roundId);
  const href = `/admin/rounds/${roundId}`;
  return { round: nameEs, roundEn: nameEn, opensAt, closesAt, href };
}

const openKind = defineKind({
  ...common,
  kind: 'round.open',
  payload: z.strictObject({ draft: z.string() }),
  days: 7,
  check: async (tx, { subject, payload }) => {
    const whyNot = await whyNotOpen(tx, subject);
    if (whyNot !== null) return refuse(whyNot);
    return payload.draft === (await draftDigest(tx, subject)) ? ok(null) : refuse('changed-since');
  },
  describe: (db, { subject }) => words(db, subject),
  run: async (tx, { subject, payload, decidedBy }) => {
    if (payload.draft !== (await draftDigest(tx, subject))) return refuse('changed-since');
    return openRoundIn(tx, decidedBy, { roundId: subject });
  },
});

const closeKind = defineKind({
  ...common,
  kind: 'round.close-early',
  payload: z.strictObject({}),
  // After the announced time there is nothing early about it, and the clock closes by itself.
  days: 2,
  check: async (tx, { subject, reason }) => {
    const held = await heldRound(tx, subject);
    if (held === null) return refuse('not-found');
    if (held.state !== 'open') return refuse('wrong-state');
    if (!closingNeedsReason(held, await databaseNow(tx))) return refuse('wrong-state');
    return reasonInput.safeParse(reason).success ? ok(null) : refuse('reason-needed');
  },
  describe: (db, { subject }) => words(db, subject),
  run: (tx, { subject, reason, decidedBy }) =>
    closeRoundIn(tx, decidedBy, { roundId: subject, reason }),
});

/** The newest count of a round: what would be published. */
export async function newestCount(
  db: Registry,
  roundId: string,
): Promise<{ version: number; inputHash: string } | null> {
  const [newest] = await db
    .select({ version: result.version, inputHash: result.inputHash })
    .from(result)
    .where(eq(result.roundId, roundId))
    .orderBy(desc(result.version))
    .limit(1);
  return newest ?? null;
}

const publishKind = defineKind({
  ...common,
  mayAsk: 'publish-results',
  mayDecide: 'publish-results',
  kind: 'round.publish',
  payload: z.strictObject({ version: z.number().int(), inputHash: z.string() }),
  days: 7,
  check: async (tx, { subject }) => {
    const held = await heldRound(tx, subject);
    if (held === null) return refuse('not-found');
    return held.state === 'tallied' ? ok(null) : refuse('not-tallied');
  },
  describe: async (db, { subject, payload }) => ({ ...(await words(db, subject)), ...payload }),
  run: async (tx, { subject, payload, decidedBy }) => {
    // A yes is to the count that was looked at; a count made since is another one.
    const newest = await newestCount(tx, subject);
    if (newest?.version !== payload.version || newest.inputHash !== payload.inputHash) {
      return refuse('changed-since');
    }
    const published = await publishResultsIn(tx, decidedBy, { roundId: subject });
    return published.ok ? ok(null) : published;
  },
});

export const roundKinds = [openKind, closeKind, publishKind];
