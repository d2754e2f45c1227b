import { and, eq, sql } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { rollChallenge, rollInclusion, round } from '@/db/registry/schema';
import { inTransaction, violates } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';
import { ok, refuse, type Result } from '@/lib/shared/result';
import type { DatesRefusal, ListDates } from '../types';

/**
 * Gives a round that is prepared its calendar of lists, or takes it away (`null`). Once something was
 * filed the time for filing is not cut short: what people were told stands.
 */
export async function setListDates(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly roundId: string; readonly dates: ListDates | null },
): Promise<Result<null, DatesRefusal>> {
  if (!may(actor, 'manage-rounds')) return refuse('not-allowed');
  const { roundId, dates } = input;
  try {
    return await inTransaction<null, DatesRefusal>(db, async (tx) => {
      const [held] = await tx
        .select({ state: round.state, challengesCloseAt: round.challengesCloseAt })
        .from(round)
        .where(eq(round.id, roundId))
        .for('update');
      if (held === undefined) return refuse('not-found');
      if (held.state !== 'draft') return refuse('wrong-state');
      const isShorter =
        held.challengesCloseAt !== null &&
        (dates === null || dates.challengesCloseAt < held.challengesCloseAt);
      const [filed] = await tx
        .select({
          any: sql<boolean>`exists (select from ${rollChallenge} as c where c.round_id = ${roundId})
            or exists (select from ${rollInclusion} as i where i.round_id = ${roundId})`,
        })
        .from(round)
        .where(eq(round.id, roundId));
      if (isShorter && filed?.any === true) return refuse('already-filed');
      await tx
        .update(round)
        .set(dates ?? { listsOpenAt: null, challengesCloseAt: null, finalAt: null })
        .where(and(eq(round.id, roundId), eq(round.state, 'draft')));
      await recordAudit(tx, {
        actor: auditActor(actor),
        action: 'list.dates-set',
        subject: `round:${roundId}`,
        details:
          dates === null
            ? { dates: null }
            : {
                listsOpenAt: dates.listsOpenAt.toISOString(),
                challengesCloseAt: dates.challengesCloseAt.toISOString(),
                finalAt: dates.finalAt.toISOString(),
              },
      });
      return ok(null);
    });
  } catch (error) {
    if (violates(error, 'round_list_dates_in_order')) return refuse('bad-order');
    throw error;
  }
}
