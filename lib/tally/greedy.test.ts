import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { samples } from './cases/arbitrary';
import { naiveGreedy } from './cases/naive';
import { buildElection } from './election';
import { tally } from './tally';
import type { GreedyRule } from './types';

// Properties are tried hundreds of times, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 180_000 });

const rule = (change: Partial<GreedyRule> = {}): GreedyRule => ({
  kind: 'greedy',
  utility: 'cost',
  ties: ['file-order'],
  ...change,
});

const approvals = (budget: number, projects: [string, number][], ballots: string[][]) =>
  buildElection({
    kind: 'approval',
    projects: projects.map(([id, cost]) => ({ id, cost })),
    budget,
    ballots: ballots.map((choices) => ({ choices })),
  });

describe('greedy', () => {
  it('skips what does not fit and says how much was missing', () => {
    const election = approvals(
      10,
      [
        ['a', 6],
        ['b', 5],
        ['c', 4],
        ['d', 11],
        ['e', 1],
      ],
      [
        ['a', 'b', 'c', 'd'],
        ['a', 'b'],
        ['a', 'b'],
        ['a', 'd'],
      ],
    );
    const result = tally(election, rule());
    expect(result.winners).toEqual(['a', 'c']);
    expect(result.projects.map(({ outcome }) => outcome)).toEqual([
      { status: 'funded', order: 1, phase: 'main', payment: null },
      { status: 'not-funded', reasons: [{ reason: 'no-money-left', left: '4', missing: '1' }] },
      { status: 'funded', order: 2, phase: 'main', payment: null },
      { status: 'not-funded', reasons: [{ reason: 'above-envelope', budget: '10' }] },
      { status: 'not-funded', reasons: [{ reason: 'unsupported' }] },
    ]);
    expect([result.cost, result.left]).toEqual(['10', '0']);
  });

  it('reports a tie only when somebody lost by it', () => {
    const projects: [string, number][] = [
      ['a', 5],
      ['b', 5],
      ['c', 99],
    ];
    const ballots = [['a', 'b', 'c']];
    expect(tally(approvals(10, projects, ballots), rule()).ties).toEqual([]);
    expect(tally(approvals(5, projects, ballots), rule({ ties: ['project-id'] })).ties).toEqual([
      { place: 1, tied: ['a', 'b'], chosen: 'a', decidedBy: 'project-id', mattered: true },
    ]);
  });

  it.each(['approval', 'points', 'ranking'] as const)(
    'agrees with the naive definition on %s ballots',
    (kind) => {
      fc.assert(
        fc.property(samples(kind), fc.boolean(), ({ election, naive }, perCost) => {
          const utility = perCost ? 'points' : 'points-cost';
          const rank = naive.ids.map((_, c) => c);
          const expected = naiveGreedy(naive, perCost, rank).map((c) => naive.ids[c]!);
          expect(tally(election, rule({ utility })).winners).toEqual(expected);
        }),
      );
    },
  );
});
