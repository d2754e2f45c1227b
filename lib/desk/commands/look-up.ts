import { and, eq, isNull } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { resident, rollEntry } from '@/db/registry/schema';
import type { Actor } from '@/lib/auth/actor';
import { countInShift, openShiftOf } from '@/lib/credentials/commands/in-shift';
import { spendLookUp, type Spend } from '@/lib/limits/look-ups';
import type { NotSpent } from '@/lib/limits/types';
import { ok, refuse, type Refusal } from '@/lib/shared/result';
import { mayTakeAttendance } from '../policy';

export type LookedUp =
  | { readonly ok: true; readonly value: { readonly residentId: string | null } }
  | Refusal<'not-allowed' | 'no-shift'>
  | NotSpent;

/**
 * Looks a physical DNI up. Officers have a budget of their own and every look is counted in their
 * shift, found or not, so that the desk is no way of trying numbers out. Without a round the current
 * roll is asked, as for attendance.
 */
export async function lookUpPerson(
  db: RegistryDatabase,
  spend: Spend,
  actor: Actor,
  input: { readonly roundId: string | null; readonly dniHash: Buffer },
): Promise<LookedUp> {
  const { roundId, dniHash } = input;
  if (!mayTakeAttendance(actor)) return refuse('not-allowed');
  if ((await openShiftOf(db, actor.id)) === null) return refuse('no-shift');
  const spent = await spendLookUp(spend, actor.id);
  if (!spent.ok) return spent;
  return db.transaction(async (tx) => {
    const found = tx.select({ id: resident.id }).from(resident);
    const [row] =
      roundId === null
        ? await found.where(and(eq(resident.dniHash, dniHash), isNull(resident.leftAt)))
        : await found
            .innerJoin(
              rollEntry,
              and(eq(rollEntry.residentId, resident.id), eq(rollEntry.roundId, roundId)),
            )
            .where(eq(resident.dniHash, dniHash));
    await countInShift(tx, actor.id, 'lookups');
    if (row === undefined) await countInShift(tx, actor.id, 'unknown');
    return ok({ residentId: row?.id ?? null });
  });
}
