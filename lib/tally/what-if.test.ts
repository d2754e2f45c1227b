import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { samples } from './cases/arbitrary';
import { buildElection } from './election';
import { tally } from './tally';
import type { FundingRule } from './types';
import { whatIf, withCost, withSupporters } from './what-if';

// Properties are tried hundreds of times, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 180_000 });

const greedy: FundingRule = { kind: 'greedy', utility: 'points-cost', ties: ['file-order'] };
const shares: FundingRule = {
  kind: 'equal-shares',
  utility: 'points-cost',
  completion: 'add1+greedy',
  add1Start: 'floor',
  add1Stop: 'overspend',
  ties: ['file-order'],
};

describe('what would have funded a project', () => {
  const election = buildElection({
    kind: 'approval',
    projects: [
      { id: 'a', cost: 600 },
      { id: 'b', cost: 550 },
      { id: 'huge', cost: 2000 },
    ],
    budget: 1000,
    ballots: [{ choices: ['a'], count: 5 }, { choices: ['b', 'huge'], count: 2 }, { choices: [] }],
  });

  it('is three more supporters and one for the tie, or a cost that fits in what was left', () => {
    expect(whatIf(election, greedy, 'b')).toEqual({
      id: 'b',
      moreSupporters: 4,
      fundedAtCost: '400',
    });
  });

  it('is no number of supporters for a project above the envelope', () => {
    expect(whatIf(election, greedy, 'huge')).toMatchObject({ moreSupporters: null });
  });

  it('is nothing when even one sol is too much', () => {
    const poor = buildElection({
      kind: 'approval',
      projects: [
        { id: 'a', cost: 1000 },
        { id: 'b', cost: 100 },
        { id: 'c', cost: 900 },
      ],
      budget: 1000,
      ballots: [{ choices: ['a', 'b'] }, { choices: ['a', 'c'] }],
    });
    expect(whatIf(poor, greedy, 'b').fundedAtCost).toBeNull();
    expect(whatIf(poor, greedy, 'c').fundedAtCost).toBeNull();
    const conflict: FundingRule = { ...greedy, threshold: 1, ceilings: { districts: {} } };
    const never: FundingRule = { ...conflict, ceilings: { categories: { x: '0' } } };
    const closed = buildElection({
      kind: 'approval',
      projects: [{ id: 'a', cost: 500, categories: ['x'] }],
      budget: 1000,
      ballots: [{ choices: ['a'] }],
    });
    expect(whatIf(closed, never, 'a')).toEqual({
      id: 'a',
      moreSupporters: null,
      fundedAtCost: null,
    });
  });

  it('refuses a project that is not in the election', () => {
    expect(() => whatIf(election, greedy, 'z')).toThrow(RangeError);
  });

  it.each([
    ['greedy', greedy],
    ['Equal Shares', shares],
  ])('is true when tried, and one step less is not: %s', (_name, rule) => {
    fc.assert(
      fc.property(
        fc.oneof(samples('approval'), samples('points'), samples('ranking')),
        ({ election: sample }) => {
          const { winners } = tally(sample, rule);
          const c = sample.projects.findIndex(({ id }) => !winners.includes(id));
          if (c === -1) return;
          const { id } = sample.projects[c]!;
          const answer = whatIf(sample, rule, id);
          const funded = (changed: typeof sample): boolean =>
            tally(changed, rule).winners.includes(id);
          if (answer.moreSupporters !== null) {
            expect(funded(withSupporters(sample, c, answer.moreSupporters))).toBe(true);
            if (answer.moreSupporters > 1) {
              expect(funded(withSupporters(sample, c, answer.moreSupporters - 1))).toBe(false);
            }
          }
          if (answer.fundedAtCost !== null) {
            const cost = BigInt(answer.fundedAtCost);
            expect(funded(withCost(sample, c, cost))).toBe(true);
            expect(funded(withCost(sample, c, cost + sample.unitsPerCurrency))).toBe(false);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('adds supporters of no district, with the most points anybody gave', () => {
    const { election: points } = {
      election: buildElection({
        kind: 'points',
        projects: [{ id: 'a', cost: 1 }],
        budget: 1,
        ballots: [{ choices: ['a'], points: [7], district: 'Chilca' }],
      }),
    };
    const { profile } = withSupporters(points, 0, 3);
    expect([...profile.points!]).toEqual([7, 7]);
    expect([...profile.districts!]).toEqual([1, 0]);
    expect(profile.voters).toBe(4);
  });
});
