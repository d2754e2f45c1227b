import { at } from './at';
import { fundingResult } from './funding';
import { countsCost, supportsOf, votesPerProject } from './supports';
import { tieBreaker } from './ties';
import { bestSet, type Item } from './knapsack';
import type { Election, FundingResult, MaxWelfareRule, NotFundedReason } from './types';

/**
 * The set of projects within the budget with the highest total utility (spec 5), exactly.
 *
 * Many sets can be best. The one given is the lexicographic witness: of all best sets, one with the
 * project that the tie rule puts first if any has it; of those, one with the second; and so on.
 * Projects without support are in no set; free ones with support are in every set.
 */
export function countMaxWelfare(
  election: Election,
  rule: MaxWelfareRule,
): Omit<FundingResult, 'engine'> {
  const { projects, budget, profile } = election;
  const votes = votesPerProject(profile, projects.length);
  const { totals, supporters } = supportsOf(election, rule.utility);
  const breaker = tieBreaker(rule.ties, projects, votes);
  const reasons = new Map<number, NotFundedReason>();
  const fitting: number[] = [];
  projects.forEach(({ cost }, c) => {
    if (Number(supporters[c]) === 0) reasons.set(c, { reason: 'unsupported' });
    else if (cost > budget) {
      reasons.set(c, { reason: 'above-envelope', budget: budget.toString() });
    } else fitting.push(c);
  });
  fitting.sort(breaker.compare);
  const items = fitting.map((c): Item => {
    const { cost } = at(projects, c);
    const total = BigInt(Number(totals[c]));
    return { cost, value: countsCost(rule.utility) ? total * cost : total };
  });
  const best = bestSet(items, budget);
  const bought = best.chosen.map((i) => at(fitting, i));
  const funded = new Set(bought);
  for (const c of fitting) if (!funded.has(c)) reasons.set(c, { reason: 'not-in-best-set' });
  return {
    ...fundingResult(election, { rule, votes, scores: totals, bought, reasons, ties: [] }),
    welfare: best.value.toString(),
  };
}
