import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueOn, extendedDueOn, isOverdue, tellAuthorityBy, TERM_WORKING_DAYS } from './terms';
import { workingDaysBetween } from './working-days';

const HOUR_MS = 60 * 60 * 1000;
const NONE: ReadonlySet<string> = new Set();
const moment = fc.date({
  min: new Date('2025-01-01T00:00:00Z'),
  max: new Date('2035-01-01T00:00:00Z'),
  noInvalidDate: true,
});

describe('the terms of the law', () => {
  it('a request filed over the holidays of December is due in January', () => {
    expect(dueOn('access', '2026-12-07', NONE)).toBe('2027-01-08');
    expect(dueOn('erasure', '2026-12-07', NONE)).toBe('2026-12-23');
  });

  it('a lengthened term is as long again, from where it ended', () => {
    for (const kind of ['access', 'rectification', 'erasure', 'opposition'] as const) {
      const due = dueOn(kind, '2026-11-23', NONE);
      const later = extendedDueOn(kind, due, NONE);
      expect(workingDaysBetween(due, later, NONE)).toBe(TERM_WORKING_DAYS[kind]);
    }
  });

  it('the 48 hours run over a weekend, and end at the minute', () => {
    const knownAt = new Date('2026-11-27T22:00:00-05:00');
    expect(tellAuthorityBy(knownAt)).toEqual(new Date('2026-11-29T22:00:00-05:00'));
    const open = { knownAt, authorityToldAt: null };
    expect(isOverdue(open, new Date('2026-11-29T22:00:00-05:00'))).toBe(false);
    expect(isOverdue(open, new Date('2026-11-29T22:00:01-05:00'))).toBe(true);
  });

  it('an incident told in time is never overdue, and one told late stays so', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 200 }), moment, (knownAt, hours, now) => {
        const authorityToldAt = new Date(knownAt.getTime() + hours * HOUR_MS);
        expect(isOverdue({ knownAt, authorityToldAt }, now)).toBe(hours > 48);
      }),
    );
  });
});
