import { and, eq, inArray, sql } from 'drizzle-orm';
import type { RegistryTransaction } from '@/db/registry/client';
import { rollChallenge, rollInclusion, round } from '@/db/registry/schema';

/**
 * Whether the list of a round is not final: something about it waits for a decision, or can still be
 * filed. Asked while the round's row is locked, so that nothing is filed in between.
 */
export async function isListUnfinished(tx: RegistryTransaction, roundId: string): Promise<boolean> {
  const waiting = ['filed', 'accepted'] as const;
  const [challenge] = await tx
    .select({ id: rollChallenge.id })
    .from(rollChallenge)
    .where(and(eq(rollChallenge.roundId, roundId), inArray(rollChallenge.state, waiting)))
    .limit(1);
  const [inclusion] = await tx
    .select({ id: rollInclusion.id })
    .from(rollInclusion)
    .where(and(eq(rollInclusion.roundId, roundId), inArray(rollInclusion.state, waiting)))
    .limit(1);
  const [filing] = await tx
    .select({ id: round.id })
    .from(round)
    .where(and(eq(round.id, roundId), sql`${round.challengesCloseAt} > now()`));
  return challenge !== undefined || inclusion !== undefined || filing !== undefined;
}
