import { countBorda } from './borda';
import { countEqualShares } from './equal-shares';
import { countGreedy } from './funding';
import { countMaxWelfare } from './max-welfare';
import { countMaximinSupport } from './maximin-support';
import { countPhragmen } from './phragmen';
import type {
  Election,
  FundingResult,
  FundingRule,
  RankingResult,
  RankingRule,
  Rule,
  TallyResult,
} from './types';
import { ENGINE_VERSION } from './version';

export { ENGINE_VERSION };

/**
 * Counts an election by a rule: same input, same output, on any machine and in any order of
 * ballots. No clock, no random, no I/O; nothing is decided by a rounded number.
 *
 * The result is plain JSON; amounts are exact texts ("4500", "35200/3") in the election's units.
 * Throws `RangeError` when rule and ballots do not fit (Borda on approval ballots, a tie rule that
 * does not separate everything).
 */
export function tally(election: Election, rule: RankingRule): RankingResult;
export function tally(election: Election, rule: FundingRule): FundingResult;
export function tally(election: Election, rule: Rule): TallyResult;
export function tally(election: Election, rule: Rule): TallyResult {
  switch (rule.kind) {
    case 'borda':
      return { engine: ENGINE_VERSION, ...countBorda(election, rule) };
    case 'greedy':
      return { engine: ENGINE_VERSION, ...countGreedy(election, rule) };
    case 'equal-shares':
      return { engine: ENGINE_VERSION, ...countEqualShares(election, rule) };
    case 'phragmen':
      return { engine: ENGINE_VERSION, ...countPhragmen(election, rule) };
    case 'maximin-support':
      return { engine: ENGINE_VERSION, ...countMaximinSupport(election, rule) };
    case 'max-welfare':
      return { engine: ENGINE_VERSION, ...countMaxWelfare(election, rule) };
  }
}
