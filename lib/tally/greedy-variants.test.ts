import { describe, expect, it } from 'vitest';
import { buildElection, type ProjectInput } from './election';
import { greedyContest, walkGreedy } from './greedy';
import { tally } from './tally';
import type { GreedyRule, TieRule } from './types';

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

  it('ends at a project that is dear but not withdrawn', () => {
    const election = falling(1000, costs(600, 20_000_000, 400, 1, 1), 100);
    expect(tally(election, rule({ walk: 'no-skip' })).winners).toEqual(['p0']);
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

  it('pays part of one that came after the end of the walk, if the whole would not fit', () => {
    // The second ends the walk: no money would do for it. The third would have fitted, the fourth not.
    const election = falling(10, costs(6, 11, 4, 5, 1));
    const result = tally(election, rule({ walk: 'no-skip', leftover: 'partial' }));
    expect(result.winners).toEqual(['p0']);
    expect(result.projects.map(({ outcome }) => 'partly' in outcome && outcome.partly)).toEqual([
      false,
      false,
      false,
      '4',
      false,
    ]);
  });

  it('pays nobody a part of nothing, nor where nobody asked for it', () => {
    const used = tally(falling(10, costs(10, 5, 5, 5, 5)), rule({ leftover: 'partial' }));
    const unasked = tally(falling(10, costs(6, 5, 5, 5, 5)), rule());
    for (const { projects } of [used, unasked]) {
      expect(projects.some(({ outcome }) => 'partly' in outcome)).toBe(false);
    }
    expect([unasked.cost, unasked.left]).toEqual(['6', '4']);
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

  it('let pass what costs exactly what is left of them', () => {
    const election = falling(99, [
      { id: 'a', cost: 4, district: 'Chilca', categories: ['green'] },
      { id: 'b', cost: 3, district: 'Chilca', categories: ['green'] },
      { id: 'c', cost: 1, district: 'Chilca', categories: ['green'] },
    ]);
    for (const ceilings of [{ districts: { Chilca: '7' } }, { categories: { green: '7' } }]) {
      const { winners, ties } = tally(election, rule({ ceilings }));
      expect(winners).toEqual(['a', 'b']);
      // What a ceiling kept out lost to no equal.
      expect(ties).toEqual([]);
    }
  });

  it('count what was funded before the walk, out of other money', () => {
    const election = falling(99, [
      { id: 'a', cost: 4, categories: ['green'] },
      { id: 'b', cost: 4, categories: ['green'] },
      { id: 'c', cost: 4 },
    ]);
    const contest = greedyContest(election, 'cost', ['file-order']);
    const options = { ceilings: { categories: { green: '7' } }, conflicts: [['p', 'a', 'c']] };
    expect(walkGreedy(contest, 99n, options, new Set([0])).bought).toEqual([]);
    expect(walkGreedy(contest, 99n, options).bought).toEqual([0]);
    expect(walkGreedy(contest, 99n, {}, new Set([0])).bought).toEqual([1, 2]);
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

describe('the ties of greedy', () => {
  const pairs = (ids: readonly string[], cost: number[], budget: number, ties: TieRule) => {
    const election = buildElection({
      kind: 'approval',
      projects: ids.map((id, i) => ({ id, cost: cost[i]! })),
      budget,
      ballots: [
        { choices: ids.slice(0, 2), count: 5 },
        { choices: ids.slice(2, 4), count: 3 },
        { choices: ids.slice(4) },
      ],
    });
    return tally(election, rule({ ties }));
  };

  it('are those in which the order decided who was funded, each at its place', () => {
    expect(pairs(['a', 'b', 'd', 'c', 'e'], [6, 5, 4, 4, 1], 15, ['project-id'])).toMatchObject({
      winners: ['a', 'b', 'c'],
      ties: [
        // In official order, whatever the order of purchase.
        { place: 3, tied: ['d', 'c'], chosen: 'c', decidedBy: 'project-id', mattered: true },
      ],
    });
  });

  it('are none where all of a kind were funded, or none would have fitted', () => {
    expect(pairs(['a', 'b', 'c', 'd', 'e'], [6, 5, 9, 9, 1], 15, ['file-order']).ties).toEqual([]);
  });

  it('are seen between equal votes for the same money', () => {
    const election = buildElection({
      kind: 'approval',
      projects: [
        { id: 'a', cost: 4 },
        { id: 'b', cost: 2 },
      ],
      budget: 4,
      ballots: [{ choices: ['a', 'b'] }, { choices: ['a'] }],
    });
    const { winners, ties } = tally(
      election,
      rule({ utility: 'cardinality', ties: ['min-cost', 'file-order'] }),
    );
    expect(winners).toEqual(['b']);
    expect(ties).toEqual([
      { place: 1, tied: ['a', 'b'], chosen: 'b', decidedBy: 'min-cost', mattered: true },
    ]);
  });

  it('never put what is free and unwanted before what is wanted', () => {
    for (const projects of [
      [{ id: 'free' }, { id: 'wanted', cost: 2 }],
      [{ id: 'wanted', cost: 2 }, { id: 'free' }],
    ]) {
      for (const given of [0, -1]) {
        const election = buildElection({
          kind: 'points',
          projects,
          budget: 4,
          ballots: [{ choices: ['free', 'wanted'], points: [given, 1] }],
        });
        const perPoint = rule({ utility: 'points', unsupported: 'fund' });
        expect(tally(election, perPoint).winners).toEqual(['wanted', 'free']);
      }
    }
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
