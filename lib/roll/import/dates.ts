import type { DateOrder } from './types';

/** A day of the calendar, without hours. */
export interface Day {
  readonly year: number;
  /** 1 … 12 */
  readonly month: number;
  readonly day: number;
}

export type ReadDate =
  | { readonly kind: 'day'; readonly day: Day }
  /** Two readings, day first and month first: which one is not said. */
  | { readonly kind: 'either'; readonly days: readonly [Day, Day] }
  | { readonly kind: 'malformed' };

const DAY_MS = 24 * 60 * 60 * 1000;
/** Excel's day 1 is 1 January 1900, and it believes that 1900 had a 29 February. */
const DAY_ZERO_1900 = Date.UTC(1899, 11, 30);
const DAY_ZERO_1904 = Date.UTC(1904, 0, 1);
/** Serials of 1910 … 2100: outside of them a number is no date of birth. */
const SERIALS = { first: 3_653, last: 73_050 };

/**
 * A date as people and spreadsheets write it: 31/12/1990, 31-12-1990, 31.12.1990, 1990-12-31, with or
 * without an hour behind, or the number of a day. A year of two digits is none.
 */
export function readDate(text: string, order: DateOrder, from1904 = false): ReadDate {
  const trimmed = text.trim().replace(/[T ]\d{1,2}:\d{2}.*$/, '');
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(trimmed);
  if (iso !== null) return theDay(dayOf(iso[1], iso[2], iso[3]));
  if (/^\d{4,5}(\.\d+)?$/.test(trimmed)) return serial(Math.floor(Number(trimmed)), from1904);
  const parts = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(trimmed);
  if (parts === null) return { kind: 'malformed' };
  const dayFirst = dayOf(parts[3], parts[2], parts[1]);
  const monthFirst = dayOf(parts[3], parts[1], parts[2]);
  if (order === 'day-first') return theDay(dayFirst);
  if (order === 'month-first') return theDay(monthFirst);
  if (dayFirst === null || monthFirst === null) return theDay(dayFirst ?? monthFirst);
  if (dayFirst.month === monthFirst.month) return theDay(dayFirst);
  return { kind: 'either', days: [dayFirst, monthFirst] };
}

function theDay(day: Day | null): ReadDate {
  return day === null ? { kind: 'malformed' } : { kind: 'day', day };
}

function dayOf(y?: string, m?: string, d?: string): Day | null {
  const [year, month, day] = [Number(y), Number(m), Number(d)];
  const date = new Date(Date.UTC(year, month - 1, day));
  const holds =
    year >= 1900 &&
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day;
  return holds ? { year, month, day } : null;
}

function serial(days: number, from1904: boolean): ReadDate {
  const since1900 = from1904 ? days + (DAY_ZERO_1904 - DAY_ZERO_1900) / DAY_MS : days;
  if (since1900 < SERIALS.first || since1900 > SERIALS.last) return { kind: 'malformed' };
  const date = new Date(DAY_ZERO_1900 + since1900 * DAY_MS);
  const day = date.getUTCDate();
  return theDay({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day });
}

/** Full years of somebody born on `born`, on the day `on`. */
export function ageOn(born: Day, on: Day): number {
  const hadBirthday = on.month > born.month || (on.month === born.month && on.day >= born.day);
  return on.year - born.year - (hadBirthday ? 0 : 1);
}

/** What the dates of a sample say about their order; `refuse` when they say nothing, or both. */
export function orderOf(texts: readonly string[]): DateOrder {
  let [day, month] = [false, false];
  for (const text of texts) {
    const parts = /^\s*(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}/.exec(text);
    if (parts === null) continue;
    if (Number(parts[1]) > 12) day = true;
    if (Number(parts[2]) > 12) month = true;
  }
  if (day === month) return 'refuse';
  return day ? 'day-first' : 'month-first';
}
