import { at } from './at';
import { countsCost, supportsOf, votesPerProject, type Supports } from './supports';
import { tieBreaker, type TieBreaker } from './ties';
import type { Election, TieRule, Utility } from './types';

/** What every run of Equal Shares on one election shares, whatever the endowment. */
export interface SharesContest {
  readonly election: Election;
  readonly utility: Utility;
  readonly supports: Supports;
  readonly votes: Float64Array;
  readonly ties: TieBreaker;
  readonly costs: readonly bigint[];
  /** The same costs as doubles: exact below 2^53, else within half an ulp. */
  readonly floatCosts: Float64Array;
  /** Divides what a supporter pays per weight into the price of one utility: cost, or 1. */
  readonly divisors: readonly bigint[];
  readonly floatDivisors: Float64Array;
  /** Projects that can be bought at all, in official order. */
  readonly candidates: readonly number[];
  /** Free projects with utility: funded before anything is paid, in tie order. */
  readonly free: readonly number[];
  /** Scratch for one evaluation, as long as the largest set of supporting groups. */
  readonly scratch: Scratch;
}

export interface Scratch {
  readonly money: Float64Array;
  readonly error: Float64Array;
  readonly weight: Float64Array;
  readonly count: Float64Array;
}

/**
 * Prepares an election. Projects above the whole budget are left out before the start: during Add1
 * the virtual budget may exceed the real one and would buy them (spec 2). A free project has
 * utility zero where the utility is its cost, so there it is no candidate.
 */
export function sharesContest(election: Election, utility: Utility, ties: TieRule): SharesContest {
  const { projects, budget, profile } = election;
  const supports = supportsOf(election, utility);
  const votes = votesPerProject(profile, projects.length);
  const costs = projects.map((project) => project.cost);
  const useCost = countsCost(utility);
  const divisors = costs.map((cost) => (useCost ? cost : 1n));
  const breaker = tieBreaker(ties, projects, votes);
  const supported = projects.map((_, c) => c).filter((c) => Number(supports.supporters[c]) > 0);
  let longest = 0;
  for (const c of supported) {
    const size = Number(supports.projectStarts[c + 1]) - Number(supports.projectStarts[c]);
    longest = Math.max(longest, size);
  }
  return {
    election,
    utility,
    supports,
    votes,
    ties: breaker,
    costs,
    floatCosts: Float64Array.from(costs, Number),
    divisors,
    floatDivisors: Float64Array.from(divisors, Number),
    candidates: supported.filter((c) => at(costs, c) !== 0n && at(costs, c) <= budget),
    free: useCost ? [] : supported.filter((c) => costs[c] === 0n).sort(breaker.compare),
    scratch: {
      money: new Float64Array(longest),
      error: new Float64Array(longest),
      weight: new Float64Array(longest),
      count: new Float64Array(longest),
    },
  };
}
