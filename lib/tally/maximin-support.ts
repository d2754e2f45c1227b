import { at } from './at';
import { fundingResult } from './funding';
import { HallFlow } from './hall-flow';
import { supportsOf } from './supports';
import { tieBreaker } from './ties';
import type { Election, FundingResult, MaximinSupportRule, NotFundedReason, Tie } from './types';

/** An exact load: cost ÷ voters, both whole. */
interface Load {
  readonly cost: bigint;
  readonly voters: bigint;
}

const isLess = (a: Load, b: Load): boolean => a.cost * b.voters < b.cost * a.voters;
const isEqual = (a: Load, b: Load): boolean => a.cost * b.voters === b.cost * a.voters;

/**
 * Maximin support, the generalised sequential Phragmén of Aziz, Lee and Talmon (2018; spec 4). While
 * something fits, buy what keeps the highest load of any voter lowest, when the costs of all that is
 * bought may be shared out anew among supporters.
 *
 * That load is max over sets T of what is bought of cost(T) ÷ voters supporting any of T. It is found
 * by Dinkelbach's method: guess a load, ask a maximum flow for a set that exceeds it, take its load
 * as the next guess. A load never falls as more is bought, so old values are valid lower bounds and
 * most candidates are never computed in a round.
 */
export function countMaximinSupport(
  election: Election,
  rule: MaximinSupportRule,
): Omit<FundingResult, 'engine'> {
  const { projects, budget, profile } = election;
  const supports = supportsOf(election, 'cardinality');
  const { supporters } = supports;
  const breaker = tieBreaker(rule.ties, projects, supporters);
  const flow = new HallFlow(profile, supports, projects);
  const reasons = new Map<number, NotFundedReason>();
  const ties: Tie[] = [];
  const bought: number[] = [];
  const bounds = new Map<number, Load>();
  let current: Load = { cost: 0n, voters: 1n };
  let left = budget;
  projects.forEach(({ cost }, c) => {
    if (Number(supporters[c]) === 0) reasons.set(c, { reason: 'unsupported' });
    else bounds.set(c, { cost, voters: BigInt(Number(supporters[c])) });
  });

  for (;;) {
    for (const c of [...bounds.keys()]) {
      const { cost } = at(projects, c);
      if (cost <= left) continue;
      bounds.delete(c);
      reasons.set(
        c,
        cost > budget
          ? { reason: 'above-envelope', budget: budget.toString() }
          : { reason: 'no-money-left', left: left.toString(), missing: (cost - left).toString() },
      );
    }
    if (bounds.size === 0) break;
    let best: Load | null = null;
    let tied: number[] = [];
    for (const [c, bound] of [...bounds].sort(([, a], [, b]) =>
      isLess(a, b) ? -1 : isLess(b, a) ? 1 : 0,
    )) {
      if (best !== null && isLess(best, bound)) break;
      const load = flow.highestLoad([...bought, c], isLess(bound, current) ? current : bound);
      bounds.set(c, load);
      if (best === null || isLess(load, best)) {
        best = load;
        tied = [c];
      } else if (isEqual(load, best)) tied.push(c);
    }
    tied.sort((a, b) => a - b);
    const { chosen, decidedBy } = breaker.choose(tied);
    if (tied.length > 1) {
      ties.push({
        place: bought.length + 1,
        tied: tied.map((c) => at(projects, c).id),
        chosen: at(projects, chosen).id,
        decidedBy,
        mattered: true,
      });
    }
    current = bounds.get(chosen) ?? current;
    bounds.delete(chosen);
    bought.push(chosen);
    left -= at(projects, chosen).cost;
  }
  return fundingResult(election, {
    rule,
    votes: supporters,
    scores: supporters,
    bought,
    reasons,
    ties,
    exactFallbacks: 0,
  });
}
