import { and, asc, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { TODAY } from '@/db/registry/clock';
import { deskTurn } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import type { Actor } from '@/lib/auth/actor';
import { countInShift, holdShift, LEFT } from '@/lib/credentials/commands/in-shift';
import { mayServeAtDesk } from '@/lib/credentials/policy';
import { ok, refuse, type Result } from '@/lib/shared/result';

type CallRefusal = 'not-allowed' | 'no-shift' | 'nobody-waiting';
type Called = Result<{ readonly turnId: string }, CallRefusal>;

/**
 * Calls the next person of the queue: preferential attention first, then by arrival. Two officers
 * who call at once get two people, because each row is locked by one of them. The same button
 * pressed twice calls one person, and an officer who still attends somebody is sent back to her.
 */
export async function callNext(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly roundId: string; readonly callKey: string },
): Promise<Called> {
  if (!mayServeAtDesk(actor)) return refuse('not-allowed');
  const { roundId, callKey } = input;
  return inTransaction<{ turnId: string }, CallRefusal>(db, async (tx) => {
    // One press at a time: the second of two would find the only row locked, and nobody waiting.
    const shift = await holdShift(tx, actor.id, 'alone');
    if (shift === null) return refuse('no-shift');
    await dropOldCalls(tx, actor.id);
    const held = await heldTurn(tx, actor.id, callKey);
    if (held !== null) return ok({ turnId: held });
    const [next] = await tx
      .select({ id: deskTurn.id })
      .from(deskTurn)
      .where(
        and(
          eq(deskTurn.roundId, roundId),
          eq(deskTurn.placeId, shift.placeId),
          eq(deskTurn.day, TODAY),
          eq(deskTurn.state, 'waiting'),
        ),
      )
      .orderBy(desc(deskTurn.isPreferential), asc(deskTurn.position))
      .limit(1)
      .for('update', { skipLocked: true });
    if (next === undefined) return refuse('nobody-waiting');
    await tx
      .update(deskTurn)
      .set({
        state: 'called',
        calledBy: actor.id,
        callKey,
        timesCalled: sql`${deskTurn.timesCalled} + 1`,
      })
      .where(eq(deskTurn.id, next.id));
    await countInShift(tx, actor.id, 'called');
    return ok({ turnId: next.id });
  });
}

/** Who this very press called, or whom this officer still attends. */
async function heldTurn(
  tx: RegistryTransaction,
  officerId: string,
  callKey: string,
): Promise<string | null> {
  const [pressed] = await tx
    .select({ id: deskTurn.id })
    .from(deskTurn)
    .where(eq(deskTurn.callKey, callKey));
  if (pressed !== undefined) return pressed.id;
  const [attended] = await tx
    .select({ id: deskTurn.id })
    .from(deskTurn)
    .where(and(eq(deskTurn.calledBy, officerId), inArray(deskTurn.state, ['called', 'serving'])));
  return attended?.id ?? null;
}

/** Whoever was called on another day is not in front of anybody any more. */
async function dropOldCalls(tx: RegistryTransaction, officerId: string): Promise<void> {
  await tx
    .update(deskTurn)
    .set(LEFT)
    .where(
      and(
        eq(deskTurn.calledBy, officerId),
        inArray(deskTurn.state, ['called', 'serving']),
        lt(deskTurn.day, TODAY),
      ),
    );
}
