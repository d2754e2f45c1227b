import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, known } from './at';
import { approximate, floorExact, fraction, fromExact, toDouble, toExact } from './fraction';

describe('a fraction', () => {
  it('is kept in lowest terms with a positive denominator', () => {
    expect(fraction(6n, -4n)).toEqual({ num: -3n, den: 2n });
    expect(fraction(0n, -7n)).toEqual({ num: 0n, den: 1n });
    expect(() => fraction(1n, 0n)).toThrow(RangeError);
  });

  it('is written as text and read back', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt({ min: 1n, max: 10n ** 40n }), (num, den) => {
        const exact = fraction(num, den);
        expect(fromExact(toExact(exact))).toEqual(exact);
      }),
    );
    expect(toExact(fraction(10n, 5n))).toBe('2');
    expect(fromExact('7')).toEqual({ num: 7n, den: 1n });
  });

  it('is rounded down to whole units, below zero too', () => {
    expect(['7/2', '-7/2', '-4', '0'].map(floorExact)).toEqual([3n, -4n, -4n, 0n]);
  });

  it('becomes the nearest double however long its parts are', () => {
    expect(approximate('1/3')).toBeCloseTo(1 / 3, 15);
    expect(approximate(`${10n ** 400n}/${3n * 10n ** 400n}`)).toBeCloseTo(1 / 3, 15);
    expect(approximate('-5/2')).toBe(-2.5);
    fc.assert(
      fc.property(fc.integer({ min: 1 }), fc.integer({ min: 1 }), (num, den) => {
        const value = toDouble(BigInt(num), BigInt(den));
        expect(Math.abs(value - num / den)).toBeLessThanOrEqual((num / den) * 2 ** -51);
      }),
    );
  });
});

describe('a place in a list', () => {
  it('must be there', () => {
    expect(at(['a'], 0)).toBe('a');
    expect(() => at(['a'], 1)).toThrow(RangeError);
    expect(known(0, 'zero is something')).toBe(0);
    expect(() => known(null, 'nothing')).toThrow('nothing');
  });
});
