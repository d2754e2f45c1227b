import { and, eq, isNull, isNotNull, sql } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { round } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { ok, refuse } from '@/lib/shared/result';

/**
 * Erases what leads from published rounds to people, once the time for challenging their results is
 * over. What goes, and that it is not too early, is in the database's own function: this only asks.
 * Gives the rounds it made anonymous.
 */
export async function anonymiseDueRounds(
  db: RegistryDatabase,
  challengeDays: number,
): Promise<string[]> {
  const published = await db
    .select({ id: round.id })
    .from(round)
    .where(
      and(
        eq(round.state, 'published'),
        isNotNull(round.publishedAt),
        isNull(round.anonymisedAt),
        sql`${round.publishedAt} + make_interval(days => ${challengeDays}) <= now()`,
      ),
    )
    .orderBy(round.publishedAt);
  const done: string[] = [];
  for (const { id } of published) {
    const made = await inTransaction(db, async (tx) => {
      const [answer] = await tx.execute<{ rows: Record<string, number> | null }>(
        sql`select anonymise_round(${id}, ${challengeDays}) as rows`,
      );
      const rows = answer?.rows ?? null;
      if (rows === null) return refuse('not-due');
      await recordAudit(tx, {
        actor: 'worker',
        action: 'privacy.anonymised',
        subject: `round:${id}`,
        details: { rows, challengeDays },
      });
      return ok(null);
    });
    if (made.ok) done.push(id);
  }
  return done;
}
