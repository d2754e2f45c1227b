import { and, eq, gte, isNull, lt, sql, type SQL } from 'drizzle-orm';
import type { Registry, RegistryDatabase } from '@/db/registry/client';
import { rollInclusion } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type StaffActor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';
import { ok, refuse, type Result } from '@/lib/shared/result';
import type { BulkInput } from '../input';
import type { BulkRefusal } from '../types';
import { isDraft } from './open-lists';

/** Requests that came in by the page within a time, which nobody has decided: a flood, or a mistake. */
export type Unread = Pick<BulkInput, 'roundId' | 'from' | 'until'>;

const unread = ({ roundId, from, until }: Unread): SQL | undefined =>
  and(
    eq(rollInclusion.roundId, roundId),
    eq(rollInclusion.state, 'filed'),
    isNull(rollInclusion.receivedBy),
    gte(rollInclusion.filedAt, from),
    lt(rollInclusion.filedAt, until),
  );

export async function countUnread(db: Registry, of: Unread): Promise<number> {
  return db.$count(rollInclusion, unread(of));
}

/**
 * Rejects all of them with one reason, which whoever filed one reads. `count` is how many the person
 * was told there are: one more or less since, and nothing is done.
 */
export async function rejectUnread(
  db: RegistryDatabase,
  actor: StaffActor,
  input: BulkInput,
): Promise<Result<{ readonly count: number }, BulkRefusal>> {
  if (!may(actor, 'reject-filings')) return refuse('not-allowed');
  return inTransaction<{ count: number }, BulkRefusal>(db, async (tx) => {
    if (!(await isDraft(tx, input.roundId))) return refuse('round-opened');
    const rejected = await tx
      .update(rollInclusion)
      .set({
        state: 'rejected',
        reason: input.reason,
        decidedBy: actor.id,
        decidedAt: sql`now()`,
        dniSealed: null,
      })
      .where(unread(input))
      .returning({ id: rollInclusion.id });
    if (rejected.length === 0) return refuse('not-found');
    if (rejected.length !== input.count) return refuse('changed-since');
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'list.inclusions-rejected',
      subject: `round:${input.roundId}`,
      details: {
        from: input.from.toISOString(),
        until: input.until.toISOString(),
        count: rejected.length,
        reason: input.reason,
      },
    });
    return ok({ count: rejected.length });
  });
}
