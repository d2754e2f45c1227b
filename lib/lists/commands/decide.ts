import { and, eq, gt, isNull, ne, not, or, sql, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { approval, resident, rollChallenge, rollInclusion, round } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { askIn } from '@/lib/approvals/commands';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type StaffActor } from '@/lib/auth/actor';
import { ok, refuse, type Result } from '@/lib/shared/result';
import type { DecisionInput } from '../input';
import { mayDecideLists } from '../policy';
import type { DecideRefusal, MatterKind } from '../types';
import { isDraft } from './open-lists';

const TABLES = { challenge: rollChallenge, inclusion: rollInclusion } as const;

/** No request for this matter waits for a second person: undecided, declined or run out. */
function isNotAsked(what: MatterKind, id: string): SQL {
  return not(
    sql`exists (select from ${approval} as asked where asked.kind = ${`list.${what}`}
      and asked.subject = ${id} and asked.decision is null and asked.expires_at > now())`,
  );
}

/** Undecided, or accepted and then declined by the second person; and not taken down by this officer. */
function decidable(what: MatterKind, id: string, officerId: string): SQL | undefined {
  const table = TABLES[what];
  return and(
    eq(table.id, id),
    or(eq(table.state, 'filed'), and(eq(table.state, 'accepted'), isNotAsked(what, id))),
    notReceivedBy(table.receivedBy, officerId),
  );
}

function notReceivedBy(receivedBy: PgColumn, officerId: string): SQL | undefined {
  return or(isNull(receivedBy), ne(receivedBy, officerId));
}

/**
 * Decides a challenge or a request for inclusion, with a reason that anybody may read. A yes waits for
 * a second person, who does it; a no ends the matter.
 */
export async function decideMatter(
  db: RegistryDatabase,
  actor: StaffActor,
  what: MatterKind,
  input: DecisionInput,
): Promise<Result<null, DecideRefusal>> {
  if (!mayDecideLists(actor)) return refuse('not-allowed');
  const table = TABLES[what];
  return inTransaction<null, DecideRefusal>(db, async (tx) => {
    const [of] = await tx
      .select({ roundId: table.roundId, receivedBy: table.receivedBy })
      .from(table)
      .where(eq(table.id, input.id));
    if (of === undefined) return refuse('not-found');
    if (!(await isDraft(tx, of.roundId))) return refuse('round-opened');
    if (of.receivedBy === actor.id) return refuse('own-filing');
    if (input.decision === 'accept') {
      const impossible = await whyNotAccept(tx, what, input.id);
      if (impossible !== null) return refuse(impossible);
    }
    const [decided] = await tx
      .update(table)
      .set({
        state: input.decision === 'accept' ? 'accepted' : 'rejected',
        reason: input.reason,
        decidedBy: actor.id,
        decidedAt: sql`now()`,
        ...(what === 'inclusion' && input.decision === 'reject' ? { dniSealed: null } : {}),
      })
      .where(decidable(what, input.id, actor.id))
      .returning({ id: table.id });
    if (decided === undefined) return refuse('already-decided');
    const [late] = await tx
      .select({ id: round.id })
      .from(round)
      .where(and(eq(round.id, of.roundId), gt(sql`now()`, round.finalAt)));
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: `list.${what}-decided`,
      subject: `${what}:${input.id}`,
      details: {
        round: of.roundId,
        decision: input.decision,
        reason: input.reason,
        ...(late === undefined ? {} : { afterTerm: true }),
      },
    });
    if (input.decision === 'reject') return ok(null);
    const asked = await askIn(tx, actor, {
      kind: `list.${what}`,
      subject: input.id,
      payload: {},
      reason: input.reason,
    });
    if (!asked.ok) return refuse(asked.reason === 'not-allowed' ? 'not-allowed' : 'already-asked');
    return ok(null);
  });
}

/** Nobody is taken off a list on which they do not stand, nor put on one on which they do. */
async function whyNotAccept(
  tx: RegistryTransaction,
  what: MatterKind,
  id: string,
): Promise<'not-on-list' | 'already-on-list' | null> {
  if (what === 'challenge') {
    const [on] = await tx
      .select({ id: resident.id })
      .from(rollChallenge)
      .innerJoin(resident, eq(resident.id, rollChallenge.residentId))
      .where(and(eq(rollChallenge.id, id), isNull(resident.leftAt)));
    return on === undefined ? 'not-on-list' : null;
  }
  const [on] = await tx
    .select({ id: resident.id })
    .from(rollInclusion)
    .innerJoin(resident, eq(resident.dniHash, rollInclusion.dniHash))
    .where(and(eq(rollInclusion.id, id), isNull(resident.leftAt)));
  return on === undefined ? null : 'already-on-list';
}
