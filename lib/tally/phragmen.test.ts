import { describe, expect, it } from 'vitest';
import { buildElection } from './election';
import { tally } from './tally';
import type { PhragmenRule } from './types';

const rule: PhragmenRule = { kind: 'phragmen', ties: ['file-order'] };

const approvals = (
  budget: number | bigint,
  costs: Record<string, number | bigint>,
  ballots: Record<string, number>,
) =>
  buildElection({
    kind: 'approval',
    projects: Object.entries(costs).map(([id, cost]) => ({ id, cost })),
    budget,
    ballots: Object.entries(ballots).map(([choices, count]) => ({
      choices: Array.from(choices),
      count,
    })),
  });

/** Costs whose difference no double shows, times three voters. */
const HUGE = 3n * 2n ** 60n;

describe('the loads of sequential Phragmén', () => {
  it('stay exact when they were set over thirds and over sevenths', () => {
    // a loads its three voters with 1/3, b its seven with 1/7. Then x would bring its three to
    // (2 + 1)/3 and y its seven to (6 + 1)/7: both to 1, a tie that only exact loads show.
    const election = approvals(30, { y: 6, x: 2, a: 1, b: 1 }, { ax: 3, by: 7 });
    const result = tally(election, rule);
    expect(result.winners).toEqual(['b', 'a', 'y', 'x']);
    expect(result.ties).toEqual([
      { place: 3, tied: ['y', 'x'], chosen: 'y', decidedBy: 'file-order', mattered: true },
    ]);
    expect(result.kind).toBe('funding');
  });

  it.each([
    ['first', { a: HUGE, b: HUGE + 1n }, ['a', 'b']],
    ['last', { a: HUGE + 1n, b: HUGE }, ['b', 'a']],
  ])('are told apart where doubles are equal: the lighter is %s', (_place, costs, winners) => {
    const result = tally(approvals(3n * HUGE, costs, { a: 3, b: 3 }), rule);
    expect(result.winners).toEqual(winners);
    expect(result.ties).toEqual([]);
    expect(result.exactFallbacks).toBe(1);
  });

  it('are compared in doubles alone where those are far apart', () => {
    const election = approvals(30, { a: 3, b: 6, c: 7, d: 2 }, { ab: 3, bc: 2, d: 1 });
    expect(tally(election, rule)).toMatchObject({
      winners: ['a', 'b', 'd', 'c'],
      exactFallbacks: 0,
      ties: [],
    });
  });

  it('are carried by all who name a project, whatever points they give it', () => {
    const election = buildElection({
      kind: 'points',
      projects: [{ id: 'a', cost: 3 }],
      budget: 3,
      ballots: [{ choices: ['a'], points: [0] }],
    });
    expect(tally(election, rule).winners).toEqual(['a']);
  });
});

describe('a project without supporters in sequential Phragmén', () => {
  const election = approvals(9, { none: 3, free: 0, a: 4 }, { a: 2 });

  it('is left out as such', () => {
    expect(tally(election, rule).projects.map(({ outcome }) => outcome)).toEqual([
      { status: 'not-funded', reasons: [{ reason: 'unsupported' }] },
      { status: 'not-funded', reasons: [{ reason: 'unsupported' }] },
      { status: 'funded', order: 1, phase: 'main', payment: null },
    ]);
  });

  it('is funded last if asked for, free ones too', () => {
    const result = tally(election, { ...rule, unsupported: 'fund' });
    expect(result.winners).toEqual(['a', 'none', 'free']);
    expect(result.exactFallbacks).toBe(0);
  });
});
