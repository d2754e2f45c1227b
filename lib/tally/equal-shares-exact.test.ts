import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ledger } from './cases/ledger';
import { buildElection } from './election';
import { sharesContest } from './equal-shares-contest';
import { ExactHistory } from './equal-shares-exact';
import { EqualShares } from './equal-shares-run';
import { fraction } from './fraction';
import type { Utility } from './types';

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
          ledger.buy(bought, ledger.price(bought)!);
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
        for (const c of trace.order) ledger.buy(c, ledger.price(c)!);
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
