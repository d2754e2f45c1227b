import { describe, expect, it } from 'vitest';
import { buildElection, ElectionError, type ElectionInput } from './election';

const input = (change: Partial<ElectionInput>): ElectionInput => ({
  kind: 'approval',
  projects: [{ id: 'a', cost: 1 }, { id: 'b' }],
  budget: 3n,
  ballots: [],
  ...change,
});

describe('an election', () => {
  it('groups identical ballots whatever order their choices came in', () => {
    const { profile } = buildElection(
      input({
        ballots: [
          { choices: ['a', 'b'] },
          { choices: ['b', 'a'], count: 2 },
          { choices: ['b'] },
          { choices: [] },
        ],
      }),
    );
    expect([profile.voters, profile.groups]).toEqual([5, 3]);
    expect([...profile.counts]).toEqual([3, 1, 1]);
    expect([...profile.starts]).toEqual([0, 2, 3, 3]);
    expect([...profile.entries]).toEqual([0, 1, 1]);
    expect(profile.districts).toBeNull();
  });

  it('has projects without district and categories unless they are given', () => {
    const { projects } = buildElection(
      input({ projects: [{ id: 'a' }, { id: 'b', cost: 2, district: 'x', categories: ['y'] }] }),
    );
    expect(projects).toEqual([
      { id: 'a', cost: 0n, district: null, categories: [] },
      { id: 'b', cost: 2n, district: 'x', categories: ['y'] },
    ]);
  });

  it('keeps rankings in their order and districts apart', () => {
    const { profile } = buildElection(
      input({
        kind: 'ranking',
        ballots: [
          { choices: ['b', 'a'], district: 'Chilca' },
          { choices: ['a', 'b'], district: 'Chilca' },
          { choices: ['b', 'a'], district: 'El Tambo' },
          { choices: ['b', 'a'], district: 'Chilca' },
          { choices: ['b', 'a'], district: null },
        ],
      }),
    );
    expect([...profile.counts]).toEqual([2, 1, 1, 1]);
    expect([...profile.entries]).toEqual([1, 0, 0, 1, 1, 0, 1, 0]);
    expect([...profile.districts!].map((d) => profile.districtNames[d])).toEqual([
      'Chilca',
      'Chilca',
      'El Tambo',
      '',
    ]);
  });

  it('counts a choice repeated inside a ballot once', () => {
    const { profile } = buildElection(input({ ballots: [{ choices: ['a', 'a', 'b', 'a'] }] }));
    expect([...profile.entries]).toEqual([0, 1]);
  });

  it('keeps groups apart when many ballots crowd the table', () => {
    const projects = Array.from({ length: 40 }, (_, c) => ({ id: `p${c}`, cost: 1 }));
    const ballots = Array.from({ length: 20_000 }, (_, i) => ({
      choices: [`p${i % 40}`, `p${Math.floor(i / 40) % 40}`, `p${Math.floor(i / 1600) % 40}`],
      points: [1, 2, 3],
    }));
    for (const kind of ['ranking', 'points'] as const) {
      const { profile } = buildElection({ kind, projects, budget: 1, ballots });
      const keys = new Set(ballots.map(({ choices }) => key(kind, choices)));
      expect(profile.groups).toBe(keys.size);
      expect(profile.counts.reduce((a, b) => a + b, 0)).toBe(20_000);
    }
    function key(kind: string, choices: readonly string[]): string {
      const once = new Map<string, number>();
      choices.forEach((id, i) => once.has(id) || once.set(id, i + 1));
      const pairs = [...once].map(([id, points]) => (kind === 'points' ? `${id}:${points}` : id));
      return (kind === 'points' ? pairs.sort() : pairs).join();
    }
  });

  it.each<[string, Partial<ElectionInput>, RegExp]>([
    ['two projects with one id', { projects: [{ id: 'a' }, { id: 'a' }] }, /share an id/],
    ['an unknown project', { ballots: [{ choices: ['z'] }] }, /unknown project: z/],
    ['a fractional cost', { projects: [{ id: 'a', cost: 1.5 }] }, /cost of a must be a whole/],
    ['a negative budget', { budget: -1n }, /budget must not be negative/],
    ['points missing', { kind: 'points', ballots: [{ choices: ['a'] }] }, /as many points/],
    [
      'fractional points',
      { kind: 'points', ballots: [{ choices: ['a'], points: [0.5] }] },
      /Points must be/,
    ],
    ['a ballot counted half', { ballots: [{ choices: [], count: 0.5 }] }, /whole number of times/],
    ['a ballot counted no time', { ballots: [{ choices: [], count: 0 }] }, /at least once/],
  ])('is refused with %s', (_what, change, message) => {
    expect(() => buildElection(input(change))).toThrow(ElectionError);
    expect(() => buildElection(input(change))).toThrow(message);
  });
});
