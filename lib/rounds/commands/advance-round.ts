import { and, desc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { auditEntry, round } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { mayAdvanceRounds } from '../policy';
import { STATES_WITH_WORK } from '../rules';
import type { JobNote } from '../types';

type AdvanceRefusal = 'not-allowed' | 'wrong-state';

/** Rounds that wait for the worker: asked for by a person, or due by the database's clock. */
export async function roundsWithWork(db: RegistryDatabase): Promise<string[]> {
  const rows = await db
    .select({ id: round.id })
    .from(round)
    .where(
      or(
        inArray(round.state, [...STATES_WITH_WORK]),
        and(eq(round.state, 'open'), lte(round.closesAt, sql`now()`)),
        and(eq(round.state, 'published'), isNull(round.announcedAt)),
      ),
    );
  return rows.map((row) => row.id);
}

/** Closes what the clock says is over. Nobody asked: the hour did. */
export async function beginDueClosing(
  db: RegistryDatabase,
  actor: Actor,
  roundId: string,
): Promise<Result<null, AdvanceRefusal>> {
  if (!mayAdvanceRounds(actor)) return refuse('not-allowed');
  return inTransaction(db, async (tx) => {
    const [due] = await tx
      .update(round)
      .set({ state: 'closing', jobNote: null, jobProgress: 0 })
      .where(and(eq(round.id, roundId), eq(round.state, 'open'), lte(round.closesAt, sql`now()`)))
      .returning({ closesAt: round.closesAt });
    if (due === undefined) return refuse('wrong-state');
    await recordAudit(tx, {
      actor: 'system',
      action: 'round.close-requested',
      subject: `round:${roundId}`,
      details: { early: false, closesAt: due.closesAt.toISOString() },
    });
    return ok(null);
  });
}

/** The box has closed and told its final count. */
export async function recordClosed(
  db: RegistryDatabase,
  actor: Actor,
  input: { roundId: string; ballots: number },
): Promise<Result<null, AdvanceRefusal>> {
  if (!mayAdvanceRounds(actor)) return refuse('not-allowed');
  return inTransaction(db, async (tx) => {
    const [closed] = await tx
      .update(round)
      .set({ state: 'closed', closedAt: sql`now()`, jobNote: null, jobProgress: 0 })
      .where(and(eq(round.id, input.roundId), eq(round.state, 'closing')))
      .returning({ id: round.id });
    if (closed === undefined) return refuse('wrong-state');
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'round.closed',
      subject: `round:${input.roundId}`,
      details: { ballots: input.ballots },
    });
    return ok(null);
  });
}

/** After closing, the count begins by itself; it is public only when a person publishes it. */
export async function beginTally(
  db: RegistryDatabase,
  actor: Actor,
  roundId: string,
): Promise<Result<null, AdvanceRefusal>> {
  if (!mayAdvanceRounds(actor)) return refuse('not-allowed');
  return inTransaction(db, async (tx) => {
    const [begun] = await tx
      .update(round)
      .set({ state: 'tallying', jobProgress: 0 })
      .where(and(eq(round.id, roundId), eq(round.state, 'closed')))
      .returning({ id: round.id });
    if (begun === undefined) return refuse('wrong-state');
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'round.tally-requested',
      subject: `round:${roundId}`,
    });
    return ok(null);
  });
}

/** Part of the transaction that stores the result. */
export async function recordTallied(
  tx: RegistryTransaction,
  actor: Actor,
  input: { roundId: string; version: number; inputHash: string; ballots: number },
): Promise<Result<null, AdvanceRefusal>> {
  if (!mayAdvanceRounds(actor)) return refuse('not-allowed');
  const [tallied] = await tx
    .update(round)
    .set({ state: 'tallied', jobNote: null, jobProgress: 100 })
    .where(and(eq(round.id, input.roundId), eq(round.state, 'tallying')))
    .returning({ id: round.id });
  if (tallied === undefined) return refuse('wrong-state');
  await recordAudit(tx, {
    actor: auditActor(actor),
    action: 'round.tallied',
    subject: `round:${input.roundId}`,
    details: { version: input.version, inputHash: input.inputHash, ballots: input.ballots },
  });
  return ok(null);
}

/** The ballot box has the announced count: once, the record is complete. */
export async function recordAnnounced(
  db: RegistryDatabase,
  actor: Actor,
  roundId: string,
): Promise<Result<null, AdvanceRefusal>> {
  if (!mayAdvanceRounds(actor)) return refuse('not-allowed');
  return inTransaction(db, async (tx) => {
    const [announced] = await tx
      .update(round)
      .set({ announcedAt: sql`now()`, jobNote: null })
      .where(and(eq(round.id, roundId), eq(round.state, 'published'), isNull(round.announcedAt)))
      .returning({ id: round.id });
    if (announced === undefined) return refuse('wrong-state');
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'results.announced',
      subject: `round:${roundId}`,
    });
    return ok(null);
  });
}

/** What the administrator sees while a job runs. Not an act: nothing is recorded. */
export async function noteProgress(
  db: RegistryDatabase,
  roundId: string,
  note: JobNote,
  progress: number,
): Promise<void> {
  await db
    .update(round)
    .set({ jobNote: note, jobProgress: Math.max(0, Math.min(100, Math.round(progress))) })
    .where(eq(round.id, roundId));
}

/**
 * The state stays and the job is tried again. A failure that repeats itself is recorded once, so
 * that an hour without the ballot box is one entry and not a thousand.
 */
export async function recordJobFailure(
  db: RegistryDatabase,
  actor: Actor,
  input: { roundId: string; note: JobNote; details: Record<string, unknown> },
): Promise<void> {
  const subject = `round:${input.roundId}`;
  await inTransaction(db, async (tx) => {
    const [failed] = await tx
      .update(round)
      .set({ jobNote: input.note, jobProgress: 0 })
      .where(eq(round.id, input.roundId))
      .returning({ state: round.state });
    const [last] = await tx
      .select({
        action: auditEntry.action,
        note: sql<string | null>`${auditEntry.details} ->> 'note'`,
      })
      .from(auditEntry)
      .where(eq(auditEntry.subject, subject))
      .orderBy(desc(auditEntry.seq))
      .limit(1);
    const isRepeated = last?.action === 'round.job-failed' && last.note === input.note;
    if (failed !== undefined && !isRepeated) {
      await recordAudit(tx, {
        actor: auditActor(actor),
        action: 'round.job-failed',
        subject,
        details: { note: input.note, state: failed.state, ...input.details },
      });
    }
    return ok(null);
  });
}
