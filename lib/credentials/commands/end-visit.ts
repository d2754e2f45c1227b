import { and, eq, inArray, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { deskVisit, voterSession } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { CODE_MINUTES } from '../desk';
import { mayServeAtDesk } from '../policy';

const ACTIVE = ['waiting', 'voting', 'paused'] as const;

/** Calls the person to the kiosk again: a new code, and the session of the last one is over. */
export async function callAgain(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly visitId: string },
): Promise<Result<null, 'not-allowed' | 'visit-over'>> {
  if (!mayServeAtDesk(actor)) return refuse('not-allowed');
  return inTransaction(db, async (tx) => {
    const [called] = await tx
      .update(deskVisit)
      .set({
        state: sql`case ${deskVisit.state} when 'waiting' then 'waiting' else 'paused' end`,
        codeTurn: sql`${deskVisit.codeTurn} + 1`,
        expiresAt: sql`now() + make_interval(mins => ${CODE_MINUTES})`,
      })
      .where(and(eq(deskVisit.id, input.visitId), inArray(deskVisit.state, ACTIVE)))
      .returning({ roundId: deskVisit.roundId, residentId: deskVisit.residentId });
    if (called === undefined) return refuse('visit-over');
    await endSessions(tx, called);
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'desk.visit-called-again',
      subject: `round:${called.roundId}`,
    });
    return ok(null);
  });
}

/** The person went away: the kiosk is free. What was activated there and not sent is lost for good. */
export async function endVisit(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly visitId: string; readonly reason: string },
): Promise<Result<null, 'not-allowed' | 'visit-over' | 'reason-needed'>> {
  if (!mayServeAtDesk(actor)) return refuse('not-allowed');
  if (input.reason.trim() === '') return refuse('reason-needed');
  return inTransaction(db, async (tx) => {
    const [left] = await tx
      .update(deskVisit)
      .set({ state: 'left', expiresAt: null })
      .where(and(eq(deskVisit.id, input.visitId), inArray(deskVisit.state, ACTIVE)))
      .returning({ roundId: deskVisit.roundId, residentId: deskVisit.residentId });
    if (left === undefined) return refuse('visit-over');
    await endSessions(tx, left);
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'desk.visit-ended',
      subject: `round:${left.roundId}`,
      details: { reason: input.reason.trim() },
    });
    return ok(null);
  });
}

/** Whatever browser was verified for this person at the desk is so no longer. */
export async function endSessions(
  tx: RegistryTransaction,
  of: { readonly roundId: string; readonly residentId: string },
): Promise<void> {
  await tx
    .delete(voterSession)
    .where(
      and(
        eq(voterSession.roundId, of.roundId),
        eq(voterSession.residentId, of.residentId),
        eq(voterSession.channel, 'desk'),
      ),
    );
}
