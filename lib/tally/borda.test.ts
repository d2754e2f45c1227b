import { describe, expect, it } from 'vitest';
import { buildElection } from './election';
import { tally } from './tally';

const rows = (ids: string[], ballots: { choices: string[]; count?: number }[]) =>
  buildElection({ kind: 'ranking', projects: ids.map((id) => ({ id })), ballots });

describe('Borda', () => {
  it('gives the first of five slots 5 points however many the ballot fills', () => {
    const election = rows(['a', 'b', 'c'], [{ choices: ['a'] }, { choices: ['b', 'c'] }]);
    const { ranking } = tally(election, { kind: 'borda', slots: 5, ties: ['file-order'] });
    expect(ranking.map(({ id, score }) => [id, score])).toEqual([
      ['a', 5],
      ['b', 5],
      ['c', 4],
    ]);
  });

  it('gives the first of a ballot of k its k when the ballot length counts', () => {
    const election = rows(['a', 'b', 'c'], [{ choices: ['a'] }, { choices: ['b', 'c'] }]);
    const rule = { kind: 'borda', slots: 'ballot-length', ties: ['file-order'] } as const;
    expect(tally(election, rule).ranking.map(({ id, score }) => [id, score])).toEqual([
      ['b', 2],
      ['a', 1],
      ['c', 1],
    ]);
  });

  it('gives each place what a list says, and nothing beyond it', () => {
    const election = rows(['a', 'b', 'c'], [{ choices: ['a', 'b', 'c'] }]);
    const { ranking } = tally(election, { kind: 'borda', slots: [10, 5], ties: ['file-order'] });
    expect(ranking.map(({ score }) => score)).toEqual([10, 5, 0]);
  });

  it('puts before the one with more second places when first places are equal', () => {
    // b: first once and second once; a: first once and third twice. Six points each.
    const election = rows(
      ['a', 'b', 'c', 'd'],
      [{ choices: ['a', 'b'] }, { choices: ['b', 'c', 'a'] }, { choices: ['c', 'd', 'a'] }],
    );
    const rule = { kind: 'borda', slots: [4, 2, 1], ties: ['file-order'] } as const;
    const { ranking, ties } = tally(election, rule);
    expect(ranking.map(({ id, score }) => [id, score])).toEqual([
      ['b', 6],
      ['c', 6],
      ['a', 6],
      ['d', 2],
    ]);
    expect(ties).toEqual([
      { place: 1, tied: ['b', 'c'], chosen: 'b', decidedBy: 'file-order', mattered: true },
    ]);
  });

  it('names the tied in official order, whatever the tie rule made of them', () => {
    const election = rows(['c', 'a', 'b'], [{ choices: [] }]);
    const { ranking, ties } = tally(election, { kind: 'borda', slots: 3, ties: ['project-id'] });
    expect(ranking.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(ties).toMatchObject([{ tied: ['c', 'a', 'b'], chosen: 'a' }]);
  });

  it('compares places that only one of two was ever given', () => {
    // All equal in points; a and b were put in second place, the others never anywhere.
    const election = rows(['d', 'b', 'c', 'a'], [{ choices: ['a', 'b'] }, { choices: ['b', 'a'] }]);
    const { ranking } = tally(election, { kind: 'borda', slots: [0], ties: ['file-order'] });
    expect(ranking.map(({ id }) => id)).toEqual(['b', 'a', 'd', 'c']);
    const other = rows(['x', 'y'], [{ choices: ['y', 'x'] }, { choices: ['x'] }]);
    const longer = tally(other, { kind: 'borda', slots: [0], ties: ['file-order'] });
    expect(longer.ranking.map(({ id }) => id)).toEqual(['x', 'y']);
  });

  it('gives nothing to places beyond the slots', () => {
    const election = rows(['a', 'b', 'c'], [{ choices: ['a', 'b', 'c'] }]);
    const { ranking } = tally(election, { kind: 'borda', slots: 2, ties: ['file-order'] });
    expect(ranking.map(({ score }) => score)).toEqual([2, 1, 0]);
    expect(ranking[2]!.places).toEqual([0, 0, 1]);
  });

  it('breaks equal scores by first places, then second, then by the lot', () => {
    // x: 5 + 3, y: 4 + 4, both 8: x has a first place.
    const election = rows(
      ['y', 'x', 'u', 'v'],
      [{ choices: ['x', 'y', 'u'] }, { choices: ['v', 'y', 'x'] }],
    );
    const result = tally(election, { kind: 'borda', slots: 5, ties: ['lot:2027'] });
    expect(result.ranking.map(({ id }) => id)).toEqual(['x', 'y', 'v', 'u']);
    expect(result.ties).toEqual([]);
    const tied = tally(rows(['m', 'n'], [{ choices: ['m'] }, { choices: ['n'] }]), {
      kind: 'borda',
      slots: 5,
      ties: ['lot:2027'],
    });
    expect(tied.ties).toEqual([
      {
        place: 1,
        tied: ['m', 'n'],
        chosen: tied.ranking[0]!.id,
        decidedBy: 'lot:2027',
        mattered: true,
      },
    ]);
  });

  it('refuses ballots without an order', () => {
    const election = buildElection({ kind: 'approval', projects: [{ id: 'a' }], ballots: [] });
    expect(() => tally(election, { kind: 'borda', slots: 5, ties: ['file-order'] })).toThrow(
      RangeError,
    );
  });
});
