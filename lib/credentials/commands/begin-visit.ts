import { and, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { TODAY } from '@/db/registry/clock';
import { credential, deskVisit, kiosk } from '@/db/registry/schema';
import { inTransaction, violates } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { countInShift, endTurn } from './in-shift';
import { CODE_MINUTES, type BeginVisitRefusal, type Help } from '../desk';
import { mayServeAtDesk } from '../policy';
import { channelTaken, groupAtDesk } from '../right';
import { auditHelp, recordHelp } from './record-help';

const ACTIVE = ['waiting', 'voting', 'paused'] as const;

export interface BeginVisit {
  readonly roundId: string;
  readonly residentId: string;
  readonly kioskId: string;
  /** Who goes with the resident into the booth; null: goes alone. */
  readonly help: Help | null;
}

/**
 * Hands a resident whose DNI was checked over to a kiosk. Sent twice it is one visit: an unfinished
 * one at the same kiosk is found again.
 */
export async function beginVisit(
  db: RegistryDatabase,
  actor: Actor,
  input: BeginVisit,
): Promise<Result<{ readonly visitId: string }, BeginVisitRefusal>> {
  if (!mayServeAtDesk(actor)) return refuse('not-allowed');
  const { roundId, residentId, kioskId } = input;
  try {
    return await inTransaction(db, async (tx) => {
      const [device] = await tx
        .select({ name: kiosk.name })
        .from(kiosk)
        .where(and(eq(kiosk.id, kioskId), isNull(kiosk.revokedAt)))
        .for('update');
      if (device === undefined) return refuse('no-kiosk');
      const [held] = await tx
        .select({ id: deskVisit.id, kioskId: deskVisit.kioskId })
        .from(deskVisit)
        .where(
          and(
            eq(deskVisit.roundId, roundId),
            eq(deskVisit.residentId, residentId),
            inArray(deskVisit.state, ACTIVE),
          ),
        );
      if (held?.kioskId === kioskId) return ok({ visitId: held.id });
      const group = await groupAtDesk(tx, input);
      if (!group.ok) return group;
      const taken = await channelTaken(tx, input);
      if (taken !== null) return refuse(`taken-${taken}`);

      await endAbandoned(tx, input);
      const { help } = input;
      const helped =
        help === null ? ok(null) : await recordHelp(tx, actor, { roundId, residentId, ...help });
      if (!helped.ok) return helped;
      const [made] = await tx
        .insert(deskVisit)
        .values({
          roundId,
          residentId,
          kioskId,
          expiresAt: sql`now() + make_interval(mins => ${CODE_MINUTES})`,
          openedBy: actor.id,
          day: TODAY,
        })
        .returning({ id: deskVisit.id });
      if (made === undefined) throw new Error('no visit came back');
      await countInShift(tx, actor.id, 'kiosk');
      await endTurn(tx, input, 'kiosk');
      // Last: who holds the end of the audit chain must wait for nobody, not for a shift either.
      await auditHelp(tx, actor, { roundId, help, place: helped.value });
      // Who came is in the visit; the act says where, so that the chain dates nobody's vote.
      await recordAudit(tx, {
        actor: auditActor(actor),
        action: 'desk.visit-begun',
        subject: `round:${roundId}`,
        details: { kiosk: device.name, helped: help !== null },
      });
      return ok({ visitId: made.id });
    });
  } catch (error) {
    if (violates(error, 'desk_visit_one_per_kiosk')) return refuse('kiosk-busy');
    // The same person was handed over to another kiosk: that one has the visit.
    if (violates(error, 'desk_visit_one_per_resident')) return refuse('kiosk-busy');
    throw error;
  }
}

/**
 * Visits whose code ran out before anybody used it keep no kiosk and no person busy. One that was
 * begun is left alone: its kiosk may hold the only key to a vote that was activated.
 */
async function endAbandoned(tx: RegistryTransaction, of: BeginVisit): Promise<void> {
  await tx
    .update(deskVisit)
    .set({ state: 'left', expiresAt: null })
    .where(
      and(
        eq(deskVisit.state, 'waiting'),
        lt(deskVisit.expiresAt, sql`now()`),
        sql`(${deskVisit.kioskId} = ${of.kioskId} or (${deskVisit.roundId} = ${of.roundId} and ${deskVisit.residentId} = ${of.residentId}))`,
        sql`not exists (select from ${credential} where ${credential.roundId} = ${deskVisit.roundId} and ${credential.residentId} = ${deskVisit.residentId})`,
      ),
    );
}
