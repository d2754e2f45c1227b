import 'server-only';
import { and, asc, count, desc, eq, ilike, inArray, or, sum, type SQL } from 'drizzle-orm';
import { registry, type Registry } from '@/db/registry/client';
import {
  cycle,
  dimension,
  district,
  envelope,
  planItem,
  planRow,
  proposal,
  proposalMilestone,
  proposalObjective,
} from '@/db/registry/schema';
import { PUBLIC_STATES } from './policy';
import { likePattern } from './rules';
import { PAGE_SIZE, type ProposalFilters, type ProposalListItem } from './types';

/** The dimension of each proposal: that of its first objective. */
export function mainDimension(db: Registry) {
  return db
    .selectDistinctOn([proposalObjective.proposalCode], {
      proposalCode: proposalObjective.proposalCode,
      dimensionCode: planRow.dimensionCode,
    })
    .from(proposalObjective)
    .innerJoin(planItem, eq(planItem.code, proposalObjective.objectiveCode))
    .innerJoin(planRow, eq(planRow.code, planItem.rowCode))
    .orderBy(proposalObjective.proposalCode, asc(proposalObjective.position))
    .as('main_dimension');
}

function wordsIn(words: string): SQL | undefined {
  const pattern = likePattern(words);
  const columns = [
    proposal.code,
    proposal.titleEs,
    proposal.titleEn,
    proposal.whatEs,
    proposal.whatEn,
    proposal.whereEs,
    proposal.whereEn,
  ];
  return or(...columns.map((column) => ilike(column, pattern)));
}

/** A page of public proposals, by code, and how many there are in all. */
export async function listProposals(
  filters: ProposalFilters,
  page: number,
  db: Registry = registry(),
): Promise<{ items: ProposalListItem[]; total: number; pages: number }> {
  const main = mainDimension(db);
  const where = and(
    inArray(proposal.state, filters.state === null ? [...PUBLIC_STATES] : [filters.state]),
    filters.cycleId === null ? undefined : eq(proposal.cycleId, filters.cycleId),
    filters.envelopeId === null ? undefined : eq(proposal.envelopeId, filters.envelopeId),
    filters.dimension === null ? undefined : eq(main.dimensionCode, filters.dimension),
    filters.words === null ? undefined : wordsIn(filters.words),
  );
  const [counted] = await db
    .select({ total: count() })
    .from(proposal)
    .leftJoin(main, eq(main.proposalCode, proposal.code))
    .where(where);
  const items = await db
    .select({
      code: proposal.code,
      titleEs: proposal.titleEs,
      titleEn: proposal.titleEn,
      whereEs: proposal.whereEs,
      whereEn: proposal.whereEn,
      costCents: proposal.costCents,
      state: proposal.state,
      dimensionCode: main.dimensionCode,
      scope: envelope.scope,
      districtName: district.name,
    })
    .from(proposal)
    .innerJoin(envelope, eq(envelope.id, proposal.envelopeId))
    .leftJoin(district, eq(district.code, envelope.districtCode))
    .leftJoin(main, eq(main.proposalCode, proposal.code))
    .where(where)
    .orderBy(asc(proposal.code))
    .limit(PAGE_SIZE)
    .offset((page - 1) * PAGE_SIZE);
  const total = counted?.total ?? 0;
  return { items, total, pages: Math.ceil(total / PAGE_SIZE) };
}

export type ProposalDetail = NonNullable<Awaited<ReturnType<typeof proposalByCode>>>;

/** A public proposal with all that its page says; null when there is none to read. */
export async function proposalByCode(code: string, db: Registry = registry()) {
  const main = mainDimension(db);
  const [found] = await db
    .select({
      code: proposal.code,
      cycleId: proposal.cycleId,
      fiscalYear: cycle.fiscalYear,
      cycleState: cycle.state,
      envelopeId: proposal.envelopeId,
      envelopeCents: envelope.amountCents,
      envelopeDistrictName: district.name,
      titleEs: proposal.titleEs,
      titleEn: proposal.titleEn,
      whatEs: proposal.whatEs,
      whatEn: proposal.whatEn,
      whereEs: proposal.whereEs,
      whereEn: proposal.whereEn,
      whyEs: proposal.whyEs,
      whyEn: proposal.whyEn,
      costCents: proposal.costCents,
      beneficiaries: proposal.beneficiaries,
      proposerKind: proposal.proposerKind,
      proposerName: proposal.proposerName,
      state: proposal.state,
      reasonEs: proposal.reasonEs,
      reasonEn: proposal.reasonEn,
      mergedInto: proposal.mergedInto,
      competence: proposal.competence,
      dimensionCode: main.dimensionCode,
    })
    .from(proposal)
    .innerJoin(cycle, eq(cycle.id, proposal.cycleId))
    .innerJoin(envelope, eq(envelope.id, proposal.envelopeId))
    .leftJoin(district, eq(district.code, envelope.districtCode))
    .leftJoin(main, eq(main.proposalCode, proposal.code))
    .where(and(eq(proposal.code, code), inArray(proposal.state, [...PUBLIC_STATES])));
  if (!found) return null;
  const [objectives, milestones, merged] = await Promise.all([
    objectivesOf(code, db),
    milestonesOf(code, db),
    mergedInto(code, db),
  ]);
  return { ...found, objectives, milestones, merged };
}

async function objectivesOf(code: string, db: Registry) {
  return db
    .select({
      code: planItem.code,
      rowCode: planItem.rowCode,
      dimensionCode: planRow.dimensionCode,
      titleEs: planItem.titleEs,
      titleEn: planItem.titleEn,
      rowTitleEs: planRow.titleEs,
      rowTitleEn: planRow.titleEn,
    })
    .from(proposalObjective)
    .innerJoin(planItem, eq(planItem.code, proposalObjective.objectiveCode))
    .innerJoin(planRow, eq(planRow.code, planItem.rowCode))
    .where(eq(proposalObjective.proposalCode, code))
    .orderBy(asc(proposalObjective.position));
}

async function milestonesOf(code: string, db: Registry) {
  return db
    .select({
      position: proposalMilestone.position,
      stage: proposalMilestone.stage,
      happenedOn: proposalMilestone.happenedOn,
      spentCents: proposalMilestone.spentCents,
      noteEs: proposalMilestone.noteEs,
      noteEn: proposalMilestone.noteEn,
    })
    .from(proposalMilestone)
    .where(eq(proposalMilestone.proposalCode, code))
    .orderBy(asc(proposalMilestone.position));
}

/** The proposals that were merged into this one. */
async function mergedInto(code: string, db: Registry) {
  return db
    .select({ code: proposal.code, titleEs: proposal.titleEs, titleEn: proposal.titleEn })
    .from(proposal)
    .where(and(eq(proposal.mergedInto, code), eq(proposal.state, 'merged')))
    .orderBy(asc(proposal.code));
}

/** Funded proposals of a cycle with their latest milestone: what the vote became. */
export async function fundedProposals(cycleId: string, limit: number, db: Registry = registry()) {
  const latest = db
    .selectDistinctOn([proposalMilestone.proposalCode], {
      proposalCode: proposalMilestone.proposalCode,
      stage: proposalMilestone.stage,
      happenedOn: proposalMilestone.happenedOn,
      spentCents: proposalMilestone.spentCents,
    })
    .from(proposalMilestone)
    .orderBy(proposalMilestone.proposalCode, desc(proposalMilestone.position))
    .as('latest');
  const main = mainDimension(db);
  return db
    .select({
      code: proposal.code,
      titleEs: proposal.titleEs,
      titleEn: proposal.titleEn,
      costCents: proposal.costCents,
      dimensionCode: main.dimensionCode,
      districtName: district.name,
      stage: latest.stage,
      happenedOn: latest.happenedOn,
      spentCents: latest.spentCents,
    })
    .from(proposal)
    .leftJoin(main, eq(main.proposalCode, proposal.code))
    .leftJoin(latest, eq(latest.proposalCode, proposal.code))
    .leftJoin(district, eq(district.code, proposal.districtCode))
    .where(and(eq(proposal.cycleId, cycleId), eq(proposal.state, 'funded')))
    .orderBy(desc(proposal.costCents), asc(proposal.code))
    .limit(limit);
}

/** How many proposals of a cycle are funded, for how much, and how many of them are finished. */
export async function fundedTotals(
  cycleId: string,
  db: Registry = registry(),
): Promise<{ works: number; costCents: number; finished: number }> {
  const finished = db
    .selectDistinct({ proposalCode: proposalMilestone.proposalCode })
    .from(proposalMilestone)
    .where(eq(proposalMilestone.stage, 'finished'))
    .as('finished');
  const [row] = await db
    .select({
      works: count(),
      costCents: sum(proposal.costCents).mapWith(Number),
      finished: count(finished.proposalCode),
    })
    .from(proposal)
    .leftJoin(finished, eq(finished.proposalCode, proposal.code))
    .where(and(eq(proposal.cycleId, cycleId), eq(proposal.state, 'funded')));
  return {
    works: row?.works ?? 0,
    costCents: row?.costCents ?? 0,
    finished: row?.finished ?? 0,
  };
}

/** The plan's objectives to choose from, in the plan's order. */
export async function objectiveChoices(db: Registry = registry()) {
  return db
    .select({ code: planItem.code, titleEs: planItem.titleEs, titleEn: planItem.titleEn })
    .from(planItem)
    .innerJoin(planRow, eq(planRow.code, planItem.rowCode))
    .innerJoin(dimension, eq(dimension.code, planRow.dimensionCode))
    .where(eq(planItem.kind, 'objective'))
    .orderBy(asc(dimension.position), asc(planRow.position), asc(planItem.position));
}
