import { describe, expect, it } from 'vitest';
import { shuffled } from './publisher';

describe('a shuffle', () => {
  it('gives every order the same chance', () => {
    const counts = new Map<string, number>();
    const times = 24_000;
    for (let i = 0; i < times; i++) {
      const order = shuffled(['a', 'b', 'c', 'd']).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const expected = times / 24;
    const chiSquare = [...counts.values()].reduce(
      (sum, count) => sum + (count - expected) ** 2 / expected,
      0,
    );
    // 23 degrees of freedom: above 70 once in three million runs.
    expect(chiSquare).toBeLessThan(70);
  });

  it('does what the random numbers say, and would be no shuffle if they were not random', () => {
    expect(shuffled([1, 2, 3, 4], (below) => below - 1)).toEqual([1, 2, 3, 4]);
    expect(shuffled([1, 2, 3, 4], () => 0)).toEqual([2, 3, 4, 1]);
    expect(() => shuffled([1, 2], () => 5)).toThrow(RangeError);
  });
});
