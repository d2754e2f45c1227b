import { describe, expect, it } from 'vitest';
import { BallotGrouper, hashOfBallot } from './grouping';

interface Ballot {
  readonly entries: readonly number[];
  readonly points: readonly number[];
  readonly district: number;
}

const columns = ({ entries, points, district }: Ballot) =>
  [Uint32Array.from(entries), Float64Array.from(points), entries.length, district] as const;
const hashOf = (ballot: Ballot): number => hashOfBallot(...columns(ballot));

/** The hash multiplies the last points in by this odd number, which can be undone modulo 2^32. */
const MULTIPLIER = 0xc2b2ae35;
let inverse = 1;
for (let i = 0; i < 5; i++) inverse = Math.imul(inverse, 2 - Math.imul(MULTIPLIER, inverse));
const beforePoints = (hash: number): number => Math.imul(hash ^ (hash >>> 16), inverse);

/** The same ballot with other last points, so that its hash is that of another. */
function twinOf(other: Ballot, ballot: Omit<Ballot, 'points'>): Ballot {
  const points = ballot.entries.map((_, i) => other.points[i] ?? 0).with(-1, 0);
  const last = beforePoints(hashOf(other)) ^ beforePoints(hashOf({ ...ballot, points }));
  return { ...ballot, points: points.with(-1, last) };
}

const ballot: Ballot = { entries: [3, 8], points: [2, 1], district: 1 };

describe('ballots whose hashes are the same', () => {
  it.each<[string, Ballot]>([
    ['projects', twinOf(ballot, { entries: [3, 9], district: 1 })],
    ['districts', twinOf(ballot, { entries: [3, 8], district: 2 })],
    ['lengths', twinOf(ballot, { entries: [3], district: 1 })],
    ['points', { ...ballot, points: [2, 1 + 2 ** 32] }],
  ])('are kept apart by their %s', (_what, twin) => {
    expect(hashOf(twin)).toBe(hashOf(ballot));
    const grouper = new BallotGrouper('points');
    const groups = [ballot, twin, ballot, twin].map((each) => grouper.add(...columns(each), 1));
    expect(groups).toEqual([0, 1, 0, 1]);
    const { counts, voters } = grouper.finish([]);
    expect([...counts, voters]).toEqual([2, 2, 4]);
  });
});
