import { at } from './at';
import { toExact } from './fraction';
import { countsCost, supportsOf, votesPerProject } from './supports';
import { tieBreaker, type TieBreaker } from './ties';
import type {
  Election,
  FundingResult,
  GreedyRule,
  NotFundedReason,
  ProjectOutcome,
  Tie,
  TieRule,
  Utility,
} from './types';

/** What greedy needs to know of an election: how good each project is, and who goes first. */
export interface GreedyContest {
  readonly election: Election;
  readonly votes: Float64Array;
  /** Supporters, or points, per project: integers. */
  readonly scores: Float64Array;
  /** The score is divided by the cost (utilities that do not count the cost). */
  readonly perCost: boolean;
  readonly ties: TieBreaker;
}

export function greedyContest(election: Election, utility: Utility, ties: TieRule): GreedyContest {
  const votes = votesPerProject(election.profile, election.projects.length);
  return {
    election,
    votes,
    scores: supportsOf(election, utility).totals,
    perCost: !countsCost(utility),
    ties: tieBreaker(ties, election.projects, votes),
  };
}

/** Order of greedy before ties: negative when a goes before b. Exact. */
export function compareScores(contest: GreedyContest, a: number, b: number): number {
  const left = Number(contest.scores[a]);
  const right = Number(contest.scores[b]);
  // Nothing divided by nothing equals everything: who has no support is not divided at all.
  if (!contest.perCost || left <= 0 || right <= 0) return right - left;
  const { projects } = contest.election;
  const crossLeft = BigInt(left) * at(projects, b).cost;
  const crossRight = BigInt(right) * at(projects, a).cost;
  // A free project is worth infinitely much per unit of cost, and as much as another free one.
  return crossLeft === crossRight ? 0 : crossLeft > crossRight ? -1 : 1;
}

export interface GreedyWalk {
  /** Bought, in order. */
  readonly bought: readonly number[];
  readonly left: bigint;
  readonly reasons: ReadonlyMap<number, NotFundedReason>;
  readonly ties: readonly Tie[];
}

/**
 * Goes down the scores once and funds what fits in what is left (spec 1, "greedy"): what 99 % of
 * cities do. `taken` has been funded before; nothing without support is ever funded.
 */
export function walkGreedy(
  contest: GreedyContest,
  budget: bigint,
  taken: ReadonlySet<number> = new Set(),
): GreedyWalk {
  const { projects } = contest.election;
  const order = projects.map((_, c) => c).filter((c) => !taken.has(c));
  order.sort((a, b) => compareScores(contest, a, b) || contest.ties.compare(a, b));
  const bought: number[] = [];
  const reasons = new Map<number, NotFundedReason>();
  const leftBefore = new Map<number, bigint>();
  let left = budget;
  for (const c of order) {
    const { cost } = at(projects, c);
    leftBefore.set(c, left);
    if (Number(contest.scores[c]) <= 0) reasons.set(c, { reason: 'unsupported' });
    else if (cost > contest.election.budget) {
      reasons.set(c, { reason: 'above-envelope', budget: contest.election.budget.toString() });
    } else if (cost > left) {
      const missing = cost - left;
      reasons.set(c, {
        reason: 'no-money-left',
        left: left.toString(),
        missing: missing.toString(),
      });
    } else {
      bought.push(c);
      left -= cost;
    }
  }
  return { bought, left, reasons, ties: greedyTies(contest, order, leftBefore, reasons, taken) };
}

/** Runs of equal score in which some were funded and some, that would have fitted first, were not. */
function greedyTies(
  contest: GreedyContest,
  order: readonly number[],
  leftBefore: ReadonlyMap<number, bigint>,
  reasons: ReadonlyMap<number, NotFundedReason>,
  taken: ReadonlySet<number>,
): Tie[] {
  const { projects } = contest.election;
  const ties: Tie[] = [];
  let place = taken.size + 1;
  for (let from = 0; from < order.length;) {
    const first = at(order, from);
    let to = from + 1;
    while (to < order.length && compareScores(contest, first, at(order, to)) === 0) to++;
    const left = leftBefore.get(first) ?? 0n;
    const tied = order.slice(from, to).filter((c) => at(projects, c).cost <= left);
    const funded = tied.filter((c) => !reasons.has(c));
    if (funded.length > 0 && funded.length < tied.length) {
      const { chosen, decidedBy } = contest.ties.choose(tied);
      ties.push({
        place,
        tied: [...tied].sort((a, b) => a - b).map((c) => at(projects, c).id),
        chosen: at(projects, chosen).id,
        decidedBy,
        mattered: true,
      });
    }
    place += order.slice(from, to).filter((c) => !reasons.has(c)).length;
    from = to;
  }
  return ties;
}

/** Greedy as a rule of its own. */
export function countGreedy(election: Election, rule: GreedyRule): Omit<FundingResult, 'engine'> {
  const contest = greedyContest(election, rule.utility, rule.ties);
  const walk = walkGreedy(contest, election.budget);
  const orderOf = new Map(walk.bought.map((c, i) => [c, i + 1]));
  return {
    kind: 'funding',
    rule,
    budget: election.budget.toString(),
    unitsPerCurrency: Number(election.unitsPerCurrency),
    voters: election.profile.voters,
    cost: (election.budget - walk.left).toString(),
    left: walk.left.toString(),
    winners: walk.bought.map((c) => at(election.projects, c).id),
    projects: election.projects.map(({ id, cost }, c): ProjectOutcome => {
      const order = orderOf.get(c);
      const reason = walk.reasons.get(c);
      return {
        id,
        cost: toExact({ num: cost, den: 1n }),
        votes: Number(contest.votes[c]),
        score: String(contest.scores[c]),
        outcome:
          order === undefined
            ? { status: 'not-funded', reasons: reason === undefined ? [] : [reason] }
            : { status: 'funded', order, phase: 'main', payment: null },
      };
    }),
    ties: walk.ties,
    add1: null,
    exactFallbacks: 0,
  };
}
