import { at } from './at';
import { fundingResult } from './funding';
import { HallFlow, type Load } from './hall-flow';
import { supportsOf } from './supports';
import { tieBreaker } from './ties';
import type { Election, FundingResult, MaximinSupportRule, NotFundedReason, Tie } from './types';

/** Negative when a is the lighter load. */
const order = (a: Load, b: Load): number =>
  a.cost * b.voters < b.cost * a.voters ? -1 : a.cost * b.voters > b.cost * a.voters ? 1 : 0;

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
    const asked: { readonly c: number; readonly load: Load }[] = [];
    for (const [c, bound] of [...bounds].sort(([, a], [, b]) => order(a, b))) {
      if (asked.some(({ load }) => order(load, bound) < 0)) break;
      const load = flow.lowestLoad(c, bound);
      bounds.set(c, load);
      asked.push({ c, load });
    }
    const least = asked.map(({ load }) => load).reduce((a, b) => (order(b, a) < 0 ? b : a));
    const tied = asked.filter(({ load }) => order(load, least) === 0).map(({ c }) => c);
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
    flow.add(chosen, least);
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
