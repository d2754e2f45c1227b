import type { CyclePhase } from '@/db/registry/schema';
import { nextPhase, phaseOn } from '@/lib/cycle/rules';
import { phaseAt } from '@/lib/rounds/rules';
import type { RoundPhase, RoundSummary } from '@/lib/rounds/types';
import { limaDay } from '@/lib/shared/lima';

/** What a resident should know first: a round that asks for her, or the phase of the calendar. */
export type Happening =
  | {
      readonly kind: 'round';
      readonly round: RoundSummary;
      readonly phase: Exclude<RoundPhase, 'draft'>;
    }
  | { readonly kind: 'phase'; readonly phase: CyclePhase }
  | { readonly kind: 'between'; readonly next: CyclePhase | null };

/** Voting comes before everything, then what asks for patience, then the news of results. */
const URGENCY = ['voting', 'announced', 'counting', 'tallied', 'published'] as const;

export function happeningNow(
  rounds: readonly RoundSummary[],
  calendar: readonly CyclePhase[],
  now: Date,
): Happening {
  for (const phase of URGENCY) {
    const round = rounds.find((each) => phaseAt(each, now) === phase);
    if (round) return { kind: 'round', round, phase };
  }
  const today = limaDay(now);
  const current = phaseOn(calendar, today);
  if (current) return { kind: 'phase', phase: current };
  return { kind: 'between', next: nextPhase(calendar, today) };
}
