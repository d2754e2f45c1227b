import { and, eq, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { round } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import type { AuditAction } from '@/lib/audit/actions';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { reasonInput } from '@/lib/shared/input';
import { ok, refuse, type Refusal, type Result } from '@/lib/shared/result';
import { whyNotReady } from './opening-checks';
import { mayManageRounds } from './policy';
import { closingNeedsReason, MAY_BE_ASKED, mayBeAsked, type Act } from './rules';
import type { CloseRefusal, OpenRefusal, RequestRefusal, RoundState } from './types';

/** Asks the worker to open a round. From here on nothing of it changes. */
export async function requestOpenRound(
  db: RegistryDatabase,
  actor: Actor,
  input: { roundId: string },
): Promise<Result<null, OpenRefusal>> {
  return inTransaction(db, (tx) => openRoundIn(tx, actor, input));
}

/** The same inside a transaction that does more. */
export async function openRoundIn(
  tx: RegistryTransaction,
  actor: Actor,
  input: { roundId: string },
): Promise<Result<null, OpenRefusal>> {
  if (!mayManageRounds(actor)) return refuse('not-allowed');
  const whyNot = await whyNotOpen(tx, input.roundId);
  if (whyNot !== null) return refuse(whyNot);
  return turn(tx, actor, {
    roundId: input.roundId,
    act: 'open',
    to: 'opening',
    action: 'round.open-requested',
  });
}

/** What is in the way of opening a round now, or null; the round stays locked. */
export async function whyNotOpen(
  tx: RegistryTransaction,
  roundId: string,
): Promise<OpenRefusal | null> {
  const held = await lockedRound(tx, roundId);
  if (held === null) return 'not-found';
  if (held.now >= held.closesAt) return 'closing-is-past';
  const notReady = await whyNotReady(tx, roundId);
  if (notReady !== null) return notReady;
  return mayBeAsked('open', held.state) ? null : 'wrong-state';
}

/** Asks the worker to close a round; before the announced time, only with a reason. */
export async function requestCloseRound(
  db: RegistryDatabase,
  actor: Actor,
  input: { roundId: string; reason?: string | undefined },
): Promise<Result<null, CloseRefusal>> {
  return inTransaction(db, (tx) => closeRoundIn(tx, actor, input));
}

/** The same inside a transaction that does more. */
export async function closeRoundIn(
  tx: RegistryTransaction,
  actor: Actor,
  input: { roundId: string; reason?: string | undefined },
): Promise<Result<null, CloseRefusal>> {
  if (!mayManageRounds(actor)) return refuse('not-allowed');
  const reason = reasonInput.safeParse(input.reason);
  const held = await lockedRound(tx, input.roundId);
  if (held === null) return refuse('not-found');
  if (held.state !== 'open') return refuse('wrong-state');
  const early = closingNeedsReason(held, held.now);
  if (early && !reason.success) return refuse('reason-needed');
  return turn(tx, actor, {
    roundId: input.roundId,
    act: 'close',
    to: 'closing',
    action: 'round.close-requested',
    details: { early, ...(reason.success ? { reason: reason.data } : {}) },
  });
}

/** Asks for the count, or for it again after it failed: the same ballots give the same result. */
export async function requestTally(
  db: RegistryDatabase,
  actor: Actor,
  input: { roundId: string },
): Promise<Result<null, RequestRefusal>> {
  if (!mayManageRounds(actor)) return refuse('not-allowed');
  return inTransaction(db, async (tx) => {
    const held = await lockedRound(tx, input.roundId);
    if (held === null) return refuse('not-found');
    return turn(tx, actor, {
      roundId: input.roundId,
      act: 'tally',
      to: 'tallying',
      action: 'round.tally-requested',
    });
  });
}

/** The round, locked until the end of the transaction, with the database's clock. */
async function lockedRound(
  tx: RegistryTransaction,
  roundId: string,
): Promise<{ state: RoundState; closesAt: Date; now: Date } | null> {
  const [row] = await tx
    .select({
      state: round.state,
      closesAt: round.closesAt,
      now: sql`now()`.mapWith(round.closesAt),
    })
    .from(round)
    .where(eq(round.id, roundId))
    .for('update');
  return row ?? null;
}

/** Moves a round on when its state allows the act, and records who asked. */
async function turn(
  tx: RegistryTransaction,
  actor: Actor,
  step: {
    roundId: string;
    act: Exclude<Act, 'publish'>;
    to: RoundState;
    action: AuditAction;
    details?: Record<string, unknown>;
  },
): Promise<{ readonly ok: true; readonly value: null } | Refusal<'wrong-state'>> {
  const from = MAY_BE_ASKED[step.act];
  for (const state of from) {
    const [turned] = await tx
      .update(round)
      .set({ state: step.to, jobNote: null, jobProgress: 0 })
      .where(and(eq(round.id, step.roundId), eq(round.state, state)))
      .returning({ id: round.id });
    if (turned === undefined) continue;
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: step.action,
      subject: `round:${step.roundId}`,
      details: step.details ?? {},
    });
    return ok(null);
  }
  return refuse('wrong-state');
}
