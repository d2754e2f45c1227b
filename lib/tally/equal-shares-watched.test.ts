import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WatchedShares } from './cases/watched-shares';
import { buildElection } from './election';
import { sharesContest } from './equal-shares-contest';
import { fraction } from './fraction';
import type { Utility } from './types';

/**
 * What no result shows: that the doubles stay within bounds that stay small, that fractions are
 * asked for only where doubles cannot tell, and that nothing is computed for nothing.
 */
const UTILITIES: Utility[] = ['cost', 'cardinality', 'points', 'points-cost'];
const liked = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 6, maxLength: 6 });
const sample = fc.record({
  costs: fc.array(fc.integer({ min: 2, max: 40 }), { minLength: 2, maxLength: 6 }),
  people: fc.array(
    fc.record({
      points: liked,
      count: fc.integer({ min: 1, max: 3 }),
      district: fc.constantFrom('A', 'B', 'C'),
    }),
    { minLength: 1, maxLength: 7 },
  ),
  byDistrict: fc.boolean(),
  endowments: fc.array(
    fc.record({ num: fc.integer({ min: 1, max: 90 }), den: fc.constantFrom(1, 1, 2, 3, 7) }),
    { minLength: 1, maxLength: 4 },
  ),
});

describe('a run of Equal Shares, watched step by step', () => {
  it.each(UTILITIES)('keeps every promise, with more money and with less: %s', (utility) => {
    fc.assert(
      fc.property(sample, ({ costs, people, byDistrict, endowments }) => {
        const ballots = people.map(({ points, count, district }) => {
          const chosen = costs.map((_, c) => c).filter((c) => points[c]! > 0);
          return {
            choices: chosen.map((c) => `p${c}`),
            points: chosen.map((c) => points[c]!),
            count,
            district,
          };
        });
        const contest = sharesContest(
          buildElection({
            kind: 'points',
            projects: costs.map((cost, c) => ({ id: `p${c}`, cost })),
            budget: 39,
            unitsPerCurrency: 1,
            ballots,
          }),
          {
            kind: 'equal-shares',
            utility,
            completion: 'none',
            add1Start: 'floor',
            add1Stop: 'overspend',
            ties: ['file-order'],
            ...(byDistrict ? { endowments: { A: '1', B: '2/3' } } : {}),
          },
        );
        const watched = new WatchedShares(contest);
        for (const { num, den } of endowments) {
          watched.run(fraction(BigInt(num), BigInt(den)));
          expect(watched.broken).toEqual([]);
        }
      }),
      { seed: 20261123, numRuns: 250 },
    );
  });
});
