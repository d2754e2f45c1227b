import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { TODAY } from '@/db/registry/clock';
import { deskLine, deskTurn } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import type { Actor } from '@/lib/auth/actor';
import {
  countInShift,
  endTurn,
  holdShift,
  LEFT,
  WAITING_STATES,
} from '@/lib/credentials/commands/in-shift';
import { mayServeAtDesk } from '@/lib/credentials/policy';
import { ok, refuse, type Result } from '@/lib/shared/result';
import type { TurnState } from '../types';

export type TurnRefusal = 'not-allowed' | 'no-shift' | 'no-turn' | 'other-officer' | 'turn-over';
type Act = Promise<Result<null, TurnRefusal>>;

interface Held {
  readonly id: string;
  readonly state: TurnState;
  readonly roundId: string;
  readonly placeId: string;
  readonly day: string;
  readonly residentId: string | null;
  readonly calledBy: string | null;
}

/** Runs an act on one turn, with its row locked. A colleague's person stays with the colleague. */
function onTurn(
  db: RegistryDatabase,
  actor: Actor,
  turnId: string,
  act: (tx: RegistryTransaction, turn: Held, officerId: string) => Act,
): Act {
  if (!mayServeAtDesk(actor)) return Promise.resolve(refuse('not-allowed'));
  return inTransaction<null, TurnRefusal>(db, async (tx) => {
    if ((await holdShift(tx, actor.id)) === null) return refuse('no-shift');
    const [turn] = await tx
      .select({
        id: deskTurn.id,
        state: deskTurn.state,
        roundId: deskTurn.roundId,
        placeId: deskTurn.placeId,
        day: deskTurn.day,
        residentId: deskTurn.residentId,
        calledBy: deskTurn.calledBy,
      })
      .from(deskTurn)
      .where(eq(deskTurn.id, turnId))
      .for('update');
    if (turn === undefined) return refuse('no-turn');
    const isCalled = turn.state === 'called' || turn.state === 'serving';
    if (isCalled && turn.calledBy !== actor.id) return refuse('other-officer');
    return act(tx, turn, actor.id);
  });
}

/** The person stands at the table. */
export function beginServing(db: RegistryDatabase, actor: Actor, turnId: string): Act {
  return onTurn(db, actor, turnId, async (tx, turn) => {
    if (turn.state === 'serving') return ok(null);
    if (turn.state !== 'called') return refuse('turn-over');
    await tx
      .update(deskTurn)
      .set({ state: 'serving', servingSince: sql`now()` })
      .where(eq(deskTurn.id, turn.id));
    return ok(null);
  });
}

/** Nobody answered: the same number waits again, behind who waits now. */
export function putBack(db: RegistryDatabase, actor: Actor, turnId: string): Act {
  return onTurn(db, actor, turnId, async (tx, turn) => {
    if (turn.state === 'waiting') return ok(null);
    if (turn.state !== 'called' && turn.state !== 'serving') return refuse('turn-over');
    await waitAgain(tx, turn);
    return ok(null);
  });
}

async function waitAgain(
  tx: RegistryTransaction,
  turn: Pick<Held, 'id' | 'roundId' | 'placeId' | 'day'>,
): Promise<void> {
  const [line] = await tx
    .update(deskLine)
    .set({ lastPosition: sql`${deskLine.lastPosition} + 1` })
    .where(
      and(
        eq(deskLine.roundId, turn.roundId),
        eq(deskLine.placeId, turn.placeId),
        eq(deskLine.day, turn.day),
      ),
    )
    .returning({ position: deskLine.lastPosition });
  if (line === undefined) throw new Error('a turn without a line');
  await tx
    .update(deskTurn)
    .set({ state: 'waiting', calledBy: null, servingSince: null, position: line.position })
    .where(eq(deskTurn.id, turn.id));
}

/** Whom an officer called and then left alone waits again; says how many. */
export async function leaveToOthers(tx: RegistryTransaction, officerId: string): Promise<number> {
  const turns = await tx
    .select({
      id: deskTurn.id,
      roundId: deskTurn.roundId,
      placeId: deskTurn.placeId,
      day: deskTurn.day,
    })
    .from(deskTurn)
    .where(and(eq(deskTurn.calledBy, officerId), inArray(deskTurn.state, ['called', 'serving'])))
    .orderBy(asc(deskTurn.position), asc(deskTurn.id))
    .for('update');
  for (const turn of turns) await waitAgain(tx, turn);
  return turns.length;
}

/** The person went away. Whoever comes back takes another number. */
export function leaveQueue(db: RegistryDatabase, actor: Actor, turnId: string): Act {
  return onTurn(db, actor, turnId, async (tx, turn, officerId) => {
    if (turn.state === 'left') return ok(null);
    if (turn.state === 'done') return refuse('turn-over');
    await tx.update(deskTurn).set(LEFT).where(eq(deskTurn.id, turn.id));
    await countInShift(tx, officerId, 'left');
    return ok(null);
  });
}

/** Attended, and no vote came of it: a question, an errand, a right that was already used. */
export function finishWithoutVote(db: RegistryDatabase, actor: Actor, turnId: string): Act {
  return onTurn(db, actor, turnId, async (tx, turn, officerId) => {
    if (turn.state === 'done') return ok(null);
    if (turn.state === 'left' || turn.residentId === null) return refuse('turn-over');
    await endTurn(tx, { roundId: turn.roundId, residentId: turn.residentId }, 'without-vote');
    await countInShift(tx, officerId, 'without-vote');
    return ok(null);
  });
}

/** Every number of earlier days is over; called when a shift begins, so that nobody is kept. */
export async function endEarlierDays(tx: RegistryTransaction): Promise<void> {
  await tx
    .update(deskTurn)
    .set(LEFT)
    .where(and(inArray(deskTurn.state, WAITING_STATES), lt(deskTurn.day, TODAY)));
}

/** Nobody is left at a place: whoever still waits there waits no more. */
export async function endPlace(tx: RegistryTransaction, placeId: string): Promise<number> {
  const ended = await tx
    .update(deskTurn)
    .set(LEFT)
    .where(and(eq(deskTurn.placeId, placeId), inArray(deskTurn.state, WAITING_STATES)))
    .returning({ id: deskTurn.id });
  return ended.length;
}
