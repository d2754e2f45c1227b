import { and, count, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import type { Registry, RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import {
  credential,
  deskPlace,
  deskShift,
  deskShiftCount,
  deskTurn,
  round,
  type ShiftFigures,
} from '@/db/registry/schema';
import { inTransaction, violates } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { mayCloseOthersShifts, mayKeepShifts, maySignShifts } from '../policy';
import { papersMissing } from '../rules';
import { endEarlierDays, endPlace, leaveToOthers } from './turns';

type OpenRefusal = 'not-allowed' | 'shift-open';
type CloseRefusal =
  | 'not-allowed'
  | 'no-shift'
  | 'other-officer'
  | 'still-attending'
  | 'papers-unexplained'
  | 'reason-needed';
export type SignRefusal =
  'not-allowed' | 'no-shift' | 'not-closed' | 'own-shift' | 'already-signed';

/** Of letters, why somebody else closes a shift. */
const MIN_REASON = 5;

/** Begins an officer's shift. The same form sent twice begins one; a second shift at once none. */
export async function openShift(
  db: RegistryDatabase,
  actor: Actor,
  input: {
    readonly requestKey: string;
    readonly place: string;
    readonly device: string;
    readonly papers: number;
  },
): Promise<Result<{ readonly shiftId: string }, OpenRefusal>> {
  if (!mayKeepShifts(actor)) return refuse('not-allowed');
  const { requestKey, device, papers } = input;
  try {
    return await inTransaction<{ shiftId: string }, OpenRefusal>(db, async (tx) => {
      const placeId = await placeNamed(tx, input.place);
      const [made] = await tx
        .insert(deskShift)
        .values({
          requestKey,
          officerId: actor.id,
          placeId,
          device,
          openingPapers: papers,
          openingFigures: await figures(tx),
        })
        .onConflictDoNothing({ target: deskShift.requestKey })
        .returning({ id: deskShift.id });
      if (made === undefined) {
        const [held] = await tx
          .select({ id: deskShift.id })
          .from(deskShift)
          .where(and(eq(deskShift.requestKey, requestKey), eq(deskShift.officerId, actor.id)));
        return held === undefined ? refuse('not-allowed') : ok({ shiftId: held.id });
      }
      await endEarlierDays(tx);
      await recordAudit(tx, {
        actor: auditActor(actor),
        action: 'desk.shift-opened',
        subject: `shift:${made.id}`,
        details: { place: input.place, device, papers },
      });
      return ok({ shiftId: made.id });
    });
  } catch (error) {
    if (violates(error, 'desk_shift_one_open')) return refuse('shift-open');
    throw error;
  }
}

/** A place by its name, however it is capitalised; made when it is new. */
async function placeNamed(tx: RegistryTransaction, name: string): Promise<string> {
  await tx.insert(deskPlace).values({ name }).onConflictDoNothing();
  const [place] = await tx
    .select({ id: deskPlace.id })
    .from(deskPlace)
    .where(sql`lower(${deskPlace.name}) = lower(${name})`);
  if (place === undefined) throw new Error('no place came back');
  return place.id;
}

/** Rights given out in the rounds that are open, by way. */
async function figures(db: Registry): Promise<ShiftFigures> {
  const rows = await db
    .select({ channel: credential.channel, people: count() })
    .from(credential)
    .innerJoin(round, eq(round.id, credential.roundId))
    .where(eq(round.state, 'open'))
    .groupBy(credential.channel);
  const by = new Map(rows.map(({ channel, people }) => [channel, people]));
  return {
    phone: by.get('phone') ?? 0,
    desk: by.get('desk') ?? 0,
    paper: by.get('paper') ?? 0,
    tablet: by.get('tablet') ?? 0,
  };
}

/**
 * Ends a shift with what was counted by hand. Papers that are not accounted for need a sentence, and
 * a shift that nobody else will sign needs a reason. Sent twice it is closed once.
 *
 * An administrator closes what its officer left open, and says why in the note: whom the officer had
 * called waits again, and the second signature is neither's.
 */
export async function closeShift(
  db: RegistryDatabase,
  actor: Actor,
  input: {
    readonly shiftId: string;
    readonly papers: number;
    readonly spoiled: number;
    readonly note: string;
    /** Empty: somebody else signs. */
    readonly alone: string;
  },
): Promise<Result<null, CloseRefusal>> {
  if (!mayKeepShifts(actor) && !mayCloseOthersShifts(actor)) return refuse('not-allowed');
  const { shiftId, papers, spoiled, note } = input;
  return inTransaction<null, CloseRefusal>(db, async (tx) => {
    const [shift] = await tx
      .select()
      .from(deskShift)
      .where(eq(deskShift.id, shiftId))
      .for('update');
    if (shift === undefined) return refuse('no-shift');
    const isOwn = shift.officerId === actor.id;
    if (!isOwn && !mayCloseOthersShifts(actor)) return refuse('other-officer');
    if (shift.closedAt !== null) return ok(null);
    if (isOwn) {
      const attended = await tx.$count(
        deskTurn,
        and(eq(deskTurn.calledBy, actor.id), inArray(deskTurn.state, ['called', 'serving'])),
      );
      if (attended > 0) return refuse('still-attending');
    } else if (note.length < MIN_REASON) return refuse('reason-needed');
    const alone = isOwn && input.alone !== '' ? input.alone : null;
    const rows = await tx
      .select({ what: deskShiftCount.what, times: deskShiftCount.times })
      .from(deskShiftCount)
      .where(eq(deskShiftCount.shiftId, shiftId));
    const counts = Object.fromEntries(rows.map(({ what, times }) => [what, times]));
    const missing = papersMissing({
      opening: shift.openingPapers,
      given: counts['paper'] ?? 0,
      spoiled,
      closing: papers,
    });
    if (missing !== 0 && note === '') return refuse('papers-unexplained');
    const returned = isOwn ? 0 : await leaveToOthers(tx, shift.officerId);
    await tx
      .update(deskShift)
      .set({
        closedBy: isOwn ? null : actor.id,
        closedAt: sql`now()`,
        closingFigures: await figures(tx),
        closingPapers: papers,
        spoiledPapers: spoiled,
        handoverNote: note,
        aloneReason: alone,
      })
      .where(eq(deskShift.id, shiftId));
    const colleagues = await tx.$count(
      deskShift,
      and(
        eq(deskShift.placeId, shift.placeId),
        isNull(deskShift.closedAt),
        ne(deskShift.id, shiftId),
      ),
    );
    const sentHome = colleagues === 0 ? await endPlace(tx, shift.placeId) : 0;
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'desk.shift-closed',
      subject: `shift:${shiftId}`,
      details: {
        ...{ counts, papers, spoiled, missing, sentHome, alone },
        ...(isOwn ? {} : { leftOpenBy: shift.officerId, returned, reason: note }),
      },
    });
    return ok(null);
  });
}

/** The second signature under a closed shift; the database refuses the officer's own. */
export async function signShift(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly shiftId: string },
): Promise<Result<null, SignRefusal>> {
  if (!maySignShifts(actor)) return refuse('not-allowed');
  const { shiftId } = input;
  return inTransaction<null, SignRefusal>(db, async (tx) => {
    const [shift] = await tx
      .select({
        officerId: deskShift.officerId,
        closedBy: deskShift.closedBy,
        closedAt: deskShift.closedAt,
        signedBy: deskShift.signedBy,
      })
      .from(deskShift)
      .where(eq(deskShift.id, shiftId))
      .for('update');
    if (shift === undefined) return refuse('no-shift');
    if (shift.closedAt === null) return refuse('not-closed');
    if ([shift.officerId, shift.closedBy].includes(actor.id)) return refuse('own-shift');
    if (shift.signedBy === actor.id) return ok(null);
    if (shift.signedBy !== null) return refuse('already-signed');
    await tx
      .update(deskShift)
      .set({ signedBy: actor.id, signedAt: sql`now()` })
      .where(eq(deskShift.id, shiftId));
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'desk.shift-signed',
      subject: `shift:${shiftId}`,
    });
    return ok(null);
  });
}
