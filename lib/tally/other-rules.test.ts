import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { samples } from './cases/arbitrary';
import { naiveBestSet, naiveMaximin, naivePhragmen } from './cases/brute-force';
import { buildElection } from './election';
import { bestSet, type Item } from './knapsack';
import { tally } from './tally';
import type { TieRule } from './types';

// Properties are tried hundreds of times, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 180_000 });

const ties: TieRule = ['file-order'];

const approvals = (
  budget: number | bigint,
  costs: Record<string, number | bigint>,
  ballots: string[],
) =>
  buildElection({
    kind: 'approval',
    projects: Object.entries(costs).map(([id, cost]) => ({ id, cost })),
    budget,
    ballots: ballots.map((text) => ({ choices: Array.from(text) })),
  });

describe('sequential Phragmén', () => {
  it.each(['stop', 'skip'] as const)('agrees with the naive definition (%s)', (overshoot) => {
    fc.assert(
      fc.property(samples('approval'), ({ election, naive }) => {
        const rank = naive.ids.map((_, c) => c);
        const wanted = naivePhragmen(naive, rank, overshoot).map((c) => naive.ids[c]!);
        expect(tally(election, { kind: 'phragmen', overshoot, ties }).winners).toEqual(wanted);
      }),
      { numRuns: 400 },
    );
  });

  it('ends at the first project that does not fit and says which', () => {
    // a loads two voters with 2 each; b would be next with 3, does not fit; c could, but never gets there.
    const election = approvals(9, { a: 4, b: 6, c: 4 }, ['ab', 'ab', 'c']);
    const result = tally(election, { kind: 'phragmen', ties });
    expect(result.winners).toEqual(['a', 'c']);
    const tight = tally(approvals(6, { a: 4, b: 6, c: 1, d: 9 }, ['ab', 'a', 'b', 'dc', 'd']), {
      kind: 'phragmen',
      ties,
    });
    expect(tight.projects.map(({ outcome }) => outcome)).toEqual([
      { status: 'funded', order: 2, phase: 'main', payment: null },
      { status: 'not-funded', reasons: [{ reason: 'no-money-left', left: '1', missing: '5' }] },
      { status: 'funded', order: 1, phase: 'main', payment: null },
      { status: 'not-funded', reasons: [{ reason: 'above-envelope', budget: '6' }] },
    ]);
    const ended = tally(approvals(6, { a: 5, b: 4, c: 5 }, ['ab', 'a', 'b', 'c']), {
      kind: 'phragmen',
      ties,
    });
    expect(ended.projects[2]!.outcome).toEqual({
      status: 'not-funded',
      reasons: [{ reason: 'walk-ended', endedBy: 'a' }],
    });
  });

  it('buys what nobody supports only when asked to, if all of it fits, as pabutools does', () => {
    const election = approvals(9, { a: 4, b: 3, c: 2 }, ['a']);
    expect(tally(election, { kind: 'phragmen', ties }).winners).toEqual(['a']);
    const fund = { kind: 'phragmen', ties, unsupported: 'fund' } as const;
    expect(tally(election, fund).winners).toEqual(['a', 'b', 'c']);
    expect(tally(approvals(8, { a: 4, b: 5, c: 2 }, ['a']), fund).winners).toEqual(['a']);
  });

  it('reports a tie', () => {
    const result = tally(approvals(9, { a: 4, b: 4 }, ['a', 'b']), {
      kind: 'phragmen',
      ties: ['lot:x'],
    });
    expect(result.ties).toMatchObject([{ place: 1, tied: ['a', 'b'], decidedBy: 'lot:x' }]);
  });
});

describe('maximin support', () => {
  it('agrees with Hall’s condition over all subsets', () => {
    fc.assert(
      fc.property(samples('approval'), ({ election, naive }) => {
        const rank = naive.ids.map((_, c) => c);
        const wanted = naiveMaximin(naive, rank).map((c) => naive.ids[c]!);
        expect(tally(election, { kind: 'maximin-support', ties }).winners).toEqual(wanted);
      }),
      { numRuns: 400 },
    );
  });

  it('decides the same when amounts are too large for doubles', () => {
    fc.assert(
      fc.property(samples('approval'), ({ input, ballots, election }) => {
        const rule = { kind: 'maximin-support', ties } as const;
        const scale = 10n ** 15n + 37n;
        // Unequal offsets keep the costs from having a large common divisor.
        const large = buildElection({
          ...input,
          ballots,
          budget: election.budget * scale,
          projects: election.projects.map(({ id, cost }) => ({ id, cost: cost * scale })),
        });
        const odd = buildElection({
          ...input,
          ballots,
          budget: election.budget * scale,
          projects: [
            ...election.projects.map(({ id, cost }) => ({ id, cost: cost * scale })),
            { id: 'odd', cost: 1 },
          ],
        });
        const wanted = tally(election, rule).winners;
        expect(tally(large, rule).winners).toEqual(wanted);
        expect(tally(odd, rule).winners).toEqual(wanted);
      }),
    );
  });

  it('shares costs out anew: a supporter of two is relieved by those who support one', () => {
    // Voter 1 supports all; a and b can be carried by the others, so the load stays at 2.
    const election = approvals(12, { a: 4, b: 4, c: 4 }, ['abc', 'a', 'b', 'c']);
    const result = tally(election, { kind: 'maximin-support', ties });
    expect(result.winners).toEqual(['a', 'b', 'c']);
    expect(result.ties.map(({ tied }) => tied)).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
    ]);
  });

  it('is the set that the tie rule prefers, in its order', () => {
    const two = approvals(4, { z: 2, y: 2, x: 2 }, ['xyz']);
    const result = tally(two, {
      kind: 'max-welfare',
      utility: 'cardinality',
      ties: ['project-id'],
    });
    expect(result.winners).toEqual(['x', 'y']);
    expect(result.ties).toEqual([]);
  });

  it('says why a project was left out', () => {
    const election = approvals(5, { a: 4, b: 6, c: 3, d: 1 }, ['abc']);
    const { projects } = tally(election, { kind: 'maximin-support', ties });
    expect(projects.map(({ outcome }) => outcome.status)).toEqual([
      'not-funded',
      'not-funded',
      'funded',
      'not-funded',
    ]);
    expect(projects.map(({ outcome }) => ('reasons' in outcome ? outcome.reasons : null))).toEqual([
      [{ reason: 'no-money-left', left: '2', missing: '2' }],
      [{ reason: 'above-envelope', budget: '5' }],
      null,
      [{ reason: 'unsupported' }],
    ]);
  });
});

describe('max welfare', () => {
  it.each([
    ['cost', 'approval'],
    ['cardinality', 'approval'],
    ['points', 'points'],
    ['points-cost', 'ranking'],
  ] as const)('is the best of all sets, and the lexicographic one: %s on %s', (utility, kind) => {
    fc.assert(
      fc.property(samples(kind), ({ election, naive }) => {
        const total = (c: number): bigint =>
          naive.weights.reduce((sum, weights) => sum + weights[c]!, 0n) *
          (utility.endsWith('cost') ? naive.costs[c]! : 1n);
        const wanted = naiveBestSet(naive, total);
        const result = tally(election, { kind: 'max-welfare', utility, ties });
        expect(result.welfare).toBe(wanted.value.toString());
        const indexes = result.winners.map((id) => naive.ids.indexOf(id));
        expect(indexes.sort((a, b) => a - b)).toEqual(wanted.set);
      }),
      { numRuns: 300 },
    );
  });

  it('says why a project was left out', () => {
    const { projects, winners } = tally(
      approvals(5, { a: 5, b: 6, c: 3, d: 2, e: 1 }, ['abcd', 'cd']),
      {
        kind: 'max-welfare',
        utility: 'cardinality',
        ties,
      },
    );
    expect(winners).toEqual(['c', 'd']);
    expect(projects.map(({ outcome }) => ('reasons' in outcome ? outcome.reasons : null))).toEqual([
      [{ reason: 'not-in-best-set' }],
      [{ reason: 'above-envelope', budget: '5' }],
      null,
      null,
      [{ reason: 'unsupported' }],
    ]);
  });

  it('is the same in big integers as in doubles', () => {
    const item = fc.record({ cost: fc.nat(40), value: fc.nat(40) });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 12 }), fc.nat(150), (raw, capacity) => {
        const scale = 2n ** 60n;
        const items = raw.map(({ cost, value }): Item => ({
          cost: BigInt(cost),
          value: BigInt(value),
        }));
        // One more unit on each cost breaks the common divisor and changes nothing that fits.
        const large = items.map(({ cost, value }) => ({
          cost: cost * scale + (cost > 0n ? 1n : 0n),
          value: value * scale,
        }));
        const small = bestSet(items, BigInt(capacity));
        const big = bestSet(large, BigInt(capacity) * scale + 1000n);
        expect(big.chosen).toEqual(small.chosen);
        expect(big.value).toBe(small.value * scale);
      }),
    );
  });
});
