import { describe, expect, it } from 'vitest';
import { buildElection, type ProjectInput } from './election';
import { tally } from './tally';
import type { GreedyRule } from './types';

const rule = (change: Partial<GreedyRule> = {}): GreedyRule => ({
  kind: 'greedy',
  utility: 'cost',
  ties: ['file-order'],
  ...change,
});

/** Five projects with 5, 4, 3, 2 and 1 votes. */
const falling = (budget: number, projects: ProjectInput[], unit = 1) =>
  buildElection({
    kind: 'approval',
    projects,
    budget,
    unitsPerCurrency: unit,
    ballots: [5, 4, 3, 2, 1].map((_, i) => ({
      choices: projects.slice(0, 5 - i).map(({ id }) => id),
    })),
  });

const costs = (...list: number[]): ProjectInput[] => list.map((cost, i) => ({ id: `p${i}`, cost }));

const reasons = (election: Parameters<typeof tally>[0], change: Partial<GreedyRule>) =>
  tally(election, rule(change)).projects.map(({ outcome }) =>
    outcome.status === 'funded' ? outcome.order : outcome.reasons,
  );

describe('greedy without skipping', () => {
  it('ends at the first project that does not fit', () => {
    expect(reasons(falling(10, costs(6, 5, 4, 1, 1)), { walk: 'no-skip' })).toEqual([
      1,
      [{ reason: 'no-money-left', left: '4', missing: '1' }],
      [{ reason: 'walk-ended', endedBy: 'p1' }],
      [{ reason: 'walk-ended', endedBy: 'p1' }],
      [{ reason: 'walk-ended', endedBy: 'p1' }],
    ]);
  });

  it('passes over a project marked as withdrawn by its cost', () => {
    const election = falling(1000, costs(600, 99_999_999_900, 400, 1, 1), 100);
    expect(tally(election, rule({ walk: 'no-skip' })).winners).toEqual(['p0', 'p2']);
  });

  it('may fund the next ones that fit with the rest', () => {
    const election = falling(10, costs(6, 5, 4, 1, 1));
    expect(tally(election, rule({ walk: 'no-skip', leftover: 'next-that-fits' })).winners).toEqual([
      'p0',
      'p2',
    ]);
  });
});

describe('a score threshold', () => {
  it('is inclusive', () => {
    expect(reasons(falling(99, costs(1, 1, 1, 1, 1)), { threshold: 3 })).toEqual([
      1,
      2,
      3,
      [{ reason: 'below-threshold', score: '2', threshold: '3' }],
      [{ reason: 'below-threshold', score: '1', threshold: '3' }],
    ]);
  });
});

describe('what nobody supports', () => {
  it('is left out unless asked for', () => {
    const election = falling(9, [...costs(1, 1, 1, 1, 1), { id: 'none', cost: 1 }]);
    expect(tally(election, rule()).winners).not.toContain('none');
    expect(tally(election, rule({ unsupported: 'fund' })).winners.at(-1)).toBe('none');
    const shares = {
      kind: 'equal-shares',
      utility: 'cost',
      completion: 'greedy',
      add1Start: 'floor',
      add1Stop: 'overspend',
      ties: ['file-order'],
    } as const;
    expect(tally(election, shares).winners).not.toContain('none');
    expect(tally(election, { ...shares, unsupported: 'fund' }).winners.at(-1)).toBe('none');
  });
});

describe('the money left over', () => {
  it('pays part of the best project that was only too dear', () => {
    const result = tally(falling(10, costs(6, 5, 3, 9, 1)), rule({ leftover: 'partial' }));
    expect(result.winners).toEqual(['p0', 'p2', 'p4']);
    expect([result.cost, result.left]).toEqual(['10', '0']);
    const short = tally(falling(11, costs(6, 5, 3, 9, 1)), rule({ leftover: 'partial' }));
    expect(short.winners).toEqual(['p0', 'p1']);
    const some = tally(falling(10, costs(6, 5, 3, 9, 2)), rule({ leftover: 'partial' }));
    expect(some.projects[1]!.outcome).toEqual({
      status: 'not-funded',
      reasons: [{ reason: 'no-money-left', left: '4', missing: '1' }],
      partly: '1',
    });
    expect([some.cost, some.left]).toEqual(['10', '0']);
  });

  it('pays no part of anything when all that was left out is out for another reason', () => {
    const result = tally(falling(10, costs(1, 1, 1, 1, 99)), rule({ leftover: 'partial' }));
    expect(result.left).toBe('6');
  });
});

describe('ceilings', () => {
  it('bound what a category may cost, in each of its categories', () => {
    const election = falling(99, [
      { id: 'a', cost: 4, categories: ['green'] },
      { id: 'b', cost: 4, categories: ['green', 'sport'] },
      { id: 'c', cost: 4, categories: ['sport'] },
      { id: 'd', cost: 2, categories: ['green', 'other'] },
    ]);
    expect(reasons(election, { ceilings: { categories: { green: '7', sport: '4' } } })).toEqual([
      1,
      [{ reason: 'category-full', category: 'green', left: '3' }],
      2,
      3,
    ]);
  });

  it('bound what a district may cost', () => {
    const election = falling(99, [
      { id: 'a', cost: 4, district: 'Chilca' },
      { id: 'b', cost: 4, district: 'Chilca' },
      { id: 'c', cost: 4, district: 'Sapallanga' },
      { id: 'd', cost: 4 },
    ]);
    expect(reasons(election, { ceilings: { districts: { Chilca: '5' } } })).toEqual([
      1,
      [{ reason: 'district-full', district: 'Chilca', left: '1' }],
      2,
      3,
    ]);
  });
});

describe('projects that exclude each other', () => {
  it('leave only the best scored of a set', () => {
    const election = falling(99, costs(1, 1, 1, 1, 1));
    expect(
      reasons(election, {
        conflicts: [
          ['p1', 'p0', 'p3'],
          ['p3', 'p2'],
        ],
      }),
    ).toEqual([
      1,
      [{ reason: 'conflict', with: 'p0' }],
      2,
      [{ reason: 'conflict', with: 'p0' }],
      3,
    ]);
  });
});
