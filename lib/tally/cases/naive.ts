import { at } from '../at';
import { compare, fraction, minus, type Fraction } from '../fraction';

/**
 * The definitions written down as they are, in exact rationals, voter by voter, with nothing
 * clever: slow, obvious, and sharing no code with the engine but the arithmetic of fractions.
 */
export interface NaiveElection {
  readonly ids: readonly string[];
  readonly costs: readonly bigint[];
  readonly budget: bigint;
  readonly unit: bigint;
  /** `utility[i][c]`: weight of project c for voter i, 0 when not supported. */
  readonly weights: readonly (readonly bigint[])[];
}

const ZERO = fraction(0n);
const plus = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.num * b.den + b.num * a.den, a.den * b.den);
const times = (a: Fraction, b: Fraction): Fraction => fraction(a.num * b.num, a.den * b.den);
const least = (a: Fraction, b: Fraction): Fraction => (compare(a, b) <= 0 ? a : b);

/** Smallest rho with Σ min(money, rho · utility) = cost, by the sorted walk of the paper. */
function smallestRho(
  cost: bigint,
  supporters: readonly { money: Fraction; utility: Fraction }[],
): Fraction | null {
  const total = supporters.reduce((sum, { money }) => plus(sum, money), ZERO);
  if (compare(total, fraction(cost)) < 0) return null;
  const sorted = [...supporters].sort((a, b) =>
    compare(times(a.money, inverse(a.utility)), times(b.money, inverse(b.utility))),
  );
  let paid = ZERO;
  let denominator = sorted.reduce((sum, { utility }) => plus(sum, utility), ZERO);
  for (const { money, utility } of sorted) {
    const rho = times(minus(fraction(cost), paid), inverse(denominator));
    if (compare(times(rho, utility), money) <= 0) return rho;
    paid = plus(paid, money);
    denominator = minus(denominator, utility);
  }
  throw new Error('affordable, yet nobody can pay');
}

const inverse = ({ num, den }: Fraction): Fraction => fraction(den, num);

/** Order of purchase with a tie order given as ranks. */
export function naiveEqualShares(
  election: NaiveElection,
  endowment: Fraction,
  useCost: boolean,
  rank: readonly number[],
): number[] {
  const money = election.weights.map(() => endowment);
  const utility = (i: number, c: number): Fraction =>
    fraction(at(at(election.weights, i), c) * (useCost ? at(election.costs, c) : 1n));
  const supporters = (c: number): number[] =>
    election.weights.flatMap((weights, i) => (at(weights, c) > 0n ? [i] : []));
  const bought = election.costs
    .map((_, c) => c)
    .filter((c) => !useCost && election.costs[c] === 0n && supporters(c).length > 0)
    .sort((a, b) => at(rank, a) - at(rank, b));
  const open = new Set(
    election.costs.flatMap((cost, c) => (cost > 0n && cost <= election.budget ? [c] : [])),
  );
  for (;;) {
    let best: { c: number; rho: Fraction } | null = null;
    for (const c of open) {
      const rho = smallestRho(
        at(election.costs, c),
        supporters(c).map((i) => ({ money: at(money, i), utility: utility(i, c) })),
      );
      if (rho === null) continue;
      if (best === null || (compare(rho, best.rho) || at(rank, c) - at(rank, best.c)) < 0) {
        best = { c, rho };
      }
    }
    if (best === null) return bought;
    const { c, rho } = best;
    for (const i of supporters(c)) {
      money[i] = minus(at(money, i), least(at(money, i), times(rho, utility(i, c))));
    }
    bought.push(c);
    open.delete(c);
  }
}

const costOf = (election: NaiveElection, set: readonly number[]): bigint =>
  set.reduce((sum, c) => sum + at(election.costs, c), 0n);

/** Add1 as cities run it (`floor`, no exhaustive stop) or as pabutools does. */
export function naiveAdd1(
  election: NaiveElection,
  start: 'floor' | 'exact',
  stop: 'overspend' | 'exhaustive',
  useCost: boolean,
  rank: readonly number[],
): number[] {
  const voters = BigInt(election.weights.length);
  const whole = (election.budget / (voters * election.unit)) * election.unit;
  let endowment = start === 'floor' ? fraction(whole) : fraction(election.budget, voters);
  let bought = naiveEqualShares(election, endowment, useCost, rank);
  const supported = (c: number): boolean => election.weights.some((weights) => at(weights, c) > 0n);
  const buyable = election.costs
    .map((_, c) => c)
    .filter(
      (c) => at(election.costs, c) > 0n && at(election.costs, c) <= election.budget && supported(c),
    );
  for (;;) {
    const rest = buyable.filter((c) => !bought.includes(c));
    if (rest.length === 0) return bought;
    const left = election.budget - costOf(election, bought);
    if (stop === 'exhaustive' && rest.every((c) => at(election.costs, c) > left)) return bought;
    endowment = plus(endowment, fraction(election.unit));
    const next = naiveEqualShares(election, endowment, useCost, rank);
    if (costOf(election, next) > election.budget) return bought;
    bought = next;
  }
}

/** Greedy: most weight first (or most weight per cost), what fits is bought. */
export function naiveGreedy(
  election: NaiveElection,
  perCost: boolean,
  rank: readonly number[],
  before: readonly number[] = [],
): number[] {
  const total = (c: number): bigint =>
    election.weights.reduce(
      (sum, weights) => sum + (at(weights, c) > 0n ? at(weights, c) : 0n),
      0n,
    );
  const value = (c: number): [infinite: boolean, value: Fraction] =>
    perCost && election.costs[c] === 0n
      ? [true, ZERO]
      : [false, fraction(total(c), perCost ? at(election.costs, c) : 1n)];
  const order = election.costs
    .map((_, c) => c)
    .filter((c) => total(c) > 0n && !before.includes(c))
    .sort((a, b) => {
      const [freeA, left] = value(a);
      const [freeB, right] = value(b);
      if (freeA !== freeB) return freeA ? -1 : 1;
      return compare(right, left) || at(rank, a) - at(rank, b);
    });
  const bought = [...before];
  for (const c of order) {
    if (costOf(election, bought) + at(election.costs, c) <= election.budget) bought.push(c);
  }
  return bought;
}
