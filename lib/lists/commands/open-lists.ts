import { and, eq, gt, lte, sql } from 'drizzle-orm';
import type { RegistryTransaction } from '@/db/registry/client';
import { round } from '@/db/registry/schema';

/**
 * Whether something can be filed about the lists of this round now. The round's row stays shared
 * until the end of the transaction: it is not opened in between.
 */
export async function takesFilings(tx: RegistryTransaction, roundId: string): Promise<boolean> {
  const [taking] = await tx
    .select({ id: round.id })
    .from(round)
    .where(
      and(
        eq(round.id, roundId),
        eq(round.state, 'draft'),
        lte(round.listsOpenAt, sql`now()`),
        gt(round.challengesCloseAt, sql`now()`),
      ),
    )
    .for('share');
  return taking !== undefined;
}

/** Whether the round is still prepared, with its row shared as above. */
export async function isDraft(tx: RegistryTransaction, roundId: string): Promise<boolean> {
  const [row] = await tx
    .select({ state: round.state })
    .from(round)
    .where(eq(round.id, roundId))
    .for('share');
  return row?.state === 'draft';
}
