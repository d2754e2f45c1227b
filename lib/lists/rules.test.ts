import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listPhase } from './rules';
import { newNumber, normaliseNumber } from '@/lib/shared/reference-number';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 23, hour));

describe('the lists of a round', () => {
  it('are open from the publishing up to the end of challenges, then decided, then final', () => {
    const dates = { listsOpenAt: at(1), challengesCloseAt: at(3), finalAt: at(5) };
    const phases = [0, 1, 2, 3, 4, 5, 6].map((hour) => listPhase(dates, at(hour)));
    expect(phases).toEqual(['announced', 'open', 'open', 'deciding', 'deciding', 'final', 'final']);
  });
});

describe('the number of a matter', () => {
  it('is read however it was copied, and no two are alike', () => {
    const numbers = Array.from({ length: 500 }, () => newNumber('T'));
    expect(new Set(numbers).size).toBe(500);
    for (const number of numbers) {
      expect(normaliseNumber(number)).toBe(number);
      expect(normaliseNumber(` ${number.toLowerCase().replaceAll('-', ' ')} `)).toBe(number);
      expect(normaliseNumber(`T${number.slice(1).replaceAll('0', 'o').replaceAll('1', 'l')}`)).toBe(
        number,
      );
    }
  });

  it('is nothing else', () => {
    expect(normaliseNumber('')).toBeNull();
    expect(normaliseNumber('X-AAAAA-BBBBB-C')).toBeNull();
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (text) => {
        const number = normaliseNumber(text);
        if (number !== null) expect(normaliseNumber(number)).toBe(number);
      }),
    );
  });
});
