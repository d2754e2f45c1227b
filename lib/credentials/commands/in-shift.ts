import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Registry, RegistryTransaction } from '@/db/registry/client';
import { deskLine, deskPlace, deskShift, deskShiftCount, deskTurn } from '@/db/registry/schema';
import type { OpenShift, ShiftCount, TurnOutcome } from '../types';

/** What every act of the desk does besides: it belongs to a shift, and the queue forgets people. */

export const WAITING_STATES = ['waiting', 'called', 'serving'] as const;

/** Nobody takes longer than this in the mean: a screen that was left open is no service. */
const LONGEST_SECONDS = 30 * 60;

const open = {
  id: deskShift.id,
  placeId: deskShift.placeId,
  placeName: deskPlace.name,
  device: deskShift.device,
};

/** The shift this officer has open; null when there is none. */
export async function openShiftOf(db: Registry, officerId: string): Promise<OpenShift | null> {
  const [row] = await db
    .select(open)
    .from(deskShift)
    .innerJoin(deskPlace, eq(deskPlace.id, deskShift.placeId))
    .where(and(eq(deskShift.officerId, officerId), isNull(deskShift.closedAt)));
  return row ?? null;
}

/**
 * The same inside a command: the shift cannot be closed before the command is done. `alone`: nor can
 * the same officer do anything else meanwhile.
 */
export async function holdShift(
  tx: RegistryTransaction,
  officerId: string,
  alone?: 'alone',
): Promise<OpenShift | null> {
  const [row] = await tx
    .select(open)
    .from(deskShift)
    .innerJoin(deskPlace, eq(deskPlace.id, deskShift.placeId))
    .where(and(eq(deskShift.officerId, officerId), isNull(deskShift.closedAt)))
    .for(alone === undefined ? 'share' : 'update', { of: deskShift });
  return row ?? null;
}

/** Counts an act in the shift of this officer, when one is open. */
export async function countInShift(
  tx: RegistryTransaction,
  officerId: string,
  what: ShiftCount,
): Promise<void> {
  const shift = await holdShift(tx, officerId);
  if (shift === null) return;
  await tx
    .insert(deskShiftCount)
    .values({ shiftId: shift.id, what, times: 1 })
    .onConflictDoUpdate({
      target: [deskShiftCount.shiftId, deskShiftCount.what],
      set: { times: sql`${deskShiftCount.times} + 1` },
    });
}

/** How a row of the queue looks when it is over: a number, and nobody. */
const FORGOTTEN = {
  residentId: null,
  arrivedAt: null,
  servingSince: null,
} as const;

export const LEFT = { ...FORGOTTEN, state: 'left', outcome: null } as const;

/** Whoever got what she came for waits no more, wherever she had taken a number. */
export async function endTurn(
  tx: RegistryTransaction,
  of: { readonly roundId: string; readonly residentId: string },
  outcome: TurnOutcome,
): Promise<void> {
  const [held] = await tx
    .select({
      id: deskTurn.id,
      roundId: deskTurn.roundId,
      placeId: deskTurn.placeId,
      day: deskTurn.day,
      seconds: sql<
        number | null
      >`least(extract(epoch from now() - ${deskTurn.servingSince}), ${LONGEST_SECONDS})::int`,
    })
    .from(deskTurn)
    .where(
      and(
        eq(deskTurn.roundId, of.roundId),
        eq(deskTurn.residentId, of.residentId),
        inArray(deskTurn.state, WAITING_STATES),
      ),
    )
    .for('update');
  if (held === undefined) return;
  await tx
    .update(deskTurn)
    .set({ ...FORGOTTEN, state: 'done', outcome })
    .where(eq(deskTurn.id, held.id));
  if (held.seconds === null) return;
  await tx
    .update(deskLine)
    .set({
      served: sql`${deskLine.served} + 1`,
      servedSeconds: sql`${deskLine.servedSeconds} + ${held.seconds}`,
    })
    .where(
      and(
        eq(deskLine.roundId, held.roundId),
        eq(deskLine.placeId, held.placeId),
        eq(deskLine.day, held.day),
      ),
    );
}
