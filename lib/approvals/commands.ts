import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { approval, staff, staffRole } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { closeExpired, tellExpired } from './expiry';
import type { AnyApprovalKind, ApprovalOutcome } from './kind';
import { kindOf } from './kinds';

/**
 * Acts that take two people: one asks and says why, another decides, and a yes does the act in the
 * transaction of the decision. The same person never does both; the database refuses it too.
 */

export interface AskInput {
  readonly kind: string;
  readonly subject: string;
  readonly payload?: Record<string, unknown>;
  readonly reason: string;
}

const reasonText = z.string().trim().min(1).max(500);

/** Asks for an act. Refusals besides its own: those of the kind's check. */
export async function ask(
  db: RegistryDatabase,
  actor: Actor,
  input: AskInput,
): Promise<Result<string, string>> {
  return inTransaction(db, (tx) => askIn(tx, actor, input));
}

/** The same inside a transaction that does more. */
export async function askIn(
  tx: RegistryTransaction,
  actor: Actor,
  { subject, ...input }: AskInput,
): Promise<Result<string, string>> {
  const kind = kindOf(input.kind);
  if (kind === null || actor.kind !== 'staff' || !may(actor, kind.mayAsk)) {
    return refuse('not-allowed');
  }
  const reason = reasonText.safeParse(input.reason);
  if (!reason.success) return refuse('reason-missing');
  const payload = kind.payload.safeParse(input.payload ?? {});
  if (!payload.success) return refuse('malformed');
  // Makes room where an old request was left until too late.
  const expired = await closeExpired(tx, { kind: kind.kind, subject });
  const possible = await kind.check?.(tx, { subject, payload: payload.data, reason: reason.data });
  if (possible?.ok === false) return possible;
  const [asked] = await tx
    .insert(approval)
    .values({
      kind: kind.kind,
      subject,
      payload: payload.data,
      reason: reason.data,
      requestedBy: actor.id,
      expiresAt: sql`now() + make_interval(days => ${kind.days})`,
    })
    .onConflictDoNothing()
    .returning({ id: approval.id });
  if (asked === undefined) return refuse('already-asked');
  await tellExpired(tx, expired);
  await recordAudit(tx, {
    actor: auditActor(actor),
    action: 'approval.asked',
    subject: kind.auditSubject(subject),
    details: {
      approval: asked.id,
      kind: kind.kind,
      payload: payload.data,
      reason: reason.data,
    },
  });
  return ok(asked.id);
}

/**
 * The second person's yes or no. A yes does the act at once; when the act is refused by then (the
 * round was closed meanwhile), nothing is decided and the reason comes back.
 */
export async function decide(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly approvalId: string; readonly decision: 'approved' | 'declined' },
): Promise<Result<ApprovalOutcome | null, string>> {
  return inTransaction<ApprovalOutcome | null, string>(db, async (tx) => {
    const open = await lockOpen(tx, input.approvalId);
    if (open === null) return refuse('not-found');
    const { kind, subject, requestedBy } = open;
    if (actor.kind !== 'staff' || !may(actor, kind.mayDecide)) return refuse('not-allowed');
    if (requestedBy === actor.id || kind.isAbout?.(subject, actor.id) === true) {
      return refuse('own-request');
    }
    if (open.isExpired) return refuse('expired');
    // Whoever asked must still be somebody who may: a person let go leaves no orders behind.
    if (input.decision === 'approved' && !(await stillMayAsk(tx, requestedBy, kind))) {
      return refuse('asker-gone');
    }
    await tx
      .update(approval)
      .set({ decidedBy: actor.id, decidedAt: sql`now()`, decision: input.decision })
      .where(eq(approval.id, input.approvalId));
    const { payload, reason } = open;
    const done =
      input.decision === 'declined'
        ? ok(null)
        : await kind.run(tx, {
            subject,
            payload,
            approvalId: input.approvalId,
            reason,
            requestedBy,
            decidedBy: actor,
          });
    if (!done.ok) return done;
    // Last, because whoever holds the end of the audit chain must wait for nobody: an import holds the
    // roll for as long as it is applied, and then wants the chain.
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'approval.decided',
      subject: kind.auditSubject(subject),
      details: {
        approval: input.approvalId,
        kind: kind.kind,
        decision: input.decision,
        askedBy: requestedBy,
      },
    });
    return done;
  });
}

/** Whoever asked thinks better of it. */
export async function withdraw(
  db: RegistryDatabase,
  actor: Actor,
  approvalId: string,
): Promise<Result<null, 'not-allowed' | 'not-found'>> {
  return inTransaction(db, async (tx) => {
    const open = await lockOpen(tx, approvalId);
    if (open === null) return refuse('not-found');
    if (actor.kind !== 'staff' || actor.id !== open.requestedBy) return refuse('not-allowed');
    await tx
      .update(approval)
      .set({ decidedBy: actor.id, decidedAt: sql`now()`, decision: 'withdrawn' })
      .where(eq(approval.id, approvalId));
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'approval.withdrawn',
      subject: open.kind.auditSubject(open.subject),
      details: { approval: approvalId, kind: open.kind.kind },
    });
    return ok(null);
  });
}

/** The open request, locked until the end of the transaction: it is decided once. */
async function lockOpen(tx: RegistryTransaction, approvalId: string) {
  if (!z.uuid().safeParse(approvalId).success) return null;
  const [open] = await tx
    .select({
      kind: approval.kind,
      subject: approval.subject,
      payload: approval.payload,
      reason: approval.reason,
      requestedBy: approval.requestedBy,
      isExpired: sql<boolean>`${approval.expiresAt} <= now()`,
    })
    .from(approval)
    .where(and(eq(approval.id, approvalId), isNull(approval.decision)))
    .for('update');
  const kind = open === undefined ? null : kindOf(open.kind);
  return open === undefined || kind === null ? null : { ...open, kind };
}

async function stillMayAsk(
  tx: RegistryTransaction,
  staffId: string,
  kind: AnyApprovalKind,
): Promise<boolean> {
  const held = await tx
    .select({ role: staffRole.role })
    .from(staffRole)
    .innerJoin(staff, eq(staff.id, staffRole.staffId))
    .where(and(eq(staff.id, staffId), isNull(staff.disabledAt)));
  const roles = held.map(({ role }) => role);
  return may({ kind: 'staff', id: staffId, displayName: '', roles }, kind.mayAsk);
}
