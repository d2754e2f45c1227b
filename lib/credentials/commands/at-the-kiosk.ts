import { and, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { deskVisit, kiosk, voterSession } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { hashToken, newToken, sameHash } from '@/lib/roll/secrets';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { VISIT_MINUTES, WRONG_CODES, type OpenVisitRefusal } from '../desk';
import { visitCode } from '../visit-code';
import { endSessions } from './end-visit';

/** What the kiosk itself asks for, in the name of its cookie: nobody is signed in there. */

/**
 * Opens the booth for whoever was called to this kiosk. The code works once, here, and within its
 * time; a wrong one is counted before it is looked at.
 */
export async function openVisit(
  db: RegistryDatabase,
  sessionSecret: string,
  input: { readonly kioskToken: string; readonly code: string },
): Promise<Result<{ readonly sessionToken: string; readonly roundId: string }, OpenVisitRefusal>> {
  // A statement of its own: a rollback would give the try back.
  const [device] = await db
    .update(kiosk)
    .set({
      wrongCodes: sql`${kiosk.wrongCodes} + 1`,
      revokedAt: sql`case when ${kiosk.wrongCodes} + 1 > ${WRONG_CODES} then now() end`,
    })
    .where(and(eq(kiosk.tokenHash, hashToken(input.kioskToken)), isNull(kiosk.revokedAt)))
    .returning({ id: kiosk.id, revokedAt: kiosk.revokedAt });
  if (device === undefined) return refuse('no-kiosk');
  if (device.revokedAt !== null) return refuse('kiosk-closed');
  return inTransaction(db, async (tx) => {
    const [visit] = await tx
      .select({
        id: deskVisit.id,
        turn: deskVisit.codeTurn,
        roundId: deskVisit.roundId,
        residentId: deskVisit.residentId,
      })
      .from(deskVisit)
      .where(
        and(
          eq(deskVisit.kioskId, device.id),
          inArray(deskVisit.state, ['waiting', 'paused']),
          gt(deskVisit.expiresAt, sql`now()`),
        ),
      )
      .for('update');
    if (visit === undefined) return refuse('wrong-code');
    const right = visitCode(sessionSecret, visit.id, visit.turn);
    if (!sameHash(Buffer.from(right), Buffer.from(input.code))) return refuse('wrong-code');
    await tx
      .update(deskVisit)
      .set({
        state: 'voting',
        codeTurn: sql`${deskVisit.codeTurn} + 1`,
        expiresAt: sql`now() + make_interval(mins => ${VISIT_MINUTES})`,
      })
      .where(eq(deskVisit.id, visit.id));
    await tx.update(kiosk).set({ wrongCodes: 0 }).where(eq(kiosk.id, device.id));
    await endSessions(tx, visit);
    const sessionToken = newToken();
    await tx.insert(voterSession).values({
      tokenHash: hashToken(sessionToken),
      roundId: visit.roundId,
      residentId: visit.residentId,
      channel: 'desk',
      expiresAt: sql`now() + make_interval(mins => ${VISIT_MINUTES})`,
    });
    return ok({ sessionToken, roundId: visit.roundId });
  });
}

/**
 * Leaves the kiosk: `paused` when nobody touched it for a while (the same person is called again),
 * `voted` or `left` when it is over. Nothing is recorded of when.
 */
export async function leaveKiosk(
  db: RegistryDatabase,
  input: { readonly kioskToken: string; readonly as: 'paused' | 'voted' | 'left' },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const [visit] = await tx
      .update(deskVisit)
      .set({
        state: input.as,
        expiresAt: input.as === 'paused' ? sql`now()` : null,
      })
      .where(
        and(
          eq(deskVisit.state, 'voting'),
          inArray(
            deskVisit.kioskId,
            tx
              .select({ id: kiosk.id })
              .from(kiosk)
              .where(eq(kiosk.tokenHash, hashToken(input.kioskToken))),
          ),
        ),
      )
      .returning({ roundId: deskVisit.roundId, residentId: deskVisit.residentId });
    if (visit !== undefined) await endSessions(tx, visit);
    return ok(null);
  });
}
