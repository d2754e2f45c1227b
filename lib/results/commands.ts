import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { Registry, RegistryTransaction } from '@/db/registry/client';
import { cycle, proposal, result, round } from '@/db/registry/schema';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { present } from '@/lib/shared/assert';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { countRound, type CountInput } from './count';
import { resultDocument, type ResultDocument, type VoteEffect } from './document';
import { mayPublishResults } from './policy';

export interface StoreTally extends Omit<CountInput, 'voteEffect'> {
  readonly roundId: string;
  readonly now: Date;
}

/** Counts a closed round and keeps its result: `countRound` and `storeDocument` in one. */
export async function storeTally(
  tx: RegistryTransaction,
  { roundId, now, ...input }: StoreTally,
): Promise<StoredTally> {
  const voteEffect = await voteEffectOf(tx, roundId);
  return storeDocument(tx, { roundId, now, document: countRound({ ...input, voteEffect }) });
}

/** What the vote of a round is worth by its cycle's rules: part of the result. */
export async function voteEffectOf(db: Registry, roundId: string): Promise<VoteEffect> {
  const [held] = await db
    .select({ voteEffect: cycle.voteEffect })
    .from(round)
    .innerJoin(cycle, eq(cycle.id, round.cycleId))
    .where(eq(round.id, roundId));
  return present(held, `round ${roundId}`).voteEffect;
}

export interface StoredTally {
  readonly version: number;
  readonly inputHash: string;
  readonly alreadyStored: boolean;
}

/**
 * Keeps a count as the next version of a round's result, unpublished. A job that runs again over
 * the same ballots finds the version it stored and adds nothing.
 */
export async function storeDocument(
  tx: RegistryTransaction,
  {
    roundId,
    document,
    now,
  }: { readonly roundId: string; readonly document: ResultDocument; readonly now: Date },
): Promise<StoredTally> {
  // One tally of a round at a time: two jobs would both take the same next version.
  await tx.select({ id: round.id }).from(round).where(eq(round.id, roundId)).for('update');
  const [last] = await tx
    .select({ version: result.version, inputHash: result.inputHash, engine: result.engine })
    .from(result)
    .where(eq(result.roundId, roundId))
    .orderBy(desc(result.version))
    .limit(1);
  const { inputHash, engine } = document;
  if (last?.inputHash === inputHash && last.engine === engine) {
    return { version: last.version, inputHash, alreadyStored: true };
  }
  const version = (last?.version ?? 0) + 1;
  await tx.insert(result).values({ roundId, version, engine, inputHash, document, talliedAt: now });
  return { version, inputHash, alreadyStored: false };
}

export type PublishRefusal = 'not-allowed' | 'not-found' | 'not-tallied' | 'already-published';

/**
 * Makes the newest count of a round public and gives every proposal on its ballot the state the
 * count decided. Part of `publishResults` in lib/priorities, inside its transaction.
 */
export async function publishTally(
  tx: RegistryTransaction,
  actor: Actor,
  { roundId, now }: { roundId: string; now: Date },
): Promise<Result<{ version: number; document: ResultDocument }, PublishRefusal>> {
  if (!mayPublishResults(actor)) return refuse('not-allowed');
  const [turned] = await tx
    .update(round)
    .set({ state: 'published', publishedAt: now })
    .where(and(eq(round.id, roundId), eq(round.state, 'tallied')))
    .returning({ id: round.id });
  if (!turned) return refuse(await whyNot(tx, roundId));

  const [newest] = await tx
    .select({ version: result.version, document: result.document })
    .from(result)
    .where(eq(result.roundId, roundId))
    .orderBy(desc(result.version))
    .limit(1);
  const { version, document: stored } = present(newest, `the tally of ${roundId}`);
  const document = resultDocument.parse(stored);
  await tx
    .update(result)
    .set({ publishedAt: now })
    .where(
      and(eq(result.roundId, roundId), eq(result.version, version), isNull(result.publishedAt)),
    );
  // Rows before the audit, as everywhere: the chain is the last lock.
  await markFunded(tx, actor, document);
  await recordAudit(tx, {
    actor: auditActor(actor),
    action: 'results.published',
    subject: `round:${roundId}`,
    details: { version, inputHash: document.inputHash, engine: document.engine },
  });
  return ok({ version, document });
}

async function whyNot(tx: RegistryTransaction, roundId: string): Promise<PublishRefusal> {
  const [found] = await tx
    .select({ state: round.state })
    .from(round)
    .where(eq(round.id, roundId))
    .limit(1);
  if (!found) return 'not-found';
  return found.state === 'published' ? 'already-published' : 'not-tallied';
}

async function markFunded(
  tx: RegistryTransaction,
  actor: Actor,
  document: ResultDocument,
): Promise<void> {
  const contests = document.contests.filter((contest) => contest.kind === 'allocate');
  const funded = contests.flatMap((contest) => [...contest.result.winners]);
  const notFunded = contests
    .flatMap((contest) => contest.proposals.map(({ id }) => id))
    .filter((id) => !funded.includes(id));
  const set = async (codes: string[], state: 'funded' | 'not-funded'): Promise<void> => {
    if (codes.length === 0) return;
    await tx
      .update(proposal)
      .set({ state })
      .where(and(inArray(proposal.code, codes), eq(proposal.cycleId, document.cycle)));
  };
  await set(funded, 'funded');
  await set(notFunded, 'not-funded');
  await recordAudit(tx, {
    actor: auditActor(actor),
    action: 'proposal.funded',
    subject: `round:${document.round}`,
    details: { funded, notFunded },
  });
}
