import { describe, expect, it } from 'vitest';
import { formatPercent, withPercentSign } from './percent';

describe('a percentage', () => {
  it('has a decimal point and a thin space that never breaks before its sign', () => {
    expect(formatPercent(0.3456)).toBe('34.6\u202f%');
    expect(withPercentSign('32.50')).toBe('32.50\u202f%');
  });

  it('keeps its decimals when they are zero, so that a column of them stands in line', () => {
    expect(formatPercent(1)).toBe('100.0\u202f%');
    expect(formatPercent(0)).toBe('0.0\u202f%');
  });

  it('rounds halves up, as people do', () => {
    expect(formatPercent(691 / 2000)).toBe('34.6\u202f%');
    expect(formatPercent(0.0005)).toBe('0.1\u202f%');
  });

  it('can do without decimals', () => {
    expect(formatPercent(0.995, 0)).toBe('100\u202f%');
  });
});
