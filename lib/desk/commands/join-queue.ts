import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Registry, RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { TODAY } from '@/db/registry/clock';
import { deskLine, deskTurn } from '@/db/registry/schema';
import { inTransaction, violates } from '@/db/transaction';
import type { Actor } from '@/lib/auth/actor';
import { countInShift, holdShift, LEFT, WAITING_STATES } from '@/lib/credentials/commands/in-shift';
import { mayServeAtDesk } from '@/lib/credentials/policy';
import { channelTaken, groupAtDesk } from '@/lib/credentials/right';
import type { OpenShift } from '@/lib/credentials/types';
import { ok, refuse, type Result } from '@/lib/shared/result';
import type { TakenReason } from '../types';

interface Joined {
  readonly turnId: string;
  /** She already had a number: it is this one, and she keeps her place. */
  readonly isRepeated: boolean;
}

export type JoinRefusal =
  'not-allowed' | 'no-shift' | 'round-not-open' | 'not-at-desk' | 'not-on-roll' | TakenReason;

interface Join {
  readonly roundId: string;
  readonly residentId: string;
  readonly isPreferential: boolean;
}

/**
 * Gives a resident a number in today's queue of the officer's place. One person has one number: the
 * unique index decides when two officers type the same DNI at once, and both read the same answer.
 */
export async function joinQueue(
  db: RegistryDatabase,
  actor: Actor,
  input: Join,
): Promise<Result<Joined, JoinRefusal>> {
  if (!mayServeAtDesk(actor)) return refuse('not-allowed');
  try {
    return await inTransaction<Joined, JoinRefusal>(db, async (tx) => {
      const shift = await holdShift(tx, actor.id);
      if (shift === null) return refuse('no-shift');
      const group = await groupAtDesk(tx, input);
      if (!group.ok) return group;
      const taken = await channelTaken(tx, input);
      if (taken !== null) return refuse(`taken-${taken}`);
      await endYesterday(tx, input);
      const held = await keepTurn(tx, input);
      if (held !== null) return ok({ turnId: held, isRepeated: true });
      const turnId = await takeNumber(tx, shift, input);
      await countInShift(tx, actor.id, 'queued');
      return ok({ turnId, isRepeated: false });
    });
  } catch (error) {
    if (!violates(error, 'desk_turn_one_per_resident')) throw error;
    const held = await keepTurn(db, input);
    if (held === null) throw error;
    return ok({ turnId: held, isRepeated: true });
  }
}

/** A number of another day is over, also when nobody said so. */
async function endYesterday(tx: RegistryTransaction, of: Join): Promise<void> {
  await tx
    .update(deskTurn)
    .set(LEFT)
    .where(
      and(
        eq(deskTurn.roundId, of.roundId),
        eq(deskTurn.residentId, of.residentId),
        inArray(deskTurn.state, WAITING_STATES),
        lt(deskTurn.day, TODAY),
      ),
    );
}

/** The number she has; asked for again with preference, it gets it. */
async function keepTurn(db: Registry, of: Join): Promise<string | null> {
  const [held] = await db
    .update(deskTurn)
    .set({ isPreferential: sql`${deskTurn.isPreferential} or ${of.isPreferential}` })
    .where(
      and(
        eq(deskTurn.roundId, of.roundId),
        eq(deskTurn.residentId, of.residentId),
        inArray(deskTurn.state, WAITING_STATES),
      ),
    )
    .returning({ id: deskTurn.id });
  return held?.id ?? null;
}

async function takeNumber(tx: RegistryTransaction, shift: OpenShift, of: Join): Promise<string> {
  const { roundId, residentId, isPreferential } = of;
  const [line] = await tx
    .insert(deskLine)
    .values({ roundId, placeId: shift.placeId, day: TODAY, lastNumber: 1, lastPosition: 1 })
    .onConflictDoUpdate({
      target: [deskLine.roundId, deskLine.placeId, deskLine.day],
      set: {
        lastNumber: sql`${deskLine.lastNumber} + 1`,
        lastPosition: sql`${deskLine.lastPosition} + 1`,
      },
    })
    .returning({
      day: deskLine.day,
      number: deskLine.lastNumber,
      position: deskLine.lastPosition,
    });
  if (line === undefined) throw new Error('no line came back');
  const [made] = await tx
    .insert(deskTurn)
    .values({ roundId, placeId: shift.placeId, residentId, isPreferential, ...line })
    .returning({ id: deskTurn.id });
  if (made === undefined) throw new Error('no turn came back');
  return made.id;
}
