import { at } from './at';
import { weightsOf, countsCost, votesPerProject } from './supports';
import { tieBreaker, type TieBreaker } from './ties';
import { walkCeilings } from './ceilings';
import type { Election, GreedyRule, NotFundedReason, Tie, TieRule, Utility } from './types';

/** What greedy needs to know of an election: how good each project is, and who goes first. */
export interface GreedyContest {
  readonly election: Election;
  readonly votes: Float64Array;
  /** Votes, or the sum of points (negative ones included), per project: whole numbers. */
  readonly scores: Float64Array;
  /** The score is divided by the cost (utilities that do not count the cost). */
  readonly perCost: boolean;
  readonly ties: TieBreaker;
}

export function greedyContest(election: Election, utility: Utility, ties: TieRule): GreedyContest {
  const { profile, projects } = election;
  const votes = votesPerProject(profile, projects.length);
  return {
    election,
    votes,
    scores: scoresOf(election, utility, votes),
    perCost: !countsCost(utility),
    ties: tieBreaker(ties, projects, votes),
  };
}

function scoresOf({ profile }: Election, utility: Utility, votes: Float64Array): Float64Array {
  const weights = weightsOf(profile, utility);
  if (weights === null) return votes;
  const scores = new Float64Array(votes.length);
  for (let g = 0; g < profile.groups; g++) {
    const end = Number(profile.starts[g + 1]);
    for (let e = Number(profile.starts[g]); e < end; e++) {
      const c = Number(profile.entries[e]);
      scores[c] = Number(scores[c]) + Number(profile.counts[g]) * Number(weights[e]);
    }
  }
  return scores;
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

export type WalkOptions = Omit<GreedyRule, 'kind' | 'utility' | 'ties'>;

export interface GreedyWalk {
  /** Bought, in order. */
  readonly bought: readonly number[];
  readonly reasons: ReadonlyMap<number, NotFundedReason>;
  /** The project that got the rest, and how much. */
  readonly partly: { readonly project: number; readonly amount: bigint } | null;
  readonly ties: readonly Tie[];
}

/** Costs from here on are a mark that the project was withdrawn, in whole units of currency. */
const WITHDRAWN_COST = 999_999_999n;

/**
 * Goes down the scores once and funds what fits in what is left (spec 1): what 99 % of cities do.
 * `taken` has been funded before, out of other money.
 */
export function walkGreedy(
  contest: GreedyContest,
  budget: bigint,
  options: WalkOptions = {},
  taken: ReadonlySet<number> = new Set(),
): GreedyWalk {
  const { projects } = contest.election;
  const order = projects.map((_, c) => c).filter((c) => !taken.has(c));
  order.sort((a, b) => compareScores(contest, a, b) || contest.ties.compare(a, b));
  const ceilings = walkCeilings(contest.election, options, taken);
  const bought: number[] = [];
  const reasons = new Map<number, NotFundedReason>();
  const leftBefore = new Map<number, bigint>();
  let left = budget;
  let endedBy: number | null = null;
  for (const c of order) {
    const { cost } = at(projects, c);
    leftBefore.set(c, left);
    const out = excluded(contest, c, options) ?? ceilings.refuses(c);
    if (out !== null) reasons.set(c, out);
    else if (endedBy !== null && options.leftover !== 'next-that-fits') {
      reasons.set(c, { reason: 'walk-ended', endedBy: at(projects, endedBy).id });
    } else if (cost <= left) {
      bought.push(c);
      left -= cost;
      ceilings.take(c);
    } else {
      reasons.set(c, tooDear(contest, c, left));
      const withdrawn = cost >= WITHDRAWN_COST * contest.election.unitsPerCurrency;
      if (options.walk === 'no-skip' && !withdrawn) endedBy ??= c;
    }
  }
  const partly = options.leftover === 'partial' ? partOf(contest, order, reasons, left) : null;
  return {
    bought,
    reasons,
    partly,
    ties: greedyTies(contest, order, leftBefore, reasons, taken),
  };
}

/** Why a project is not even considered. */
function excluded(
  contest: GreedyContest,
  c: number,
  { threshold, unsupported = 'leave' }: WalkOptions,
): NotFundedReason | null {
  const score = Number(contest.scores[c]);
  if (threshold !== undefined && score < threshold) {
    return { reason: 'below-threshold', score: String(score), threshold: String(threshold) };
  }
  return score <= 0 && unsupported === 'leave' ? { reason: 'unsupported' } : null;
}

function tooDear({ election }: GreedyContest, c: number, left: bigint): NotFundedReason {
  const { cost } = at(election.projects, c);
  if (cost > election.budget) {
    return { reason: 'above-envelope', budget: election.budget.toString() };
  }
  return { reason: 'no-money-left', left: left.toString(), missing: (cost - left).toString() };
}

/** The best project that was only too dear takes what is left. */
function partOf(
  { election }: GreedyContest,
  order: readonly number[],
  reasons: ReadonlyMap<number, NotFundedReason>,
  left: bigint,
): GreedyWalk['partly'] {
  const project = order.find((c) => {
    const reason = reasons.get(c)?.reason;
    return (
      (reason === 'no-money-left' || reason === 'walk-ended') &&
      at(election.projects, c).cost > left
    );
  });
  return project === undefined || left === 0n ? null : { project, amount: left };
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
    const run = order.slice(from, to);
    const funded = run.filter((c) => !reasons.has(c));
    const lost = run.filter((c) =>
      lostByOrder(reasons.get(c), at(projects, c).cost, leftBefore.get(first)),
    );
    if (funded.length > 0 && lost.length > 0) {
      const tied = [...funded, ...lost];
      const { chosen, decidedBy } = contest.ties.choose(tied);
      ties.push({
        place,
        tied: tied.sort((a, b) => a - b).map((c) => at(projects, c).id),
        chosen: at(projects, chosen).id,
        decidedBy,
        mattered: true,
      });
    }
    place += funded.length;
    from = to;
  }
  return ties;
}

const NEVER_IN = new Set<NotFundedReason['reason']>([
  'unsupported',
  'below-threshold',
  'above-envelope',
]);

/** Not funded, though it would have fitted had it been the first of its equals. */
const lostByOrder = (
  reason: NotFundedReason | undefined,
  cost: bigint,
  left: bigint | undefined,
): boolean =>
  reason !== undefined && left !== undefined && cost <= left && !NEVER_IN.has(reason.reason);
