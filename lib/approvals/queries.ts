import 'server-only';
import { and, asc, count, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Registry } from '@/db/registry/client';
import { approval, staff, type APPROVAL_DECISIONS } from '@/db/registry/schema';
import type { ApprovalValues } from './kind';
import { kindOf } from './kinds';

export interface ApprovalLine {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requestedByName: string;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  /** `expired` also while nobody has written it down yet. */
  readonly decision: (typeof APPROVAL_DECISIONS)[number] | null;
  /** What the words of its kind need; null when the kind no longer exists. */
  readonly values: ApprovalValues | null;
  readonly isAbout: (staffId: string) => boolean;
}

const asker = alias(staff, 'asker');
const decider = alias(staff, 'decider');

/**
 * One page of what needed or needs a second person, open ones first.
 * @param askedBy only what this member of staff asked for
 */
export async function approvalsPage(
  db: Registry,
  {
    page,
    perPage,
    askedBy,
  }: { readonly page: number; readonly perPage: number; readonly askedBy?: string | undefined },
): Promise<{ readonly approvals: ApprovalLine[]; readonly total: number }> {
  const wanted = askedBy === undefined ? undefined : eq(approval.requestedBy, askedBy);
  const rows = await db
    .select({
      id: approval.id,
      kind: approval.kind,
      subject: approval.subject,
      payload: approval.payload,
      reason: approval.reason,
      requestedBy: approval.requestedBy,
      requestedByName: asker.displayName,
      requestedAt: approval.requestedAt,
      expiresAt: approval.expiresAt,
      decidedByName: decider.displayName,
      decidedAt: approval.decidedAt,
      decision: approval.decision,
      isExpired: sql<boolean>`${approval.expiresAt} <= now()`,
    })
    .from(approval)
    .innerJoin(asker, eq(asker.id, approval.requestedBy))
    .leftJoin(decider, eq(decider.id, approval.decidedBy))
    .where(wanted)
    .orderBy(
      desc(sql`${approval.decision} is null and ${approval.expiresAt} > now()`),
      desc(approval.requestedAt),
      asc(approval.id),
    )
    .limit(perPage)
    .offset((page - 1) * perPage);
  const [all] = await db.select({ total: count() }).from(approval).where(wanted);
  const approvals: ApprovalLine[] = [];
  for (const { payload, isExpired, ...row } of rows) {
    const kind = kindOf(row.kind);
    approvals.push({
      ...row,
      decision: row.decision ?? (isExpired ? 'expired' : null),
      values: kind === null ? null : await kind.describe(db, { subject: row.subject, payload }),
      isAbout: (staffId) => kind?.isAbout?.(row.subject, staffId) ?? false,
    });
  }
  return { approvals, total: all?.total ?? 0 };
}

const waiting = and(isNull(approval.decision), gt(approval.expiresAt, sql`now()`));

/** How many wait for a second person. */
export async function waitingApprovals(db: Registry): Promise<number> {
  return db.$count(approval, waiting);
}

/** Whether this act on this subject was asked for and nobody has decided. */
export async function isAsked(db: Registry, kind: string, subject: string): Promise<boolean> {
  const asked = await db.$count(
    approval,
    and(eq(approval.kind, kind), eq(approval.subject, subject), waiting),
  );
  return asked > 0;
}
