import { at } from './at';
import { fraction, fromExact, type Fraction } from './fraction';
import { withNeighbours } from './neighbours';
import { countsCost, supportsOf, votesPerProject, type Supports } from './supports';
import { tieBreaker, type TieBreaker } from './ties';
import type { Election, EqualSharesRule, Exact, Utility } from './types';

/** Two roundings of one operation, and a margin: every error bound is rounded up by it. */
export const EPS = 2 ** -51;

/** What every run of Equal Shares on one election shares, whatever the endowment. */
export interface SharesContest {
  readonly election: Election;
  /** Endowment of each class of voters as a multiple of the average one; classes are districts. */
  readonly shares: readonly Fraction[];
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
export function sharesContest(
  given: Election,
  { utility, ties, endowments }: EqualSharesRule,
): SharesContest {
  const { projects, budget, profile } = given;
  const votes = votesPerProject(profile, projects.length);
  const election = withNeighbours(given, votes);
  const supports = supportsOf(election, utility);
  const costs = projects.map((project) => project.cost);
  const useCost = countsCost(utility);
  const divisors = costs.map((cost) => (useCost ? cost : 1n));
  const breaker = tieBreaker(ties, projects, votes);
  const supported = projects.map((_, c) => c).filter((c) => Number(supports.supporters[c]) > 0);
  const shares = endowments === undefined ? [fraction(1n)] : districtShares(election, endowments);
  // Nobody with money supports it: no endowment will ever buy it.
  const hasMoney = (c: number): boolean =>
    supports.groupOf
      .subarray(supports.projectStarts[c], supports.projectStarts[c + 1])
      .some((group) => at(shares, classIn(election, shares, group)).num > 0n);
  let longest = 0;
  for (const c of supported) {
    const size = Number(supports.projectStarts[c + 1]) - Number(supports.projectStarts[c]);
    longest = Math.max(longest, size);
  }
  return {
    election,
    shares,
    utility,
    supports,
    votes,
    ties: breaker,
    costs,
    floatCosts: Float64Array.from(costs, Number),
    divisors,
    floatDivisors: Float64Array.from(divisors, Number),
    candidates: supported.filter(
      (c) => at(costs, c) !== 0n && at(costs, c) <= budget && hasMoney(c),
    ),
    free: useCost ? [] : supported.filter((c) => costs[c] === 0n).sort(breaker.compare),
    scratch: {
      money: new Float64Array(longest),
      error: new Float64Array(longest),
      weight: new Float64Array(longest),
      count: new Float64Array(longest),
    },
  };
}

/** The class of voters a group belongs to. */
export const classOf = ({ shares, election }: SharesContest, group: number): number =>
  classIn(election, shares, group);

const classIn = ({ profile }: Election, shares: readonly Fraction[], group: number): number =>
  shares.length === 1 || profile.districts === null ? 0 : Number(profile.districts[group]);

/**
 * District turnout correction (spec 2): the voters of district d hold share(d) of the money between
 * them, so each holds share(d) ÷ voters(d). Money of districts where nobody voted is nobody's.
 */
function districtShares(
  { profile }: Election,
  endowments: Readonly<Record<string, Exact>>,
): Fraction[] {
  if (profile.districts === null) {
    throw new RangeError('Endowments by district need ballots that name districts.');
  }
  const voters = new Float64Array(profile.districtNames.length);
  profile.districts.forEach((district, group) => {
    voters[district] = Number(voters[district]) + Number(profile.counts[group]);
  });
  const shares = profile.districtNames.map((name) => fromExact(endowments[name] ?? '0'));
  const whole = Object.values(endowments)
    .map(fromExact)
    .reduce((sum, { num, den }) => fraction(sum.num * den + num * sum.den, sum.den * den), ZERO);
  return shares.map(({ num, den }, d) => {
    const present = BigInt(Number(voters[d]));
    if (present === 0n || num === 0n) return ZERO;
    return fraction(num * whole.den * BigInt(profile.voters), den * whole.num * present);
  });
}

const ZERO = fraction(0n);
