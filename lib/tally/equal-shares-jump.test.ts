import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { samples } from './cases/arbitrary';
import { naiveAdd1 } from './cases/naive';
import { buildElection } from './election';
import { sharesContest } from './equal-shares-contest';
import { leap, unitsWithoutChange } from './equal-shares-jump';
import { EqualShares } from './equal-shares-run';
import { fraction } from './fraction';
import { tally } from './tally';
import type { EqualSharesRule } from './types';

// Properties are tried hundreds of times, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 180_000 });

const rule = (change: Partial<EqualSharesRule> = {}): EqualSharesRule => ({
  kind: 'equal-shares',
  utility: 'cost',
  completion: 'add1',
  add1Start: 'floor',
  add1Stop: 'overspend',
  ties: ['file-order'],
  ...change,
});

describe('Add1 by leaps', () => {
  it.each([
    ['cost', 'approval'],
    ['cardinality', 'approval'],
    ['points-cost', 'points'],
  ] as const)('ends where single steps end: %s on %s', (utility, kind) => {
    fc.assert(
      fc.property(
        samples(kind, 1n, 31),
        fc.constantFrom('floor', 'exact'),
        fc.constantFrom('overspend', 'exhaustive'),
        ({ election, naive }, add1Start, add1Stop) => {
          const rank = naive.ids.map((_, c) => c);
          const stepped = naiveAdd1(naive, add1Start, add1Stop, utility !== 'cardinality', rank);
          expect(tally(election, rule({ utility, add1Start, add1Stop })).winners).toEqual(
            stepped.map((c) => naive.ids[c]!),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes the steps of three voters and a large budget one by one only where something changes', () => {
    const election = buildElection({
      kind: 'approval',
      projects: [
        { id: 'a', cost: 60_000_000 },
        { id: 'b', cost: 50_000_000 },
        { id: 'c', cost: 90_000_000 },
        { id: 'd', cost: 30_000_000 },
      ],
      budget: 120_000_000,
      ballots: [{ choices: ['a', 'b'] }, { choices: ['b', 'c', 'd'] }, { choices: ['c'] }],
    });
    const result = tally(election, rule());
    // b costs the first two 25 million each; from 55 million on the second can also pay d. With
    // 57.5 million the second's other 32.5 and the third's 57.5 pay c's 90: too much altogether.
    expect(result.winners).toEqual(['b', 'd']);
    expect(result.add1).toEqual({
      startEndowment: '40000000',
      endowment: '57499900',
      steps: 174_999,
      stoppedBy: 'overspend',
    });
  });

  it('promises nothing where a million poor voters blur what one rich voter pays', () => {
    // Everybody but one pays 10^7 - 1 of 10^7 for a; what they have left weighs on the price of b.
    const million = 1_000_000;
    const election = buildElection({
      kind: 'approval',
      projects: [
        { id: 'a', cost: (million + 2) * (10_000_000 - 1) },
        { id: 'b', cost: 6 * million },
        { id: 'c', cost: 9 * million },
      ],
      budget: (million + 3) * 10_000_000,
      unitsPerCurrency: 1,
      ballots: [
        { choices: ['a'], count: 2 },
        { choices: ['a', 'b'], count: million },
        { choices: ['b', 'c'] },
      ],
    });
    // With s more each, b takes 6 - (1 + s) million from the rich one, who can pay c's 9 with the
    // rest from s = 4 on: more than the budget altogether.
    const result = tally(election, rule());
    expect(result.winners).toEqual(['a', 'b']);
    expect(result.add1).toMatchObject({ steps: 3, stoppedBy: 'overspend' });
  });

  it('promises nothing where what is bought takes all its supporters have', () => {
    const election = buildElection({
      kind: 'approval',
      projects: [
        { id: 'a', cost: 10 },
        { id: 'b', cost: 3 },
      ],
      budget: 15,
      unitsPerCurrency: 1,
      ballots: [{ choices: ['a'], count: 2 }, { choices: ['b'] }],
    });
    const contest = sharesContest(election, rule());
    const five = fraction(5n);
    const run = new EqualShares(contest).run(five, null);
    expect(run.trace.order).toEqual([0, 1]);
    expect(unitsWithoutChange(contest, run.trace, five)).toBe(0);
    const six = fraction(6n);
    const richer = new EqualShares(contest).run(six, null);
    expect(unitsWithoutChange(contest, richer.trace, six)).toBe(Infinity);
  });

  it('goes on step by step if the far end is not the same after all', () => {
    const run = (order: number[], exhausted: number[]) => ({
      trace: { order, roundOf: Int32Array.of(), exhaustedAt: Int32Array.from(exhausted) },
    });
    const now = { run: run([1, 2], [0, 5]), steps: 7 };
    expect(leap(now, 9, () => run([1, 2], [0, 5])).steps).toBe(16);
    expect(leap(now, 9, () => run([2, 1], [0, 5]))).toBe(now);
    expect(leap(now, 9, () => run([1], [0, 5]))).toBe(now);
    expect(leap(now, 9, () => run([1, 2], [0, 6]))).toBe(now);
    expect(leap(now, 1, () => run([1, 2], [0, 5]))).toBe(now);
    expect(leap(now, Infinity, () => run([1, 2], [0, 5]))).toBe(now);
  });
});
