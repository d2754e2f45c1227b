import 'server-only';
import { and, asc, count, desc, eq, sql } from 'drizzle-orm';
import { registry, type Registry } from '@/db/registry/client';
import {
  cycle,
  district,
  envelope,
  priorityAdoption,
  priorityDecision,
  priorityProposal,
  proposal,
  round,
  staff,
} from '@/db/registry/schema';
import { isDimensionId } from '@/lib/plan/types';
import type { ByDimension } from '@/lib/results/types';
import { byDimension } from '@/lib/results/types';
import { priorityDocument } from './document';
import { needScore, type NeedScore } from './need-score';
import type { Decision, PriorityView } from './types';

const columns = {
  id: priorityProposal.id,
  roundId: priorityProposal.roundId,
  cycleId: round.cycleId,
  nextCycleId: cycle.id,
  fiscalYear: cycle.fiscalYear,
  ceilingCents: cycle.ceilingCents,
  document: priorityProposal.document,
  documentHash: priorityProposal.documentHash,
  createdAt: priorityProposal.createdAt,
};

/** The proposal with this id, or null. */
export async function priorityProposalById(
  id: string,
  db: Registry = registry(),
): Promise<PriorityView | null> {
  const [row] = await db
    .select(columns)
    .from(priorityProposal)
    .innerJoin(round, eq(round.id, priorityProposal.roundId))
    .innerJoin(cycle, eq(cycle.id, priorityProposal.nextCycleId))
    .where(eq(priorityProposal.id, id));
  if (!row) return null;
  const { nextCycleId, fiscalYear, ceilingCents, document, ...rest } = row;
  const [decisions, adoption, newest, envelopes] = await Promise.all([
    decisionsOf(id, db),
    adoptionOf(id, db),
    newestRevision(row.roundId, db),
    envelopesByDimension(nextCycleId, db),
  ]);
  return {
    ...rest,
    nextCycle: { id: nextCycleId, fiscalYear, ceilingCents },
    document: priorityDocument.parse(document),
    decisions,
    adoption,
    supersededBy: newest === id ? null : newest,
    envelopes: adoption ? envelopes : null,
  };
}

/** The newest proposal that feeds a cycle: where its envelopes come from. */
export async function priorityProposalFor(
  nextCycleId: string,
  db: Registry = registry(),
): Promise<PriorityView | null> {
  return newest(eq(priorityProposal.nextCycleId, nextCycleId), db);
}

/** The newest proposal drawn up from a round. */
export async function priorityProposalOfRound(
  roundId: string,
  db: Registry = registry(),
): Promise<PriorityView | null> {
  return newest(eq(priorityProposal.roundId, roundId), db);
}

/** The newest proposal of all: what the council has before it, or decided last. */
export async function newestPriorityProposal(
  db: Registry = registry(),
): Promise<PriorityView | null> {
  return newest(undefined, db);
}

async function newest(
  where: ReturnType<typeof eq> | undefined,
  db: Registry,
): Promise<PriorityView | null> {
  const [row] = await db
    .select({ id: priorityProposal.id })
    .from(priorityProposal)
    .where(where)
    .orderBy(desc(priorityProposal.createdAt), desc(priorityProposal.id))
    .limit(1);
  return row ? priorityProposalById(row.id, db) : null;
}

export interface PriorityListItem {
  readonly id: string;
  readonly nextCycleId: string;
  readonly fiscalYear: number;
  readonly createdAt: Date;
  readonly adoptedAt: Date | null;
  readonly superseded: boolean;
}

/** All proposals, the newest first, a page at a time (`page` from 1). */
export async function listPriorityProposals(
  page: number,
  pageSize = 10,
  db: Registry = registry(),
): Promise<{ items: PriorityListItem[]; pages: number }> {
  const [total] = await db.select({ all: count() }).from(priorityProposal);
  const rows = await db
    .select({
      id: priorityProposal.id,
      roundId: priorityProposal.roundId,
      nextCycleId: cycle.id,
      fiscalYear: cycle.fiscalYear,
      createdAt: priorityProposal.createdAt,
      adoptedAt: priorityAdoption.adoptedAt,
    })
    .from(priorityProposal)
    .innerJoin(cycle, eq(cycle.id, priorityProposal.nextCycleId))
    .leftJoin(priorityAdoption, eq(priorityAdoption.proposalId, priorityProposal.id))
    .orderBy(desc(priorityProposal.createdAt), desc(priorityProposal.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  const items = await Promise.all(
    rows.map(async ({ roundId, ...row }) => ({
      ...row,
      superseded: (await newestRevision(roundId, db)) !== row.id,
    })),
  );
  return { items, pages: Math.ceil((total?.all ?? 0) / pageSize) };
}

/**
 * The score of goal INS-2-M1 over a round: the proposals it funded that stand in one district, by
 * that district's people and poverty. Null when none of them does.
 */
export async function needScoreOfRound(
  roundId: string,
  db: Registry = registry(),
): Promise<NeedScore | null> {
  const rows = await db
    .select({
      id: district.code,
      population: district.population,
      need: sql<number>`${district.population} * ${district.povertyTenths}`.mapWith(Number),
      cents: sql<number>`coalesce(sum(${proposal.costCents}), 0)`.mapWith(Number),
    })
    .from(district)
    .innerJoin(round, eq(round.id, roundId))
    .leftJoin(
      proposal,
      and(
        eq(proposal.districtCode, district.code),
        eq(proposal.cycleId, round.cycleId),
        eq(proposal.state, 'funded'),
      ),
    )
    .groupBy(district.code);
  return needScore(rows);
}

async function decisionsOf(proposalId: string, db: Registry): Promise<Decision[]> {
  const rows = await db
    .select({
      dimension: priorityDecision.dimensionCode,
      proposedBp: priorityDecision.proposedBp,
      adoptedBp: priorityDecision.adoptedBp,
      reason: priorityDecision.reason,
      decidedBy: staff.displayName,
      decidedAt: priorityDecision.decidedAt,
    })
    .from(priorityDecision)
    .innerJoin(staff, eq(staff.id, priorityDecision.decidedBy))
    .where(eq(priorityDecision.proposalId, proposalId))
    .orderBy(asc(priorityDecision.decidedAt));
  return rows.flatMap(({ dimension, ...row }) =>
    isDimensionId(dimension) ? [{ ...row, dimension }] : [],
  );
}

async function adoptionOf(proposalId: string, db: Registry): Promise<PriorityView['adoption']> {
  const [row] = await db
    .select({ adoptedBy: staff.displayName, adoptedAt: priorityAdoption.adoptedAt })
    .from(priorityAdoption)
    .innerJoin(staff, eq(staff.id, priorityAdoption.adoptedBy))
    .where(eq(priorityAdoption.proposalId, proposalId));
  return row ?? null;
}

async function newestRevision(roundId: string, db: Registry): Promise<string | null> {
  const [row] = await db
    .select({ id: priorityProposal.id })
    .from(priorityProposal)
    .where(eq(priorityProposal.roundId, roundId))
    .orderBy(desc(priorityProposal.createdAt), desc(priorityProposal.id))
    .limit(1);
  return row?.id ?? null;
}

async function envelopesByDimension(
  cycleId: string,
  db: Registry,
): Promise<ByDimension<number> | null> {
  const rows = await db
    .select({ code: envelope.dimensionCode, cents: envelope.amountCents })
    .from(envelope)
    .where(and(eq(envelope.cycleId, cycleId), eq(envelope.scope, 'dimension')));
  if (rows.length === 0) return null;
  return byDimension((code) => rows.find((row) => row.code === code)?.cents ?? 0);
}
