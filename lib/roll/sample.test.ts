import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { residentSalt, RollLeaves } from './commitment';
import { drawSample, isOnRoll, type OpenedRow } from './sample';

const SALT = Buffer.alloc(32, 7);

function rollOf(size: number) {
  const people = Array.from({ length: size }, (_, index) => ({
    id: `person-${index}`,
    dniHash: createHash('sha256').update(`dni ${index}`).digest(),
  }));
  const leaves = new RollLeaves(size);
  for (const one of people) leaves.add(SALT, one);
  return { people, leaves };
}

function openedAll({ people, leaves }: ReturnType<typeof rollOf>): OpenedRow[] {
  const places = people.map((_, place) => place);
  return leaves.open(places).map(({ added, path }, index) => {
    const { id, dniHash } = people[added]!;
    const salt = residentSalt(SALT, id).toString('hex');
    return { group: '120101', index, salt, dniHash: dniHash.toString('hex'), path };
  });
}

describe('a row that is opened', () => {
  it('stands on the roll that the manifest names, whatever its size and place', async () => {
    for (let size = 1; size <= 70; size += 1) {
      const roll = rollOf(size);
      const root = await roll.leaves.root();
      expect(openedAll(roll).filter((row) => !isOnRoll(row, size, root))).toEqual([]);
    }
  });

  it('does not once anything in it is changed, or the roll is said to be another', async () => {
    const size = 41;
    const roll = rollOf(size);
    const root = await roll.leaves.root();
    const rows = openedAll(roll);
    const other = await rollOf(size + 1).leaves.root();
    fc.assert(
      fc.property(fc.nat(size - 1), fc.nat(63), (index, digit) => {
        const row = rows[index]!;
        const touch = (hex: string) =>
          hex.slice(0, digit) + (hex[digit] === '0' ? '1' : '0') + hex.slice(digit + 1);
        expect(isOnRoll({ ...row, salt: touch(row.salt) }, size, root)).toBe(false);
        expect(isOnRoll({ ...row, dniHash: touch(row.dniHash) }, size, root)).toBe(false);
        const [first = '', ...rest] = row.path;
        expect(isOnRoll({ ...row, path: [touch(first), ...rest] }, size, root)).toBe(false);
        expect(isOnRoll({ ...row, path: rest }, size, root)).toBe(false);
        expect(isOnRoll({ ...row, path: [...row.path, first] }, size, root)).toBe(false);
        expect(isOnRoll({ ...row, index: (index + 1) % size }, size, root)).toBe(false);
        expect(isOnRoll(row, size, other)).toBe(false);
      }),
    );
    const row = rows[0]!;
    expect(isOnRoll({ ...row, salt: 'no hex' }, size, root)).toBe(false);
    expect(isOnRoll({ ...row, index: size }, size, root)).toBe(false);
    expect(() => roll.leaves.open([size])).toThrow(RangeError);
  });
});

describe('the draw', () => {
  it('is the same for everybody who knows the seed, and another for another seed', () => {
    expect(drawSample('sorteo 4123', 112_000, 5)).toEqual([4520, 22387, 44047, 53277, 101765]);
    expect(drawSample('sorteo 4124', 112_000, 5)).not.toEqual(
      drawSample('sorteo 4123', 112_000, 5),
    );
  });

  it('takes each row at most once, and all of a small roll', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(400), fc.nat(300), (seed, total, wanted) => {
        const drawn = drawSample(seed, total, wanted);
        expect(drawn).toHaveLength(Math.min(total, wanted));
        expect(new Set(drawn).size).toBe(drawn.length);
        expect(drawn.every((row) => row >= 0 && row < total)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('favours nobody: four parts of a roll are drawn alike', () => {
    const parts = [0, 0, 0, 0];
    for (const row of drawSample('2027', 100_000, 8000)) parts[Math.floor(row / 25_000)]! += 1;
    // Five standard deviations of 2,000 ± 39.
    for (const part of parts) expect(Math.abs(part - 2000)).toBeLessThan(195);
  });

  it('wants whole numbers', () => {
    expect(() => drawSample('x', 1.5, 1)).toThrow(RangeError);
    expect(() => drawSample('x', 10, -1)).toThrow(RangeError);
  });
});
