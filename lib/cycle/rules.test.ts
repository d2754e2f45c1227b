import { describe, expect, it } from 'vitest';
import { daysBetween, nextPhase, phaseOn } from './rules';

const calendar = [
  { phase: '2b', from: '2026-02-01', to: '2026-02-10' },
  { phase: '2c', from: '2026-02-11', to: '2026-02-25' },
  { phase: '4', from: '2026-03-01', to: '2026-03-10' },
] as const;

describe('the calendar of a cycle', () => {
  it.each([
    ['2026-02-01', '2b'],
    ['2026-02-10', '2b'],
    ['2026-02-11', '2c'],
    ['2026-02-25', '2c'],
    ['2026-02-26', undefined],
    ['2026-01-31', undefined],
  ])('on %s is in phase %s: first and last day belong to it', (day, phase) => {
    expect(phaseOn([...calendar], day)?.phase).toBe(phase);
  });

  it('knows which phase comes next, also between two', () => {
    expect(nextPhase([...calendar], '2026-02-26')?.phase).toBe('4');
    expect(nextPhase([...calendar], '2026-02-11')?.phase).toBe('4');
    expect(nextPhase([...calendar], '2026-03-01')).toBeNull();
  });

  it('counts the days that are left', () => {
    expect(daysBetween('2026-02-11', '2026-02-25')).toBe(14);
    expect(daysBetween('2026-02-25', '2026-02-25')).toBe(0);
    expect(daysBetween('2026-02-28', '2026-03-01')).toBe(1);
    expect(daysBetween('2026-03-01', '2026-02-28')).toBe(-1);
  });
});
