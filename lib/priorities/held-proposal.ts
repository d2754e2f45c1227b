import { eq } from 'drizzle-orm';
import type { RegistryTransaction } from '@/db/registry/client';
import { cycle, priorityAdoption, priorityDecision, priorityProposal } from '@/db/registry/schema';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { priorityDocument, type PriorityDocument } from './document';

/**
 * The proposal, held against other decisions until this one ends. What is locked is the cycle that
 * it feeds: proposals, decisions and adoptions are append-only for the application's role.
 */
export async function holdProposal(
  tx: RegistryTransaction,
  proposalId: string,
): Promise<Result<HeldProposal, 'not-found' | 'superseded'>> {
  const [found] = await tx
    .select({
      roundId: priorityProposal.roundId,
      nextCycle: priorityProposal.nextCycleId,
      ceilingCents: cycle.ceilingCents,
      document: priorityProposal.document,
      documentHash: priorityProposal.documentHash,
    })
    .from(priorityProposal)
    .innerJoin(cycle, eq(cycle.id, priorityProposal.nextCycleId))
    .where(eq(priorityProposal.id, proposalId))
    .for('update', { of: cycle });
  if (!found) return refuse('not-found');
  // Asked after the lock: another statement sees what others committed while this one waited.
  const revisions = await tx
    .select({ id: priorityProposal.id })
    .from(priorityProposal)
    .where(eq(priorityProposal.roundId, found.roundId))
    .orderBy(priorityProposal.createdAt);
  if (revisions.at(-1)?.id !== proposalId) return refuse('superseded');
  const document = priorityDocument.parse(found.document);
  return ok({ ...found, document, revision: revisions.length });
}

interface HeldProposal {
  readonly roundId: string;
  readonly nextCycle: string;
  readonly ceilingCents: number;
  readonly document: PriorityDocument;
  readonly documentHash: string;
  /** From 1: each reopening lays the same figures before the council once more. */
  readonly revision: number;
}

export async function isAdopted(tx: RegistryTransaction, proposalId: string): Promise<boolean> {
  const found = await tx
    .select({ proposalId: priorityAdoption.proposalId })
    .from(priorityAdoption)
    .where(eq(priorityAdoption.proposalId, proposalId));
  return found.length > 0;
}

export function decisionsOf(tx: RegistryTransaction, proposalId: string) {
  return tx
    .select({
      id: priorityDecision.id,
      dimensionCode: priorityDecision.dimensionCode,
      adoptedBp: priorityDecision.adoptedBp,
    })
    .from(priorityDecision)
    .where(eq(priorityDecision.proposalId, proposalId));
}
