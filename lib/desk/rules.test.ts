import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimatedMinutes, papersMissing } from './rules';

const small = fc.integer({ min: 0, max: 500 });

describe('the wait that a queue promises', () => {
  it('is nothing for who is next, and four minutes a person before anybody was attended', () => {
    const fresh = { served: 0, servedSeconds: 0, officers: 1 };
    expect(estimatedMinutes(0, fresh)).toBe(0);
    expect(estimatedMinutes(1, fresh)).toBe(4);
    expect(estimatedMinutes(19, fresh)).toBe(76);
  });

  it('follows the day’s own pace, shared among the officers', () => {
    const day = { served: 10, servedSeconds: 1200, officers: 1 };
    expect(estimatedMinutes(6, day)).toBe(12);
    expect(estimatedMinutes(6, { ...day, officers: 3 })).toBe(4);
    expect(estimatedMinutes(6, { ...day, officers: 0 })).toBe(12);
  });

  it('never grows when there are more officers or fewer people ahead', () => {
    fc.assert(
      fc.property(
        small,
        small,
        small,
        fc.integer({ min: 1, max: 9 }),
        (ahead, served, pace, officers) => {
          const line = { served, servedSeconds: served * pace, officers };
          const now = estimatedMinutes(ahead, line);
          expect(estimatedMinutes(ahead, { ...line, officers: officers + 1 })).toBeLessThanOrEqual(
            now,
          );
          expect(estimatedMinutes(Math.max(0, ahead - 1), line)).toBeLessThanOrEqual(now);
        },
      ),
    );
  });
});

describe('papers at the end of a shift', () => {
  it('add up, or say how many are missing or too many', () => {
    expect(papersMissing({ opening: 100, given: 40, spoiled: 2, closing: 58 })).toBe(0);
    expect(papersMissing({ opening: 100, given: 40, spoiled: 2, closing: 50 })).toBe(8);
    expect(papersMissing({ opening: 100, given: 40, spoiled: 2, closing: 60 })).toBe(-2);
  });
});
