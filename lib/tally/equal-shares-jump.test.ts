import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { samples } from './cases/arbitrary';
import { naiveAdd1 } from './cases/naive';
import { buildElection } from './election';
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
});
