import 'server-only';
import { and, asc, count, desc, eq, sql, sum } from 'drizzle-orm';
import { registry, type Registry } from '@/db/registry/client';
import { cycle, district, proposal, proposalMilestone } from '@/db/registry/schema';
import { mainDimension } from '@/lib/proposals/queries';

export const STAGES = [
  'formalised',
  'design',
  'tender',
  'works',
  'finished',
  'delayed',
] as const satisfies readonly (typeof proposalMilestone.$inferSelect.stage)[];
export type Stage = (typeof STAGES)[number];

export interface FollowedProposal {
  readonly code: string;
  readonly titleEs: string;
  readonly titleEn: string;
  readonly fiscalYear: number;
  readonly dimensionCode: string | null;
  readonly districtName: string | null;
  /** Allocated: what the proposal costs. */
  readonly costCents: number;
  /** Spent up to the newest milestone. */
  readonly spentCents: number;
  readonly stage: Stage | null;
  readonly since: string | null;
  readonly noteEs: string | null;
  readonly noteEn: string | null;
}

export interface FollowUpTotals {
  readonly proposals: number;
  readonly allocatedCents: number;
  readonly spentCents: number;
  readonly byStage: Readonly<Record<Stage | 'unstarted', number>>;
}

const PAGE_SIZE = 12;

/** The newest milestone of every proposal. */
function newestMilestone(db: Registry) {
  return db
    .selectDistinctOn([proposalMilestone.proposalCode], {
      proposalCode: proposalMilestone.proposalCode,
      stage: proposalMilestone.stage,
      since: proposalMilestone.happenedOn,
      spentCents: proposalMilestone.spentCents,
      noteEs: proposalMilestone.noteEs,
      noteEn: proposalMilestone.noteEn,
    })
    .from(proposalMilestone)
    .orderBy(proposalMilestone.proposalCode, desc(proposalMilestone.position))
    .as('newest');
}

/** Funded proposals with how far they are, delayed ones first; a page at a time (`page` from 1). */
export async function followedProposals(
  { fiscalYear, page }: { readonly fiscalYear: number | null; readonly page: number },
  db: Registry = registry(),
): Promise<{ items: FollowedProposal[]; pages: number }> {
  const newest = newestMilestone(db);
  const main = mainDimension(db);
  const funded = and(
    eq(proposal.state, 'funded'),
    fiscalYear === null ? undefined : eq(cycle.fiscalYear, fiscalYear),
  );
  const [total] = await db
    .select({ all: count() })
    .from(proposal)
    .innerJoin(cycle, eq(cycle.id, proposal.cycleId))
    .where(funded);
  const items = await db
    .select({
      code: proposal.code,
      titleEs: proposal.titleEs,
      titleEn: proposal.titleEn,
      fiscalYear: cycle.fiscalYear,
      dimensionCode: main.dimensionCode,
      districtName: district.name,
      costCents: proposal.costCents,
      spentCents: sql<number>`coalesce(${newest.spentCents}, 0)`.mapWith(Number),
      stage: newest.stage,
      since: newest.since,
      noteEs: newest.noteEs,
      noteEn: newest.noteEn,
    })
    .from(proposal)
    .innerJoin(cycle, eq(cycle.id, proposal.cycleId))
    .leftJoin(newest, eq(newest.proposalCode, proposal.code))
    .leftJoin(district, eq(district.code, proposal.districtCode))
    .leftJoin(main, eq(main.proposalCode, proposal.code))
    .where(funded)
    .orderBy(
      desc(cycle.fiscalYear),
      sql`(${newest.stage} is not distinct from 'delayed') desc`,
      asc(proposal.code),
    )
    .limit(PAGE_SIZE)
    .offset((page - 1) * PAGE_SIZE);
  return { items, pages: Math.ceil((total?.all ?? 0) / PAGE_SIZE) };
}

/** Money and stages of all funded proposals of a fiscal year, or of all years. */
export async function followUpTotals(
  fiscalYear: number | null,
  db: Registry = registry(),
): Promise<FollowUpTotals> {
  const newest = newestMilestone(db);
  const rows = await db
    .select({
      stage: newest.stage,
      proposals: count(),
      allocated: sum(proposal.costCents).mapWith(Number),
      spent: sql<number>`coalesce(sum(${newest.spentCents}), 0)`.mapWith(Number),
    })
    .from(proposal)
    .innerJoin(cycle, eq(cycle.id, proposal.cycleId))
    .leftJoin(newest, eq(newest.proposalCode, proposal.code))
    .where(
      and(
        eq(proposal.state, 'funded'),
        fiscalYear === null ? undefined : eq(cycle.fiscalYear, fiscalYear),
      ),
    )
    .groupBy(newest.stage);
  const of = (stage: Stage | null): number =>
    rows.find((row) => row.stage === stage)?.proposals ?? 0;
  return {
    proposals: rows.reduce((all, row) => all + row.proposals, 0),
    allocatedCents: rows.reduce((all, row) => all + row.allocated, 0),
    spentCents: rows.reduce((all, row) => all + row.spent, 0),
    byStage: {
      formalised: of('formalised'),
      design: of('design'),
      tender: of('tender'),
      works: of('works'),
      finished: of('finished'),
      delayed: of('delayed'),
      unstarted: of(null),
    },
  };
}

/** Fiscal years that have funded proposals, the newest first. */
export async function followedYears(db: Registry = registry()): Promise<number[]> {
  const rows = await db
    .selectDistinct({ fiscalYear: cycle.fiscalYear })
    .from(proposal)
    .innerJoin(cycle, eq(cycle.id, proposal.cycleId))
    .where(eq(proposal.state, 'funded'))
    .orderBy(desc(cycle.fiscalYear));
  return rows.map((row) => row.fiscalYear);
}
