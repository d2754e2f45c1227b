import type { RegistryDatabase } from '@/db/registry/client';
import {
  dimensionWeight,
  envelope,
  priorityAdoption,
  priorityDecision,
  priorityProposal,
} from '@/db/registry/schema';
import { inTransaction, violates } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { DIMENSION_IDS, type DimensionId } from '@/lib/plan/types';
import { byDimension } from '@/lib/results/types';
import { present } from '@/lib/shared/assert';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { envelopesFromWeights } from './envelopes';
import { decisionsOf, holdProposal, isAdopted } from './held-proposal';
import { mayDecidePriorities } from './policy';
import { WHOLE_BP } from './types';

export const SHORTEST_REASON = 10;

export interface DecidePriority {
  readonly proposalId: string;
  readonly dimension: DimensionId;
  /** Basis points; what was proposed, or the amendment. */
  readonly adoptedBp: number;
  readonly reason: string;
}

export type DecideRefusal =
  | 'not-allowed'
  | 'not-found'
  | 'superseded'
  | 'reason-missing'
  | 'out-of-range'
  | 'already-decided'
  | 'already-adopted'
  | 'over-the-whole'
  | 'sum-not-whole';

/**
 * The council's decision on one dimension, with its reason. One per dimension: of two councillors
 * at once the constraint lets one through. The four must add up to 100 %, so the fourth is refused
 * unless it does, and none may take more than is left.
 */
export async function decidePriority(
  db: RegistryDatabase,
  actor: Actor,
  input: DecidePriority,
): Promise<Result<{ id: string }, DecideRefusal>> {
  if (actor.kind !== 'staff' || !mayDecidePriorities(actor)) return refuse('not-allowed');
  const reason = input.reason.trim();
  if (reason.length < SHORTEST_REASON) return refuse('reason-missing');
  if (!Number.isInteger(input.adoptedBp) || input.adoptedBp < 0 || input.adoptedBp > WHOLE_BP) {
    return refuse('out-of-range');
  }
  const { proposalId, dimension, adoptedBp } = input;
  const id = `${proposalId}-${dimension}`;
  try {
    return await inTransaction<{ id: string }, DecideRefusal>(db, async (tx) => {
      const held = await holdProposal(tx, proposalId);
      if (!held.ok) return held;
      if (await isAdopted(tx, proposalId)) return refuse('already-adopted');
      const proposedBp = held.value.document.weights.weightsBp[dimension];
      await tx.insert(priorityDecision).values({
        id,
        proposalId,
        dimensionCode: dimension,
        proposedBp,
        adoptedBp,
        reason,
        decidedBy: actor.id,
      });
      const decisions = await decisionsOf(tx, proposalId);
      const sum = decisions.reduce((all, decision) => all + decision.adoptedBp, 0);
      if (sum > WHOLE_BP) return refuse('over-the-whole');
      if (decisions.length === DIMENSION_IDS.length && sum !== WHOLE_BP) {
        return refuse('sum-not-whole');
      }
      await recordAudit(tx, {
        actor: auditActor(actor),
        action: 'priorities.decided',
        subject: `priorities:${proposalId}`,
        details: { dimension, proposedBp, adoptedBp, reason },
      });
      return ok({ id });
    });
  } catch (error) {
    if (violates(error, 'priority_decision_one_per_dimension')) return refuse('already-decided');
    if (violates(error, 'priority_decision_pkey')) return refuse('already-decided');
    throw error;
  }
}

export type ReopenRefusal =
  | 'not-allowed'
  | 'not-found'
  | 'superseded'
  | 'reason-missing'
  | 'already-adopted'
  | 'nothing-decided';

/**
 * Starts the decisions over before adoption, with a reason: the same proposal is laid before the
 * council as its next revision. What was decided stays on record with the one it replaces.
 */
export async function reopenDecisions(
  db: RegistryDatabase,
  actor: Actor,
  { proposalId, reason: given }: { readonly proposalId: string; readonly reason: string },
): Promise<Result<{ id: string }, ReopenRefusal>> {
  if (!mayDecidePriorities(actor)) return refuse('not-allowed');
  const reason = given.trim();
  if (reason.length < SHORTEST_REASON) return refuse('reason-missing');
  return inTransaction<{ id: string }, ReopenRefusal>(db, async (tx) => {
    const held = await holdProposal(tx, proposalId);
    if (!held.ok) return held;
    if (await isAdopted(tx, proposalId)) return refuse('already-adopted');
    const { roundId, nextCycle, document, documentHash, revision } = held.value;
    const decisions = await decisionsOf(tx, proposalId);
    if (decisions.length === 0) return refuse('nothing-decided');
    const id = `${proposalId.replace(/-r\d+$/, '')}-r${revision + 1}`;
    await tx
      .insert(priorityProposal)
      .values({ id, roundId, nextCycleId: nextCycle, document, documentHash });
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'priorities.reopened',
      subject: `priorities:${id}`,
      details: { replaces: proposalId, reason, withdrawn: decisions.length },
    });
    return ok({ id });
  });
}

export type AdoptRefusal =
  | 'not-allowed'
  | 'not-found'
  | 'superseded'
  | 'not-complete'
  | 'sum-not-whole'
  | 'already-adopted'
  | 'next-cycle-has-weights';

/**
 * Turns the council's four decisions into the next cycle's weights and default envelopes, once.
 * A second try, at the same moment or later, is refused by the adoption's primary key.
 */
export async function adoptPriorities(
  db: RegistryDatabase,
  actor: Actor,
  { proposalId }: { readonly proposalId: string },
): Promise<Result<{ nextCycle: string }, AdoptRefusal>> {
  if (actor.kind !== 'staff' || !mayDecidePriorities(actor)) return refuse('not-allowed');
  try {
    return await inTransaction<{ nextCycle: string }, AdoptRefusal>(db, async (tx) => {
      const held = await holdProposal(tx, proposalId);
      if (!held.ok) return held;
      const decisions = await decisionsOf(tx, proposalId);
      if (decisions.length !== DIMENSION_IDS.length) return refuse('not-complete');
      const decided = byDimension((code) =>
        present(
          decisions.find((decision) => decision.dimensionCode === code),
          `decision on ${code}`,
        ),
      );
      const weightsBp = byDimension((code) => decided[code].adoptedBp);
      if (decisions.reduce((all, each) => all + each.adoptedBp, 0) !== WHOLE_BP) {
        return refuse('sum-not-whole');
      }
      const { nextCycle, ceilingCents } = held.value;
      await tx
        .insert(priorityAdoption)
        .values({ proposalId, nextCycleId: nextCycle, adoptedBy: actor.id });
      await tx.insert(dimensionWeight).values(
        DIMENSION_IDS.map((code) => ({
          cycleId: nextCycle,
          dimensionCode: code,
          weightBp: weightsBp[code],
          decisionId: decided[code].id,
        })),
      );
      const cents = envelopesFromWeights(ceilingCents, weightsBp);
      await tx.insert(envelope).values(
        DIMENSION_IDS.map((code) => ({
          id: `${nextCycle}-dim-${code}`,
          cycleId: nextCycle,
          scope: 'dimension' as const,
          dimensionCode: code,
          amountCents: cents[code],
          origin: 'default' as const,
        })),
      );
      await recordAudit(tx, {
        actor: auditActor(actor),
        action: 'priorities.adopted',
        subject: `priorities:${proposalId}`,
        details: { nextCycle, weightsBp, envelopeCents: cents, ceilingCents },
      });
      return ok({ nextCycle });
    });
  } catch (error) {
    if (violates(error, 'priority_adoption_pkey')) return refuse('already-adopted');
    if (violates(error, 'dimension_weight_pk')) return refuse('next-cycle-has-weights');
    if (violates(error, 'envelope_pkey') || violates(error, 'envelope_one_per_scope')) {
      return refuse('next-cycle-has-weights');
    }
    throw error;
  }
}
