import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { analyse, compareOutcomes } from './analytics';
import { samples } from './cases/arbitrary';
import { buildElection } from './election';
import { ejrPlusViolations } from './ejr-plus';
import { gini, mean, winnerSet } from './satisfaction';
import { tally } from './tally';
import { toExact } from './fraction';
import type { EqualSharesRule } from './types';

// Properties are tried hundreds of times, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 180_000 });

describe('the Gini coefficient', () => {
  it('is 4/5 when one of five has everything and 1/2 in the textbook case of 75 and 25', () => {
    expect(gini([0n, 100n], [4, 1])).toBe('4/5');
    expect(gini([9n, 1n], [25, 75])).toBe('1/2');
    expect(gini([3n, 3n], [2, 5])).toBe('0');
    expect(gini([0n], [9])).toBe('0');
  });

  it('does not depend on how equal voters are grouped', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { minLength: 1 }), (values) => {
        const single = values.map(BigInt);
        const kinds = [...new Set(values)];
        const counts = kinds.map((kind) => values.filter((value) => value === kind).length);
        expect(gini(kinds.map(BigInt), counts)).toBe(
          gini(
            single,
            values.map(() => 1),
          ),
        );
      }),
    );
  });

  it('leaves the mean of nobody at zero', () => {
    expect(toExact(mean([], []))).toBe('0');
  });
});

const election = buildElection({
  kind: 'approval',
  projects: [
    { id: 'park', cost: 60, district: 'Chilca', categories: ['green'] },
    { id: 'road', cost: 40, district: 'Pilcomayo', categories: ['roads', 'green'] },
    { id: 'lamp', cost: 20, categories: ['light'] },
  ],
  budget: 120,
  ballots: [
    { choices: ['park', 'lamp'], count: 3, district: 'Chilca' },
    { choices: ['road'], count: 1, district: 'El Tambo' },
    { choices: [], count: 1, district: 'El Tambo' },
    { choices: ['lamp'] },
  ],
});

describe('what an outcome means for the voters', () => {
  it('is measured exactly', () => {
    expect(analyse(election, ['park', 'lamp'])).toEqual({
      spentShare: '2/3',
      coverage: '2/3',
      exclusionRatio: '1/3',
      averageProjects: '7/6',
      averageCost: '130/3',
      giniProjects: '17/42',
      giniCost: '35/78',
      votersByProjects: [2, 1, 3],
      // 20 per voter: three reach it (20 + 5), one of 40 wanted gets none, one wants nothing, one 5 of 5.
      fairShareReached: '833333/1000000',
      ejrPlusCost: [],
      ejrPlusCardinality: [],
      districts: [
        {
          name: 'Chilca',
          spent: '60',
          spentShare: '3/4',
          voters: 3,
          spentPerFairPart: '1',
          averageProjects: '2',
        },
        {
          name: 'El Tambo',
          spent: '0',
          spentShare: '0',
          voters: 2,
          spentPerFairPart: '0',
          averageProjects: '0',
        },
        {
          name: 'Pilcomayo',
          spent: '0',
          spentShare: '0',
          voters: 0,
          spentPerFairPart: null,
          averageProjects: '0',
        },
      ],
      categories: [
        { name: 'green', spent: '60', spentShare: '3/4', wantedShare: '541667/1000000' },
        { name: 'roads', spent: '0', spentShare: '0', wantedShare: '166667/1000000' },
        { name: 'light', spent: '20', spentShare: '1/4', wantedShare: '291667/1000000' },
      ],
    });
  });

  it('has an answer for an election without money, projects with support or voters', () => {
    const nothing = buildElection({
      kind: 'approval',
      projects: [{ id: 'a', categories: ['x'] }],
      ballots: [],
    });
    const measured = analyse(nothing, []);
    expect(measured.spentShare).toBeNull();
    expect(measured.coverage).toBe('0');
    expect(measured.fairShareReached).toBe('1');
    const free = buildElection({
      kind: 'approval',
      projects: [
        { id: 'a', categories: ['x'] },
        { id: 'b', cost: 3 },
      ],
      budget: 0,
      ballots: [{ choices: ['a'] }],
    });
    expect(analyse(free, []).categories[0]).toMatchObject({ wantedShare: '0', spentShare: '0' });
  });

  it('refuses a winner that is not in the election', () => {
    expect(() => winnerSet(election, ['z'])).toThrow(RangeError);
  });

  it('tells who is better off with which of two outcomes', () => {
    expect(compareOutcomes(election, ['park', 'lamp'], ['road', 'lamp'])).toEqual({
      onlyFirst: ['park'],
      onlySecond: ['road'],
      betterWithFirst: 3,
      betterWithSecond: 1,
      same: 2,
    });
  });
});

describe('EJR+ up to any project', () => {
  it('finds the supporters whose shares could have bought what they did not get', () => {
    // Half the voters, half the money: greedy gives them nothing.
    const split = buildElection({
      kind: 'approval',
      projects: [
        { id: 'n1', cost: 50 },
        { id: 'n2', cost: 50 },
        { id: 's1', cost: 40 },
        { id: 'none', cost: 1 },
      ],
      budget: 100,
      ballots: [
        { choices: ['n1', 'n2'], count: 6 },
        { choices: ['s1'], count: 5 },
      ],
    });
    const lost = [{ project: 's1', voters: 5 }];
    expect(analyse(split, ['n1', 'n2'])).toMatchObject({
      ejrPlusCost: lost,
      ejrPlusCardinality: lost,
    });
  });

  it.each(['cost', 'cardinality'] as const)(
    'always holds for Equal Shares without completion: %s',
    (utility) => {
      const rule: EqualSharesRule = {
        kind: 'equal-shares',
        utility,
        completion: 'none',
        add1Start: 'floor',
        add1Stop: 'overspend',
        ties: ['file-order'],
      };
      fc.assert(
        fc.property(samples('approval'), ({ election: sample }) => {
          const winners = winnerSet(sample, tally(sample, rule).winners);
          expect(ejrPlusViolations(sample, winners, utility)).toEqual([]);
        }),
        { numRuns: 500 },
      );
    },
  );
});
