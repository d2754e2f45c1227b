import 'server-only';
import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import {
  contest,
  cycle,
  envelope,
  planItem,
  proposal,
  proposalObjective,
  round,
} from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { ok, refuse, type Result } from '@/lib/shared/result';
import type { EvaluationInput, RegistrationInput } from './input';
import { mayEvaluateProposals, mayRegisterProposals } from './policy';

export type EvaluationRefusal = 'not-allowed' | 'not-found' | 'frozen' | 'decided';
export type RegistrationRefusal = 'not-allowed' | 'no-envelope' | 'no-objective' | 'cycle-closed';

/** Any constant: numbers of proposals are given one at a time. */
const NUMBERING_LOCK = 7_200_415;

/**
 * Whether a round that left the draft asks about this envelope: from then on its manifest says
 * what each proposal is and costs. The lock makes an opening at the same moment wait, or be seen.
 */
async function isFrozen(tx: RegistryTransaction, envelopeId: string): Promise<boolean> {
  const rounds = await tx
    .select({ state: round.state })
    .from(round)
    .innerJoin(contest, eq(contest.roundId, round.id))
    .where(eq(contest.envelopeId, envelopeId))
    .for('share', { of: round });
  return rounds.some(({ state }) => state !== 'draft');
}

/** The technical team's verdict, with its public reason; never while or after it was voted on. */
export async function evaluateProposal(
  db: RegistryDatabase,
  actor: Actor,
  input: EvaluationInput,
): Promise<Result<null, EvaluationRefusal>> {
  if (!mayEvaluateProposals(actor)) return refuse('not-allowed');
  return inTransaction(db, async (tx) => {
    const [found] = await tx
      .select({
        envelopeId: proposal.envelopeId,
        state: proposal.state,
        costCents: proposal.costCents,
      })
      .from(proposal)
      .where(eq(proposal.code, input.code))
      .for('update');
    if (!found) return refuse('not-found');
    if (await isFrozen(tx, found.envelopeId)) return refuse('frozen');
    const changed = await tx
      .update(proposal)
      .set({
        state: input.verdict,
        reasonEs: input.reasonEs,
        reasonEn: null,
        competence: input.competence,
        costCents: input.costCents,
      })
      .where(
        and(
          eq(proposal.code, input.code),
          inArray(proposal.state, ['submitted', 'under-evaluation', 'eligible', 'rejected']),
        ),
      )
      .returning({ code: proposal.code });
    if (changed.length === 0) return refuse('decided');
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'proposal.evaluated',
      subject: `proposal:${input.code}`,
      details: {
        from: found.state,
        to: input.verdict,
        reason: input.reasonEs,
        costCents: { from: found.costCents, to: input.costCents },
      },
    });
    return ok(null);
  });
}

/** Writes a proposal down for its authors; it starts as submitted and gets the next number. */
export async function registerProposal(
  db: RegistryDatabase,
  actor: Actor,
  input: RegistrationInput,
): Promise<Result<string, RegistrationRefusal>> {
  if (!mayRegisterProposals(actor)) return refuse('not-allowed');
  return inTransaction(db, async (tx) => {
    const [place] = await tx
      .select({
        cycleId: cycle.id,
        fiscalYear: cycle.fiscalYear,
        state: cycle.state,
        districtCode: envelope.districtCode,
      })
      .from(envelope)
      .innerJoin(cycle, eq(cycle.id, envelope.cycleId))
      .where(and(eq(envelope.id, input.envelopeId), ne(envelope.scope, 'dimension')));
    if (!place) return refuse('no-envelope');
    if (place.state === 'closed') return refuse('cycle-closed');
    const [objective] = await tx
      .select({ code: planItem.code })
      .from(planItem)
      .where(and(eq(planItem.code, input.objectiveCode), eq(planItem.kind, 'objective')));
    if (!objective) return refuse('no-objective');
    await tx.execute(sql`select pg_advisory_xact_lock(${NUMBERING_LOCK})`);
    const [last] = await tx
      .select({ number: sql<number>`coalesce(max(split_part(${proposal.code}, '-', 2)::int), 0)` })
      .from(proposal)
      .where(eq(proposal.cycleId, place.cycleId));
    const code = `${String(place.fiscalYear)}-${String((last?.number ?? 0) + 1).padStart(3, '0')}`;
    const { title, label, what, where, why, costCents, proposerKind, proposerName } = input;
    await tx.insert(proposal).values({
      code,
      cycleId: place.cycleId,
      envelopeId: input.envelopeId,
      districtCode: place.districtCode,
      // One language is written; the other shows the same words until somebody translates them.
      titleEs: title,
      titleEn: title,
      labelEs: label,
      labelEn: label,
      whatEs: what,
      whatEn: what,
      whereEs: where,
      whereEn: where,
      whyEs: why,
      whyEn: why,
      costCents,
      proposerKind,
      proposerName,
      state: 'submitted',
    });
    await tx
      .insert(proposalObjective)
      .values({ proposalCode: code, objectiveCode: objective.code, position: 1 });
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'proposal.registered',
      subject: `proposal:${code}`,
      details: { envelope: input.envelopeId, objective: objective.code },
    });
    return ok(code);
  });
}
