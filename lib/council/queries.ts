import 'server-only';
import { desc, eq } from 'drizzle-orm';
import { registry, type Registry } from '@/db/registry/client';
import { cycle, round } from '@/db/registry/schema';
import { priorityProposalOfRound } from '@/lib/priorities/queries';
import type { PriorityView } from '@/lib/priorities/types';
import {
  publishedResult,
  publishedResultOfCycle,
  type PublishedResult,
} from '@/lib/results/queries';

/** What a council has on its one page: the newest published vote beside the cycle before it. */
export interface CouncilBrief {
  readonly nameEs: string;
  readonly nameEn: string;
  readonly fiscalYear: number;
  readonly published: PublishedResult;
  readonly previous: { readonly fiscalYear: number; readonly result: PublishedResult } | null;
  /** Null when residents asked for nothing. */
  readonly priorities: PriorityView | null;
}

/** Null before the first published vote. */
export async function councilBrief(db: Registry = registry()): Promise<CouncilBrief | null> {
  const [newest] = await db
    .select({
      roundId: round.id,
      nameEs: round.nameEs,
      nameEn: round.nameEn,
      fiscalYear: cycle.fiscalYear,
      previousCycleId: cycle.previousCycleId,
    })
    .from(round)
    .innerJoin(cycle, eq(cycle.id, round.cycleId))
    .where(eq(round.state, 'published'))
    .orderBy(desc(cycle.fiscalYear), desc(round.publishedAt))
    .limit(1);
  if (!newest) return null;
  const { roundId, previousCycleId, ...names } = newest;
  const [published, before, priorities] = await Promise.all([
    publishedResult(roundId, db),
    previousCycleId === null ? null : publishedResultOfCycle(previousCycleId, db),
    priorityProposalOfRound(roundId, db),
  ]);
  if (!published) return null;
  const previous = before && { fiscalYear: before.result.fiscalYear, result: before };
  return { ...names, published, previous, priorities };
}
