import { compareOutcomes, type OutcomeComparison } from './analytics';
import { tally } from './tally';
import type { Election, FundingResult, FundingRule } from './types';

/** What another rule would have funded; "first" is the outcome that counts, "second" the other. */
export interface Instead extends OutcomeComparison {
  readonly rule: FundingRule & { readonly kind: 'greedy' | 'equal-shares' };
  readonly winners: readonly string[];
}

/**
 * The outcome of the other common rule on the same ballots, counted in full: Equal Shares (Add1,
 * then greedy) where greedy was used, simple greedy where anything else was.
 */
export function insteadOf(election: Election, { rule, winners }: FundingResult): Instead {
  const { ties } = rule;
  const utility = 'utility' in rule ? rule.utility : 'cost';
  const other: Instead['rule'] =
    rule.kind === 'greedy'
      ? {
          kind: 'equal-shares',
          utility,
          completion: 'add1+greedy',
          add1Start: 'floor',
          add1Stop: 'overspend',
          ties,
        }
      : { kind: 'greedy', utility, ties };
  const instead = tally(election, other);
  return {
    rule: other,
    winners: instead.winners,
    ...compareOutcomes(election, winners, instead.winners),
  };
}
