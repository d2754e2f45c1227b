import { describe, expect, it, vi } from 'vitest';
import { insideOf } from './cases/inside-shares';
import { buildElection, type BallotInput } from './election';
import { EPS, sharesContest } from './equal-shares-contest';
import { ExactHistory } from './equal-shares-exact';
import { EqualShares } from './equal-shares-run';
import { fraction } from './fraction';
import type { EqualSharesRule } from './types';

/** Where the doubles of Equal Shares stop and fractions decide; what no result shows of a run. */
const rule = (change: Partial<EqualSharesRule> = {}): EqualSharesRule => ({
  kind: 'equal-shares',
  utility: 'cost',
  completion: 'none',
  add1Start: 'floor',
  add1Stop: 'overspend',
  ties: ['file-order'],
  ...change,
});

function contestOf(
  costs: readonly (number | bigint)[],
  ballots: BallotInput[],
  change: Partial<EqualSharesRule> = {},
) {
  const projects = costs.map((cost, c) => ({ id: 'abcdef'[c]!, cost }));
  const budget = 2n ** 62n;
  const kind = ballots.some(({ points }) => points !== undefined) ? 'points' : 'approval';
  const election = buildElection({ kind, projects, budget, ballots });
  return sharesContest(election, rule(change));
}
const one = (...choices: string[]): BallotInput => ({ choices });
const two = (...choices: string[]): BallotInput => ({ choices, count: 2 });
const TRILLIONS = 10n ** 15n;

describe('decisions taken in fractions', () => {
  const cases: [string, number, number[], ReturnType<typeof contestOf>, [bigint, bigint]][] = [
    [
      'none where everybody can clearly pay, clearly give all, or clearly not reach',
      0,
      [0, 1],
      contestOf([12, 10, 100], [one('a', 'b'), one('a'), one('b'), one('c')]),
      [10n, 1n],
    ],
    [
      'none between equal prices that take no one all',
      0,
      [0, 1],
      contestOf([6, 6], [one('a'), one('b')]),
      [10n, 1n],
    ],
    [
      'one between equal prices that take somebody all: the second is bought on its own',
      1,
      [0, 1, 2],
      contestOf([12, 10, 10], [one('a', 'b'), one('a', 'c'), one('b'), one('c')]),
      [10n, 1n],
    ],
    [
      'two where the last céntimo buys: that it suffices, and that nothing is left',
      2,
      [0],
      contestOf([10], [one('a')]),
      [10n, 1n],
    ],
    [
      'one where less is missing than a double can tell, and what follows is bought',
      1,
      [1],
      contestOf([TRILLIONS, TRILLIONS / 10n], [one('a'), two('a'), one('b')]),
      [TRILLIONS * 10n - 1n, 30n],
    ],
    [
      'one between equal prices of which one takes somebody all',
      1,
      [0, 1, 2],
      contestOf([10, 11, 6], [one('a', 'b'), one('a'), one('b'), one('c')], {
        utility: 'cardinality',
      }),
      [10n, 1n],
    ],
    [
      'none between prices a double cannot tell apart: cost by cost is enough',
      0,
      [1, 0],
      contestOf([2n ** 60n + 1n, 2n ** 60n], [two('a'), two('b')], { utility: 'cardinality' }),
      [2n ** 61n, 1n],
    ],
    [
      'nor in the other order',
      0,
      [0, 1],
      contestOf([2n ** 60n, 2n ** 60n + 1n], [two('a'), two('b')], { utility: 'cardinality' }),
      [2n ** 61n, 1n],
    ],
  ];
  it.each(cases)('%s', (_name, times, order, contest, [num, den]) => {
    const engine = new EqualShares(contest);
    expect(engine.run(fraction(num, den), null).trace.order).toEqual(order);
    expect(engine.exactFallbacks).toBe(times);
  });

  it('settle a purse that has less left than a double can tell, to the last fraction', () => {
    const contest = contestOf([TRILLIONS * 2n, TRILLIONS - 20n, 20], [two('a'), one('b', 'c')], {
      utility: 'cardinality',
    });
    const engine = new EqualShares(contest);
    const { purses } = insideOf(engine);
    const { trace } = engine.run(fraction(TRILLIONS * 10n + 1n, 10n), null);
    expect(trace.order).toEqual([2, 1, 0]);
    expect(engine.exactFallbacks).toBe(4);
    for (const group of [0, 1]) {
      const [money, error] = purses.subarray(group * 4);
      expect(money).toBeCloseTo(0.1, 15);
      expect(error).toBe(money! * EPS);
    }
  });

  it('come before doubles where a price takes somebody exactly all, and are asked for once', () => {
    const ballots = ['a', 'b'].flatMap((id) => [
      { choices: [id], district: 'P' },
      { choices: [id], district: 'Q' },
    ]);
    const asked = vi.spyOn(ExactHistory.prototype, 'priceAsked');
    const contest = contestOf([10, 10], ballots, { endowments: { P: '1', Q: '2' } });
    const engine = new EqualShares(contest);
    const { trace, ties } = engine.run(fraction(15n, 2n), null);
    expect(trace.order).toEqual([0, 1]);
    expect(ties).toHaveLength(1);
    // Both prices, the tie, who has nothing left; then one price and one purse.
    expect(engine.exactFallbacks).toBe(6);
    expect(asked).toHaveBeenCalledTimes(3);
    engine.run(fraction(100n), 0n);
    asked.mockClear();
    const rest = insideOf(engine).exactPrice(1);
    expect(insideOf(engine).exactPrice(1)).toBe(rest);
    expect(asked).toHaveBeenCalledTimes(1);
    asked.mockRestore();
  });

  it('are asked for as soon as a bound, of a purse or of a price, reaches a decision', () => {
    const ballots = [
      { choices: ['a', 'b'], points: [2, 1] },
      { choices: ['a', 'c'], points: [1, 1] },
      { choices: ['a'], points: [1] },
    ];
    const contest = contestOf([10, 1, 1], ballots, { utility: 'points' });
    /** Money and bound of each supporter. */
    const decisions = (...given: [money: number, error: number][]): number => {
      const engine = new EqualShares(contest);
      const inside = insideOf(engine);
      inside.endow(fraction(100n));
      given.forEach((purse, group) => {
        inside.purses.set(purse, group * 4);
      });
      inside.evaluate(0);
      return engine.exactFallbacks;
    };
    // Three shares of 10/3: the first pays two of them.
    expect(decisions([7, 0.3], [100, 0], [0, 0])).toBe(0);
    expect(decisions([7, 0.4], [100, 0], [0, 0])).toBe(1);
    // The last has one unit, or half a unit less: three shares of 3, or a sixth more, twice over.
    expect(decisions([6.7, 0], [100, 0], [1, 0.5])).toBe(0);
    expect(decisions([6.6, 0], [100, 0], [1, 0.5])).toBe(1);
  });

  it('are asked for where prices are one rounding apart', () => {
    const engine = new EqualShares(
      contestOf([7, 7], [one('a'), one('b')], { utility: 'cardinality' }),
    );
    const inside = insideOf(engine);
    const compared = vi.fn((close: readonly number[]) => [...close]);
    Object.assign(inside, { evaluate: () => true, exactlyCheapest: compared });
    const apart = (roundings: number): number[] => {
      for (const values of [inside.low, inside.price]) values.set([7, 7 * (1 + roundings * EPS)]);
      return inside.cheapest(new Set([0, 1]));
    };
    expect(apart(1)).toEqual([0, 1]);
    expect(apart(4)).toEqual([0]);
    expect(compared).toHaveBeenCalledTimes(1);
    // Nor is it foregone what comes first when a rival may ask as little.
    inside.level[0] = 1;
    inside.whole[1] = 7 * (1 + EPS);
    expect(inside.isForegone(0)).toBe(false);
    inside.whole[1] = 7 * (1 + 4 * EPS);
    expect(inside.isForegone(0)).toBe(true);
  });
});

describe('what a run begins with and how it ends', () => {
  it.each<[bigint, bigint, number]>([
    [7n, 1n, 0],
    [2n ** 53n - 1n, 1n, 0],
    [2n ** 53n + 3n, 1n, (2 ** 53 + 4) * EPS],
    [7n, 2n, 3.5 * EPS],
  ])('money of %s/%s has a bound of its own', (num, den, error) => {
    const inside = insideOf(new EqualShares(contestOf([7], [one('a'), one()])));
    inside.endow(fraction(num, den));
    const [money] = inside.purses;
    for (const group of [0, 1]) {
      expect([...inside.purses.subarray(group * 4, group * 4 + 4)]).toEqual([money, error, 1, 0]);
    }
  });

  it('reports each tie with its round, in official order whatever doubles say', () => {
    const thirds = 2n ** 53n + 1n;
    const ballots = [one('a'), one('a', 'c'), { choices: ['a'] }, one('b')];
    const contest = contestOf([thirds * 3n, thirds, 3], ballots, { utility: 'cardinality' });
    const run = new EqualShares(contest).run(fraction(2n ** 54n), null);
    expect(run.trace.order).toEqual([2, 0, 1]);
    expect(run.ties).toEqual([{ round: 1, tied: [0, 1], chosen: 0, decidedBy: 'file-order' }]);
    expect(run.overspent).toBe(false);
  });

  it('ends with the purchase that goes over the limit, and not at the limit', () => {
    const engine = new EqualShares(contestOf([5, 6, 7], [one('a'), one('b'), one('c')]));
    const upTo = (limit: bigint | null) => {
      const { trace, cost, overspent } = engine.run(fraction(10n), limit);
      return { order: [...trace.order], cost, overspent };
    };
    expect(upTo(null)).toEqual({ order: [0, 1, 2], cost: 18n, overspent: false });
    expect(upTo(18n)).toEqual({ order: [0, 1, 2], cost: 18n, overspent: false });
    expect(upTo(5n)).toEqual({ order: [0, 1], cost: 11n, overspent: true });
  });
});
