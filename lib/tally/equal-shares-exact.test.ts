import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildElection } from './election';
import { sharesContest, type SharesContest } from './equal-shares-contest';
import { ExactHistory } from './equal-shares-exact';
import { EqualShares } from './equal-shares-run';
import { compare, fraction, minus, type Fraction } from './fraction';
import type { Utility } from './types';

/** The payments of a run, voter by voter in fractions, as a textbook would write them. */
const ZERO = fraction(0n);
const plus = (a: Fraction, b: Fraction) => fraction(a.num * b.den + b.num * a.den, a.den * b.den);
const times = (a: Fraction, by: bigint) => fraction(a.num * by, a.den);
const over = (a: Fraction, by: bigint) => fraction(a.num, a.den * by);

class Ledger {
  readonly money: Fraction[];

  constructor(
    private readonly contest: SharesContest,
    endowment: Fraction,
  ) {
    const { groups, districts } = contest.election.profile;
    this.money = Array.from({ length: groups }, (_, group) => {
      const share = contest.shares[contest.shares.length === 1 ? 0 : districts![group]!]!;
      return fraction(endowment.num * share.num, endowment.den * share.den);
    });
  }

  private givers(c: number) {
    const { projectStarts, groupOf, weightOf } = this.contest.supports;
    const found = [];
    for (let j = projectStarts[c]!; j < projectStarts[c + 1]!; j++) {
      const group = groupOf[j]!;
      const count = BigInt(this.contest.election.profile.counts[group]!);
      found.push({ group, count, weight: BigInt(weightOf === null ? 1 : weightOf[j]!) });
    }
    return found.filter(({ group }) => this.money[group]!.num > 0n);
  }

  together(c: number): Fraction {
    return this.givers(c).reduce(
      (sum, { group, count }) => plus(sum, times(this.money[group]!, count)),
      ZERO,
    );
  }

  /** Per unit of weight; null when they cannot pay. */
  price(c: number): Fraction | null {
    const cost = fraction(this.contest.costs[c]!);
    if (compare(this.together(c), cost) < 0) return null;
    const givers = this.givers(c).sort((a, b) =>
      compare(over(this.money[a.group]!, a.weight), over(this.money[b.group]!, b.weight)),
    );
    let left = cost;
    let weight = givers.reduce((sum, one) => sum + one.weight * one.count, 0n);
    for (const one of givers) {
      const price = over(left, weight);
      if (compare(this.money[one.group]!, times(price, one.weight)) >= 0) return price;
      left = minus(left, times(this.money[one.group]!, one.count));
      weight -= one.weight * one.count;
    }
    throw new Error('Who can pay has a price');
  }

  buy(c: number): void {
    const price = this.price(c)!;
    for (const { group, weight } of this.givers(c)) {
      const rest = minus(this.money[group]!, times(price, weight));
      this.money[group] = rest.num < 0n ? ZERO : rest;
    }
  }
}

const election = fc.record({
  costs: fc.array(fc.integer({ min: 2, max: 60 }), { minLength: 2, maxLength: 5 }),
  people: fc.array(
    fc.record({
      points: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 5, maxLength: 5 }),
      count: fc.integer({ min: 1, max: 3 }),
      district: fc.constantFrom('A', 'B'),
    }),
    { minLength: 2, maxLength: 6 },
  ),
  byDistrict: fc.boolean(),
  utility: fc.constantFrom<Utility[]>('cost', 'cardinality', 'points', 'points-cost'),
  sevenths: fc.integer({ min: 5, max: 400 }),
});

type Sample = typeof election extends fc.Arbitrary<infer T> ? T : never;

function played({ costs, people, byDistrict, utility, sevenths }: Sample) {
  const ids = costs.map((_, c) => `p${c}`);
  const contest = sharesContest(
    buildElection({
      kind: 'points',
      projects: costs.map((cost, c) => ({ id: ids[c]!, cost })),
      budget: 500,
      unitsPerCurrency: 1,
      ballots: people.map(({ points, count, district }) => {
        const liked = ids.map((id, c) => ({ id, points: points[c]! })).filter((p) => p.points > 0);
        return {
          choices: liked.map((p) => p.id),
          points: liked.map((p) => p.points),
          count,
          district,
        };
      }),
    }),
    {
      kind: 'equal-shares',
      utility,
      completion: 'none',
      add1Start: 'floor',
      add1Stop: 'overspend',
      ties: ['file-order'],
      ...(byDistrict ? { endowments: { A: '1/2', B: '2/3' } } : {}),
    },
  );
  const endowment = fraction(BigInt(sevenths), 7n);
  const { trace, history } = new EqualShares(contest).run(endowment, null);
  return { contest, trace, history, endowment };
}

describe('the exact payments of a run', () => {
  it('are those of a ledger that is kept voter by voter', () => {
    fc.assert(
      fc.property(election, (sample) => {
        const { contest, trace, history, endowment } = played(sample);
        const ledger = new Ledger(contest, endowment);
        for (let round = 0; round <= trace.order.length; round++) {
          for (const c of contest.candidates) {
            expect(history.moneyOf(c, round)).toEqual(ledger.together(c));
            const asked = history.priceAsked(c, round);
            const price =
              asked === null ? null : fraction(asked.num, asked.rich * history.denominator());
            expect(price).toEqual(ledger.price(c));
          }
          ledger.money.forEach((money, group) => {
            if (money.num === 0n) return;
            const exact = fraction(history.groupMoney(group, round), history.denominator());
            expect(exact).toEqual(money);
          });
          const bought = trace.order[round];
          if (bought === undefined) continue;
          expect(history.priceOf(round)).toEqual(ledger.price(bought));
          ledger.buy(bought);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('are found in any order: a late question first, with nothing asked before', () => {
    fc.assert(
      fc.property(election, (sample) => {
        const { contest, trace, endowment } = played(sample);
        const ledger = new Ledger(contest, endowment);
        for (const c of trace.order) ledger.buy(c);
        const last = trace.order.length;
        for (const c of contest.candidates) {
          const { history } = played(sample);
          expect(history.moneyOf(c, last)).toEqual(ledger.together(c));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('start over the least common denominator of the endowments', () => {
    const { contest, trace } = played({
      costs: [9, 9],
      people: [
        { points: [1, 0, 0, 0, 0], count: 1, district: 'A' },
        { points: [0, 1, 0, 0, 0], count: 1, district: 'B' },
      ],
      byDistrict: true,
      utility: 'cost',
      sevenths: 7,
    });
    const history = new ExactHistory(contest, trace, [
      fraction(1n, 4n),
      fraction(1n, 6n),
      fraction(3n),
    ]);
    expect(history.denominator()).toBe(12n);
  });
});
