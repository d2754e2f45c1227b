import { expect, it } from 'vitest';
import { limaDay, limaField, momentInLima } from './lima';

it('the day changes in Lima five hours after it does in Greenwich', () => {
  expect(limaDay(new Date('2026-11-23T04:59:59.999Z'))).toBe('2026-11-22');
  expect(limaDay(new Date('2026-11-23T05:00:00Z'))).toBe('2026-11-23');
});

it('a field of a form and its moment are each other’s inverse', () => {
  const moment = new Date('2026-01-01T02:30:00Z');
  expect(limaField(moment)).toBe('2025-12-31T21:30');
  expect(momentInLima(limaField(moment))).toEqual(moment);
  expect(momentInLima('2026-02-03T08:00:05')).toEqual(new Date('2026-02-03T13:00:05Z'));
  expect(momentInLima('2026-13-03T08:00')).toBeNull();
});
