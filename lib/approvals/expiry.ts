import 'server-only';
import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { approval } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { ok } from '@/lib/shared/result';
import { kindOf } from './kinds';

/** Requests that nobody decided within their days: they end, and it is written down. */

interface Expired {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
}

/**
 * Ends every open request whose days are over; how many. Called by the worker, so that what hangs on
 * a request (an import, an addition) is free again without anybody asking anew.
 */
export async function expireApprovals(db: RegistryDatabase): Promise<number> {
  let count = 0;
  await inTransaction(db, async (tx) => {
    const expired = await closeExpired(tx);
    await tellExpired(tx, expired);
    count = expired.length;
    return ok(null);
  });
  return count;
}

/** Ends those that are due, of one act when it is named; the caller tells them to the audit, last. */
export async function closeExpired(
  tx: RegistryTransaction,
  of?: { readonly kind: string; readonly subject: string },
): Promise<Expired[]> {
  return tx
    .update(approval)
    .set({ decision: 'expired', decidedAt: sql`now()` })
    .where(
      and(
        isNull(approval.decision),
        lte(approval.expiresAt, sql`now()`),
        of === undefined
          ? undefined
          : and(eq(approval.kind, of.kind), eq(approval.subject, of.subject)),
      ),
    )
    .returning({ id: approval.id, kind: approval.kind, subject: approval.subject });
}

export async function tellExpired(
  tx: RegistryTransaction,
  expired: readonly Expired[],
): Promise<void> {
  for (const { id, kind, subject } of expired) {
    await recordAudit(tx, {
      actor: 'system',
      action: 'approval.expired',
      // A kind that no longer exists has no name of its own for what it was about.
      subject: kindOf(kind)?.auditSubject(subject) ?? `${kind}:${subject}`,
      details: { approval: id, kind },
    });
  }
}
