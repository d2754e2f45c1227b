import { at } from './at';
import { sharesContest, type SharesContest } from './equal-shares-contest';
import { leap, sameDecisions, unitsWithoutChange } from './equal-shares-jump';
import { EqualShares, type SharesRun } from './equal-shares-run';
import { compare, fraction, minus, toExact, type Fraction } from './fraction';
import { fundingResult } from './funding';
import { greedyContest, walkGreedy, type GreedyContest, type GreedyWalk } from './greedy';
import type {
  Add1Info,
  Comparison,
  Election,
  EqualSharesRule,
  FundingResult,
  NotFundedReason,
  Payment,
  ProjectOutcome,
  Tie,
} from './types';

interface Main {
  readonly run: SharesRun;
  readonly add1: Add1Info | null;
}

/**
 * Method of Equal Shares with its completions (spec 2).
 *
 * Add1 starts from whole units of currency per voter and gives every voter one unit of currency
 * more for as long as the outcome stays within the budget: this, and only this, reproduces the
 * three public elections held with it (Wieliczka 2023, Świecie 2023, Assen 2024).
 */
export function countEqualShares(
  election: Election,
  rule: EqualSharesRule,
): Omit<FundingResult, 'engine'> {
  const contest = sharesContest(election, rule);
  const shares = new EqualShares(contest);
  const { run, add1 } =
    election.profile.voters === 0 ? nobody(shares) : main(contest, shares, rule);
  const greedy = greedyContest(election, rule.utility, rule.ties);
  const fromMain = [...contest.free, ...run.trace.order];
  const completes = rule.completion === 'greedy' || rule.completion === 'add1+greedy';
  const completion = completes
    ? walkGreedy(
        greedy,
        election.budget - run.cost,
        { unsupported: rule.unsupported ?? 'leave' },
        new Set(fromMain),
      )
    : null;
  const bought = [...fromMain, ...(completion?.bought ?? [])];
  const comparison = rule.compareWithGreedy === true ? compareWith(greedy, bought) : null;
  if (comparison?.info.chosen === 'greedy') {
    const { votes, scores } = greedy;
    const found = fundingResult(election, { rule, votes, scores, ...comparison.walk });
    return {
      ...found,
      add1,
      comparison: comparison.info,
      exactFallbacks: shares.exactFallbacks,
    };
  }
  const cost = bought.reduce((sum, c) => sum + at(contest.costs, c), 0n);
  return {
    kind: 'funding',
    rule,
    budget: election.budget.toString(),
    unitsPerCurrency: Number(election.unitsPerCurrency),
    voters: election.profile.voters,
    cost: cost.toString(),
    left: (election.budget - cost).toString(),
    winners: bought.map((c) => at(election.projects, c).id),
    projects: outcomes(contest, run, bought, completion),
    ties: [...sharesTies(contest, run, bought), ...(completion?.ties ?? [])],
    add1,
    ...(comparison === null ? {} : { comparison: comparison.info }),
    exactFallbacks: shares.exactFallbacks,
  };
}

/**
 * The comparison step (spec 2, "equalshares/add1-comparison"): with strictly more voters who have
 * more funded projects on their ballot under greedy than under Equal Shares, greedy it is.
 */
function compareWith(
  greedy: GreedyContest,
  bought: readonly number[],
): { readonly info: Comparison; readonly walk: GreedyWalk } {
  const { election } = greedy;
  const { profile, projects } = election;
  const walk = walkGreedy(greedy, election.budget);
  const better = new Int8Array(projects.length);
  for (const c of bought) better[c] = 1;
  for (const c of walk.bought) better[c] = Number(better[c]) - 1;
  let preferEqualShares = 0;
  let preferGreedy = 0;
  for (let g = 0; g < profile.groups; g++) {
    let difference = 0;
    const end = Number(profile.starts[g + 1]);
    for (let e = Number(profile.starts[g]); e < end; e++) {
      difference += Number(better[Number(profile.entries[e])]);
    }
    if (difference > 0) preferEqualShares += Number(profile.counts[g]);
    else if (difference < 0) preferGreedy += Number(profile.counts[g]);
  }
  return {
    walk,
    info: {
      preferEqualShares,
      preferGreedy,
      greedyWinners: walk.bought.map((c) => at(projects, c).id),
      chosen: preferGreedy > preferEqualShares ? 'greedy' : 'equal-shares',
    },
  };
}

/** Nobody voted: nobody has money. */
const nobody = (shares: EqualShares): Main => ({
  run: shares.run(fraction(0n), null),
  add1: null,
});

function main(contest: SharesContest, shares: EqualShares, rule: EqualSharesRule): Main {
  const { budget, profile, unitsPerCurrency: unit } = contest.election;
  const equal = fraction(budget, BigInt(profile.voters));
  if (rule.completion === 'none' || rule.completion === 'greedy') {
    return { run: shares.run(equal, null), add1: null };
  }
  const start =
    rule.add1Start === 'exact' ? equal : fraction((equal.num / (equal.den * unit)) * unit);
  const step = (steps: number): Fraction =>
    fraction(start.num + BigInt(steps) * unit * start.den, start.den);

  let run = shares.run(start, budget);
  let steps = 0;
  let stoppedBy: Add1Info['stoppedBy'] | null = null;
  while (stoppedBy === null) {
    if (run.trace.order.length === contest.candidates.length) stoppedBy = 'everything-bought';
    else if (rule.add1Stop === 'exhaustive' && nothingFits(contest, run)) stoppedBy = 'exhaustive';
    else {
      const next = shares.run(step(steps + 1), budget);
      if (next.overspent) stoppedBy = 'overspend';
      else {
        steps++;
        const again = sameDecisions(run.trace, next.trace);
        run = next;
        if (again) {
          const units = unitsWithoutChange(contest, run.trace, step(steps));
          const more = Math.floor(units / Number(unit));
          ({ run, steps } = leap({ run, steps }, more, (far) => shares.run(step(far), budget)));
        }
      }
    }
  }
  const endowment = toExact(step(steps));
  return { run, add1: { endowment, startEndowment: toExact(start), steps, stoppedBy } };
}

function nothingFits(contest: SharesContest, run: SharesRun): boolean {
  const left = contest.election.budget - run.cost;
  return contest.candidates.every(
    (c) => Number(run.trace.roundOf[c]) >= 0 || at(contest.costs, c) > left,
  );
}

function sharesTies(contest: SharesContest, run: SharesRun, bought: readonly number[]): Tie[] {
  const { projects } = contest.election;
  const funded = new Set(bought);
  return run.ties.map(({ round, tied, chosen, decidedBy }) => ({
    place: contest.free.length + round + 1,
    tied: tied.map((c) => at(projects, c).id),
    chosen: at(projects, chosen).id,
    decidedBy,
    mattered: tied.some((c) => !funded.has(c)),
  }));
}

function outcomes(
  contest: SharesContest,
  run: SharesRun,
  bought: readonly number[],
  completion: GreedyWalk | null,
): ProjectOutcome[] {
  const orderOf = new Map(bought.map((c, i) => [c, i + 1]));
  const mainCount = bought.length - (completion?.bought.length ?? 0);
  return contest.election.projects.map(({ id, cost }, c) => {
    const order = orderOf.get(c);
    const later = completion?.reasons.get(c);
    return {
      id,
      cost: cost.toString(),
      votes: Number(contest.votes[c]),
      score: String(contest.supports.totals[c]),
      outcome:
        order === undefined
          ? { status: 'not-funded', reasons: [...whyNot(contest, run, c), ...reasonOf(later)] }
          : {
              status: 'funded',
              order,
              phase: order <= mainCount ? 'main' : 'completion',
              payment: paymentFor(contest, run, c),
            },
    };
  });
}

/** The completion repeats what is said already unless it is about money left. */
const reasonOf = (later: NotFundedReason | undefined): NotFundedReason[] =>
  later?.reason === 'no-money-left' ? [later] : [];

function whyNot(contest: SharesContest, run: SharesRun, c: number): NotFundedReason[] {
  const cost = at(contest.costs, c);
  const { budget } = contest.election;
  if (Number(contest.supports.supporters[c]) === 0) return [{ reason: 'unsupported' }];
  if (cost > budget) return [{ reason: 'above-envelope', budget: budget.toString() }];
  if (cost === 0n) return [];
  // Money only falls: the round in which it fell below the cost is found by halving.
  const needed = fraction(cost);
  let low = 0;
  let high = run.trace.order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(run.history.moneyOf(c, middle), needed) < 0) high = middle;
    else low = middle + 1;
  }
  const left = run.history.moneyOf(c, low);
  return [
    {
      reason: 'supporters-spent',
      afterPurchases: low,
      left: toExact(left),
      missing: toExact(minus(needed, left)),
    },
  ];
}

function paymentFor(contest: SharesContest, run: SharesRun, c: number): Payment | null {
  const round = Number(run.trace.roundOf[c]);
  if (round < 0) return null;
  const { projectStarts, groupOf } = contest.supports;
  const { counts } = contest.election.profile;
  let payers = 0;
  let paidAll = 0;
  const end = Number(projectStarts[c + 1]);
  for (let j = Number(projectStarts[c]); j < end; j++) {
    const group = Number(groupOf[j]);
    const exhausted = Number(run.trace.exhaustedAt[group]);
    if (exhausted < round) continue;
    payers += Number(counts[group]);
    if (exhausted === round) paidAll += Number(counts[group]);
  }
  const most = run.history.priceOf(round);
  const effective = fraction(at(contest.costs, c) * most.den, most.num);
  return { payers, paidAll, most: toExact(most), effectiveVotes: toExact(effective) };
}
