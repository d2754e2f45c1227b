import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addWorkingDays,
  easterSunday,
  isWorkingDay,
  nationalHolidays,
  plusDays,
  workingDaysBetween,
} from './working-days';
import { limaDay } from '@/lib/shared/lima';

const aDay = fc.integer({ min: 0, max: 365 * 40 }).map((after) => plusDays('2020-01-01', after));
const someExtra = fc
  .array(aDay, { maxLength: 40 })
  .map((days): ReadonlySet<string> => new Set(days));
const aTerm = fc.integer({ min: 1, max: 40 });

describe('working days', () => {
  it.each([
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2027, '2027-03-28'],
    [2038, '2038-04-25'],
    [2285, '2285-03-22'],
  ])('Easter of %i is on %s', (year, day) => {
    expect(easterSunday(year)).toBe(day);
  });

  it('are none of the sixteen holidays of Peru in 2026', () => {
    const holidays = nationalHolidays(2026);
    expect(holidays).toHaveLength(16);
    expect(holidays).toEqual(expect.arrayContaining(['2026-04-02', '2026-04-03', '2026-12-09']));
    expect(holidays.some((day) => isWorkingDay(day))).toBe(false);
  });

  it('ten of them from 23 November 2026 end on 7 December, and eleven after two holidays', () => {
    expect(addWorkingDays('2026-11-23', 10)).toBe('2026-12-07');
    expect(addWorkingDays('2026-11-23', 11)).toBe('2026-12-10');
    expect(addWorkingDays('2026-11-23', 10, new Set(['2026-12-07']))).toBe('2026-12-10');
  });

  it('a term filed on a Friday night in Lima counts from that Friday, whatever the server’s zone', () => {
    expect(limaDay(new Date('2026-11-28T04:59:59Z'))).toBe('2026-11-27');
    expect(limaDay(new Date('2026-11-28T05:00:00Z'))).toBe('2026-11-28');
    expect(addWorkingDays('2026-11-27', 1)).toBe('2026-11-30');
    expect(addWorkingDays('2026-11-28', 1)).toBe('2026-11-30');
  });

  it('a term ends on a working day, after exactly its number of them', () => {
    fc.assert(
      fc.property(aDay, aTerm, someExtra, (day, term, extra) => {
        const end = addWorkingDays(day, term, extra);
        expect(isWorkingDay(end, extra)).toBe(true);
        expect(workingDaysBetween(day, end, extra)).toBe(term);
        expect(workingDaysBetween(day, plusDays(end, -1), extra)).toBe(term - 1);
      }),
    );
  });

  it('a longer term, a later start or more holidays never end a term earlier', () => {
    fc.assert(
      fc.property(aDay, aTerm, someExtra, aDay, (day, term, extra, holiday) => {
        const end = addWorkingDays(day, term, extra);
        expect(addWorkingDays(day, term + 1, extra) > end).toBe(true);
        expect(addWorkingDays(plusDays(day, 1), term, extra) >= end).toBe(true);
        expect(addWorkingDays(day, term, new Set([...extra, holiday])) >= end).toBe(true);
      }),
    );
  });

  it('two terms one after the other are one term of their sum', () => {
    fc.assert(
      fc.property(aDay, aTerm, aTerm, someExtra, (day, one, other, extra) => {
        expect(addWorkingDays(addWorkingDays(day, one, extra), other, extra)).toBe(
          addWorkingDays(day, one + other, extra),
        );
      }),
    );
  });

  it('refuses what is no term and no day', () => {
    expect(() => addWorkingDays('2026-01-01', -1)).toThrow(RangeError);
    expect(() => addWorkingDays('2026-01-01', 1.5)).toThrow(RangeError);
    expect(() => plusDays('2026-13-45', 1)).toThrow(RangeError);
    expect(addWorkingDays('2026-01-01', 0)).toBe('2026-01-01');
  });
});
