import { describe, expect, it } from 'vitest';
import { buildElection } from './election';
import { countPerSol } from './per-sol';

const approvals = (budget: number, costs: number[], ballots: number[][]) =>
  buildElection({
    kind: 'approval',
    projects: costs.map((cost, i) => ({ id: `p${i}`, cost })),
    budget,
    ballots: ballots.map((choices) => ({ choices: choices.map((i) => `p${i}`) })),
  });

const amounts = (...args: Parameters<typeof countPerSol>): string[] =>
  countPerSol(...args).allocations.map(({ amount }) => amount);

describe('knapsack votes counted sol by sol', () => {
  it('pays every sol of the most wanted projects first', () => {
    const election = approvals(
      10,
      [6, 5, 4],
      [
        [0, 1],
        [0, 2],
        [0, 1],
      ],
    );
    expect(countPerSol(election, 'increasing')).toEqual({
      allocations: [
        { id: 'p0', amount: '6' },
        { id: 'p1', amount: '4' },
        { id: 'p2', amount: '0' },
      ],
      left: '0',
      lastLevel: 2,
    });
    expect(countPerSol(approvals(10, [6], [[0]]), 'increasing')).toMatchObject({ left: '4' });
    expect(countPerSol(approvals(0, [6], [[0]]), 'increasing')).toMatchObject({ lastLevel: null });
  });

  it('shares a level that does not fit: smallest first, in proportion, or lowest first', () => {
    const election = approvals(7, [2, 4, 8], [[0, 1, 2]]);
    expect(amounts(election, 'increasing')).toEqual(['2', '4', '1']);
    expect(amounts(election, 'fractional')).toEqual(['1', '2', '4']);
    expect(amounts(election, 'equalizing')).toEqual(['2', '5/2', '5/2']);
    const other = approvals(11, [8, 2, 6, 3], [[0, 1, 2, 3], [3]]);
    expect(amounts(other, 'equalizing')).toEqual(['3', '2', '3', '3']);
  });

  it('takes the points of a ballot as the amounts it gives, at most the cost', () => {
    const election = buildElection({
      kind: 'points',
      projects: [
        { id: 'a', cost: 10 },
        { id: 'b', cost: 10 },
      ],
      budget: 15,
      ballots: [
        { choices: ['a', 'b'], points: [8, 3] },
        { choices: ['a', 'b'], points: [4, 99] },
        { choices: ['a'], points: [0] },
        { choices: ['a'], points: [-2] },
      ],
    });
    // Two want 4 of a and 3 of b; then one wants 4 more of a and 7 more of b, for the 8 left.
    expect(amounts(election, 'increasing')).toEqual(['8', '7']);
    expect(amounts(election, 'equalizing')).toEqual(['15/2', '15/2']);
    // Nobody gives more than the cost, whatever the points say.
    expect(countPerSol({ ...election, budget: 30n }, 'increasing')).toMatchObject({
      allocations: [{ amount: '8' }, { amount: '10' }],
      left: '12',
    });
  });

  it('knows no sols below zero and no level without sols', () => {
    const given = (...points: number[]) =>
      buildElection({
        kind: 'points',
        projects: [{ id: 'a', cost: 10 }],
        budget: 20,
        ballots: points.map((each) => ({ choices: ['a'], points: [each] })),
      });
    expect(amounts(given(5, -2), 'increasing')).toEqual(['5']);
    expect(countPerSol(given(0), 'increasing')).toMatchObject({ lastLevel: null, left: '20' });
  });

  it('pays the smallest chunks first, wherever they stand', () => {
    expect(amounts(approvals(7, [8, 2, 4], [[0, 1, 2]]), 'increasing')).toEqual(['1', '2', '4']);
  });
});
