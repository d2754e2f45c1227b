import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { samples } from './cases/arbitrary';
import { naiveAdd1, naiveEqualShares, naiveGreedy } from './cases/naive';
import { buildElection } from './election';
import { fraction } from './fraction';
import { tally } from './tally';
import type { EqualSharesRule, Utility } from './types';

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

const repeated = (count: number, ...choices: string[]) => ({ choices, count });

describe('Equal Shares', () => {
  it('gives each group its share: the majority does not take it all (Peters & Skowron 2020)', () => {
    // 60 want the three northern works, 40 the two southern ones; greedy funds the north only.
    const election = buildElection({
      kind: 'approval',
      projects: ['n1', 'n2', 'n3', 's1', 's2'].map((id) => ({ id, cost: 3000 })),
      budget: 9000,
      unitsPerCurrency: 1,
      ballots: [repeated(60, 'n1', 'n2', 'n3'), repeated(40, 's1', 's2')],
    });
    const result = tally(election, rule());
    expect(result.winners).toEqual(['n1', 's1']);
    expect(
      tally(election, { kind: 'greedy', utility: 'cost', ties: ['file-order'] }).winners,
    ).toEqual(['n1', 'n2', 'n3']);
  });

  it('tells what the supporters paid and what the losers had left, exactly', () => {
    const election = buildElection({
      kind: 'approval',
      projects: [
        { id: 'park', cost: 90 },
        { id: 'road', cost: 100 },
        { id: 'lamp', cost: 41 },
        { id: 'dream', cost: 301 },
        { id: 'nobody', cost: 1 },
      ],
      budget: 300,
      unitsPerCurrency: 1,
      // Three voters with 100 each.
      ballots: [
        { choices: ['park', 'road'] },
        { choices: ['park', 'road', 'dream'] },
        { choices: ['park', 'lamp'] },
      ],
    });
    const result = tally(election, rule());
    // park: 30 each; road: 50 + 50; lamp: 41 from the third, who has 70.
    expect(result.winners).toEqual(['park', 'road', 'lamp']);
    expect(result.projects.map(({ outcome }) => outcome)).toEqual([
      {
        status: 'funded',
        order: 1,
        phase: 'main',
        payment: { payers: 3, paidAll: 0, most: '30', effectiveVotes: '3' },
      },
      {
        status: 'funded',
        order: 2,
        phase: 'main',
        payment: { payers: 2, paidAll: 0, most: '50', effectiveVotes: '2' },
      },
      {
        status: 'funded',
        order: 3,
        phase: 'main',
        payment: { payers: 1, paidAll: 0, most: '41', effectiveVotes: '1' },
      },
      { status: 'not-funded', reasons: [{ reason: 'above-envelope', budget: '300' }] },
      { status: 'not-funded', reasons: [{ reason: 'unsupported' }] },
    ]);
    expect([result.cost, result.left]).toEqual(['231', '69']);
  });

  it('charges the poor what they have and the others the rest', () => {
    const election = buildElection({
      kind: 'approval',
      projects: [
        { id: 'first', cost: 80 },
        { id: 'second', cost: 120 },
        { id: 'third', cost: 50 },
      ],
      budget: 300,
      unitsPerCurrency: 1,
      ballots: [
        { choices: ['first', 'second'] },
        { choices: ['second', 'third'] },
        { choices: ['first', 'second', 'third'] },
      ],
    });
    // second: 40 each, then first: 40 + 40, then third: 20 (all the third voter has) + 30.
    const result = tally(election, rule());
    expect(result.winners).toEqual(['second', 'first', 'third']);
    expect(result.projects[2]!.outcome).toMatchObject({
      payment: { payers: 2, paidAll: 1, most: '30', effectiveVotes: '5/3' },
    });
  });

  it('says how much the supporters had left when a project fell out', () => {
    const election = buildElection({
      kind: 'approval',
      projects: [
        { id: 'a', cost: 90 },
        { id: 'b', cost: 60 },
      ],
      budget: 100,
      unitsPerCurrency: 1,
      ballots: [repeated(3, 'a'), { choices: ['a', 'b'] }, repeated(1)],
    });
    const result = tally(election, rule());
    expect(result.winners).toEqual([]);
    expect(result.projects[1]!.outcome).toEqual({
      status: 'not-funded',
      reasons: [{ reason: 'supporters-spent', afterPurchases: 0, left: '20', missing: '40' }],
    });
    const completed = tally(election, rule({ completion: 'greedy' }));
    expect(completed.winners).toEqual(['a']);
    expect(completed.projects[0]!.outcome).toMatchObject({ phase: 'completion', payment: null });
    expect(completed.projects[1]!.outcome).toMatchObject({
      reasons: [
        { reason: 'supporters-spent' },
        { reason: 'no-money-left', left: '10', missing: '50' },
      ],
    });
  });

  it('has nothing to buy with when nobody votes', () => {
    const election = buildElection({
      kind: 'approval',
      projects: [{ id: 'a', cost: 1 }],
      budget: 10,
      ballots: [],
    });
    expect(tally(election, rule({ completion: 'add1+greedy' })).winners).toEqual([]);
  });

  it.each<[Utility, boolean, 'approval' | 'ranking' | 'points']>([
    ['cost', true, 'approval'],
    ['cardinality', false, 'approval'],
    ['points', false, 'points'],
    ['points-cost', true, 'points'],
    ['points', false, 'ranking'],
    ['points-cost', true, 'ranking'],
  ])('agrees with the naive definition, ties included: %s (%s) on %s', (utility, useCost, kind) => {
    fc.assert(
      fc.property(samples(kind), ({ election, naive }) => {
        const rank = naive.ids.map((_, c) => c);
        const names = (set: readonly number[]): string[] => set.map((c) => naive.ids[c]!);
        const plain = naiveEqualShares(
          naive,
          fraction(naive.budget, BigInt(naive.weights.length)),
          useCost,
          rank,
        );
        expect(tally(election, rule({ utility })).winners).toEqual(names(plain));
        expect(tally(election, rule({ utility, completion: 'greedy' })).winners).toEqual(
          names(naiveGreedy(naive, !useCost, rank, plain)),
        );
        for (const add1Start of ['floor', 'exact'] as const) {
          for (const add1Stop of ['overspend', 'exhaustive'] as const) {
            const change = { utility, add1Start, add1Stop } as const;
            const main = naiveAdd1(naive, add1Start, add1Stop, useCost, rank);
            expect(tally(election, rule({ ...change, completion: 'add1' })).winners).toEqual(
              names(main),
            );
            expect(tally(election, rule({ ...change, completion: 'add1+greedy' })).winners).toEqual(
              names(naiveGreedy(naive, !useCost, rank, main)),
            );
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never spends more than the budget, whatever the completion', () => {
    fc.assert(
      fc.property(
        samples('approval'),
        fc.constantFrom('none', 'greedy', 'add1', 'add1+greedy'),
        ({ election }, completion) => {
          const result = tally(election, rule({ completion }));
          expect(BigInt(result.cost)).toBeLessThanOrEqual(election.budget);
          expect(BigInt(result.cost) + BigInt(result.left)).toBe(election.budget);
        },
      ),
    );
  });

  it('does not depend on the order of ballots nor on how they are grouped', () => {
    fc.assert(
      fc.property(
        samples('points'),
        fc.infiniteStream(fc.nat()),
        ({ election, input, ballots }, keys) => {
          const shuffled = ballots
            .map((ballot) => ({ ballot: { ...ballot, count: 1 }, key: Number(keys.next().value) }))
            .sort((a, b) => a.key - b.key)
            .map(({ ballot }) => ballot);
          const other = buildElection({ ...input, ballots: shuffled });
          const asked = rule({ utility: 'points', completion: 'add1+greedy' });
          expect(tally(other, asked)).toEqual(tally(election, asked));
        },
      ),
    );
  });
});
