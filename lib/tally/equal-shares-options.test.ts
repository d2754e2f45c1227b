import { describe, expect, it, vi } from 'vitest';
import fc from 'fast-check';
import { samples } from './cases/arbitrary';
import { buildElection, type BallotInput } from './election';
import { tally } from './tally';
import { sharesContest } from './equal-shares-contest';
import { EqualShares } from './equal-shares-run';
import { fraction } from './fraction';
import type { EqualSharesRule } from './types';

// Properties are tried hundreds of times, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 180_000 });

const rule = (change: Partial<EqualSharesRule> = {}): EqualSharesRule => ({
  kind: 'equal-shares',
  utility: 'cost',
  completion: 'none',
  add1Start: 'floor',
  add1Stop: 'overspend',
  ties: ['file-order'],
  ...change,
});

const approvals = (budget: number, costs: Record<string, number>, ballots: BallotInput[]) =>
  buildElection({
    kind: 'approval',
    projects: Object.entries(costs).map(([id, cost]) => ({ id, cost })),
    budget,
    unitsPerCurrency: 1,
    ballots,
  });

describe('the comparison step', () => {
  // Greedy funds what 6 of 10 want; Equal Shares what each group can pay.
  const election = approvals(100, { big: 100, small: 10, other: 10 }, [
    { choices: ['big'], count: 6 },
    { choices: ['small'], count: 3 },
    { choices: ['other'], count: 1 },
  ]);

  it('takes greedy when strictly more voters prefer it', () => {
    const result = tally(election, rule({ compareWithGreedy: true }));
    expect(result.comparison).toEqual({
      preferEqualShares: 4,
      preferGreedy: 6,
      greedyWinners: ['big'],
      chosen: 'greedy',
    });
    expect(result.winners).toEqual(['big']);
    expect(result.cost).toBe('100');
    expect(tally(election, rule()).winners).toEqual(['small', 'other']);
  });

  it('keeps Equal Shares when as many prefer it', () => {
    const even = approvals(100, { big: 100, small: 10 }, [
      { choices: ['big'], count: 5 },
      { choices: ['small'], count: 5 },
    ]);
    const result = tally(even, rule({ compareWithGreedy: true, ties: ['min-cost', 'file-order'] }));
    expect(result.comparison?.chosen).toBe('equal-shares');
    expect(result.winners).toEqual(['small']);
  });
});

describe('endowments by district', () => {
  const ballots = [
    { choices: ['a'], district: 'Chilca', count: 3 },
    { choices: ['b'], district: 'El Tambo' },
    { choices: ['c'] },
  ];
  const election = approvals(100, { a: 40, b: 55, c: 5 }, ballots);

  it('divide the money of each district among those of it who voted', () => {
    const shared = rule({ endowments: { Chilca: '2', 'El Tambo': '3' } });
    const result = tally(election, shared);
    // Chilca's three hold 40 between them, El Tambo's one 60; who names no district holds nothing.
    expect(result.winners).toEqual(['a', 'b']);
    expect(result.projects[0]!.outcome).toMatchObject({
      payment: { payers: 3, paidAll: 3, most: '40/3' },
    });
    expect(result.projects[2]!.outcome).toMatchObject({
      reasons: [{ reason: 'supporters-spent', left: '0', missing: '5' }],
    });
    expect(tally(election, rule()).winners).toEqual(['a', 'c']);
  });

  it('never step for ever after what nobody with money supports', () => {
    const shared = rule({
      endowments: { Chilca: '1', Sapallanga: '1' },
      completion: 'add1+greedy',
    });
    const result = tally(election, shared);
    expect(result.winners).toEqual(['a', 'b', 'c']);
    expect(result.add1).toMatchObject({ stoppedBy: 'everything-bought' });
  });

  it('let supporters without money neither pay nor stand in the way', () => {
    const more = approvals(90, { a: 30, b: 40 }, [
      { choices: ['a', 'b'], district: 'Chilca', count: 2 },
      { choices: ['a'], district: 'Chilca' },
      { choices: ['a'], count: 2 },
    ]);
    const shared = rule({ endowments: { Chilca: '1' }, completion: 'add1' });
    const result = tally(more, shared);
    expect(result.winners).toEqual(['a', 'b']);
    expect(result.projects[0]!.outcome).toMatchObject({ payment: { payers: 3, most: '10' } });
    const short = tally({ ...more, budget: 60n }, shared);
    expect(short.add1).toMatchObject({ stoppedBy: 'overspend' });
    expect(short.winners).toEqual(['a']);
  });

  it('count as equal shares when every district gets what its voters would', () => {
    fc.assert(
      fc.property(samples('points'), fc.array(fc.boolean()), ({ ballots: raw, input }, sides) => {
        const withDistricts = raw.map((ballot, i) => ({
          ...ballot,
          district: sides[i] === true ? 'left' : 'right',
        }));
        const left = withDistricts.filter(({ district }) => district === 'left').length;
        const divided = buildElection({ ...input, ballots: withDistricts });
        const endowments = { left: `${left}`, right: `${withDistricts.length - left}` };
        for (const completion of ['none', 'add1'] as const) {
          const plain = rule({ utility: 'points-cost', completion });
          const shared = tally(divided, { ...plain, endowments });
          expect(shared.winners).toEqual(tally(divided, plain).winners);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('need ballots that name districts', () => {
    const none = approvals(1, { a: 1 }, [{ choices: ['a'] }]);
    expect(() => tally(none, rule({ endowments: { Chilca: '1' } }))).toThrow(RangeError);
  });
});

describe('what is free', () => {
  it('comes first where utility does not count cost, in the order of the tie rule', () => {
    const election = approvals(10, { a: 10, y: 0, x: 0, none: 0 }, [{ choices: ['a', 'x', 'y'] }]);
    const cardinality = tally(election, rule({ utility: 'cardinality', ties: ['project-id'] }));
    expect(cardinality.winners).toEqual(['x', 'y', 'a']);
    expect(cardinality.projects[1]!.outcome).toMatchObject({ phase: 'main', payment: null });
    const cost = tally(election, rule());
    expect(cost.winners).toEqual(['a']);
    expect(cost.projects[1]!.outcome).toEqual({ status: 'not-funded', reasons: [] });
    expect(tally(election, rule({ completion: 'greedy' })).winners).toEqual(['a', 'y', 'x']);
  });
});

describe('amounts beyond doubles', () => {
  it('are counted exactly all the same', () => {
    const scale = 10n ** 30n + 7n;
    fc.assert(
      fc.property(samples('approval'), ({ election, input, ballots }) => {
        const large = buildElection({
          ...input,
          ballots,
          budget: election.budget * scale,
          projects: election.projects.map(({ id, cost }) => ({ id, cost: cost * scale })),
        });
        for (const utility of ['cost', 'cardinality'] as const) {
          const plain = rule({ utility });
          expect(tally(large, plain).winners).toEqual(tally(election, plain).winners);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('decisions that doubles cannot see', () => {
  const huge = 10n ** 30n;
  const count = (costs: Record<string, bigint>, ballots: BallotInput[], budget: bigint) =>
    tally(
      buildElection({
        kind: 'approval',
        projects: Object.entries(costs).map(([id, cost]) => ({ id, cost })),
        budget,
        unitsPerCurrency: 1,
        ballots,
      }),
      rule({ utility: 'cardinality' }),
    );

  it('leave one unit of 10^30 to buy with, or none', () => {
    const ballots = [{ choices: ['a', 'b', 'c'] }];
    const one = count({ a: huge - 1n, b: huge - 1n, c: 1n }, ballots, huge);
    expect(one.winners).toEqual(['c', 'a']);
    const left = count({ a: huge - 2n, b: huge - 1n }, [{ choices: ['a', 'b'] }], huge);
    expect(left.winners).toEqual(['a']);
    expect(left.projects[1]!.outcome).toMatchObject({
      reasons: [{ reason: 'supporters-spent', left: '2' }],
    });
    const exactly = count({ a: huge, b: 1n }, [{ choices: ['a'] }, { choices: ['b'] }], 2n * huge);
    expect(exactly.winners).toEqual(['b', 'a']);
    const short = count({ a: huge + 1n }, [{ choices: ['a'] }, { choices: [] }], 2n * huge);
    expect(short.winners).toEqual([]);
    expect(short.exactFallbacks).toBeGreaterThan(0);
  });

  it('tell 10^30 from 10^30 + 1, whatever the order', () => {
    const ballots = [{ choices: ['a'] }, { choices: ['b'] }];
    for (const [a, b] of [
      [huge + 1n, huge],
      [huge, huge + 1n],
    ] as const) {
      expect(count({ a, b }, ballots, 9n * huge).winners[0]).toBe(a < b ? 'a' : 'b');
      const phragmen = tally(
        buildElection({
          kind: 'approval',
          projects: [
            { id: 'a', cost: a },
            { id: 'b', cost: b },
          ],
          budget: 9n * huge,
          ballots,
        }),
        { kind: 'phragmen', ties: ['file-order'] },
      );
      expect(phragmen.winners[0]).toBe(a < b ? 'a' : 'b');
      expect(phragmen.ties).toEqual([]);
    }
  });
});

describe('one engine asked again and again', () => {
  it('answers as a new one would, whether the endowment rises or falls', () => {
    fc.assert(
      fc.property(
        samples('points'),
        fc.array(fc.nat(60), { minLength: 2, maxLength: 6 }),
        ({ election }, endowments) => {
          const contest = sharesContest(election, rule({ utility: 'points-cost' }));
          const same = new EqualShares(contest);
          for (const endowment of endowments) {
            const again = same.run(fraction(BigInt(endowment)), null);
            const fresh = new EqualShares(contest).run(fraction(BigInt(endowment)), null);
            expect(again.trace).toEqual(fresh.trace);
          }
        },
      ),
    );
  });
});

describe('utilities', () => {
  const ranking = buildElection({
    kind: 'ranking',
    projects: ['a', 'b'].map((id) => ({ id, cost: 5 })),
    budget: 10,
    unitsPerCurrency: 1,
    ballots: [{ choices: ['a', 'b'], count: 2 }],
  });

  it('give the last of a ballot nothing by Borda, so nobody supports it', () => {
    expect(tally(ranking, rule({ utility: 'borda' })).winners).toEqual(['a']);
    expect(tally(ranking, rule({ utility: 'points' })).winners).toEqual(['a', 'b']);
  });

  it('need rankings for Borda and treat approvals as one point each', () => {
    const points = buildElection({
      kind: 'points',
      projects: [{ id: 'a', cost: 5 }],
      budget: 10,
      ballots: [{ choices: ['a'], points: [2] }],
    });
    expect(() => tally(points, rule({ utility: 'borda' }))).toThrow(RangeError);
    const election = approvals(10, { a: 5 }, [{ choices: ['a'] }]);
    expect(tally(election, rule({ utility: 'points' })).winners).toEqual(['a']);
  });
});
