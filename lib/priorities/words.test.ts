import { describe, expect, it } from 'vitest';
import { basisPointsOf } from './input';
import { differenceText, factorText, percent, percentBp } from './words';

describe('printed shares', () => {
  it('have two decimals, rounded half up', () => {
    expect(percent('1/3')).toBe('33.33\u202f%');
    expect(percent('1')).toBe('100.00\u202f%');
    expect(percent('1/20000')).toBe('0.01\u202f%');
    expect(percentBp(3205)).toBe('32.05\u202f%');
    expect(factorText('40/29')).toBe('1.3793');
  });

  it('say which way the council went from what was asked', () => {
    expect(differenceText('1/4', 2650)).toBe('+1.50');
    expect(differenceText('1/4', 2475)).toBe('−0.25');
    expect(differenceText('1/4', 2500)).toBe('0.00');
    expect(differenceText('1/3', 3333)).toBe('0.00');
  });
});

describe('a percentage that somebody writes', () => {
  it.each([
    ['32.5', 3250],
    ['32,50', 3250],
    [' 7 % ', 700],
    ['100', 10_000],
    ['0.05', 5],
  ])('%j is %i basis points', (text, points) => {
    expect(basisPointsOf(text)).toBe(points);
  });

  it.each(['', '101', '100.01', '-3', '3.555', 'tres', '1e2', '3.'])('%j is none', (text) => {
    expect(basisPointsOf(text)).toBeNull();
  });
});
