import type { planRowDetail, proposalsOfRow } from '@/lib/plan/queries';

type Row = NonNullable<Awaited<ReturnType<typeof planRowDetail>>>;

/** A problem, objective or goal as its page shows it. */
export type PlanItem = Row['problems'][number];
export type PlanObjectiveItem = Row['objectives'][number];
export type ObjectiveProposal = Awaited<ReturnType<typeof proposalsOfRow>>[number];
