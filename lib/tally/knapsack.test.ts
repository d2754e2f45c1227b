import { describe, expect, it } from 'vitest';
import { bestSet, type Item } from './knapsack';

const item = (cost: number | bigint, value: number | bigint): Item => ({
  cost: BigInt(cost),
  value: BigInt(value),
});

/** mulberry32, so that everybody tries the same items. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The textbook table over whole capacities (Bellman 1957). */
function byTable(items: readonly Item[], capacity: number): number {
  const best = new Float64Array(capacity + 1);
  for (const { cost, value } of items) {
    for (let room = capacity; room >= Number(cost); room--) {
      best[room] = Math.max(best[room]!, best[room - Number(cost)]! + Number(value));
    }
  }
  return best[capacity]!;
}

describe('the best set', () => {
  it('lists what costs nothing in its place among the others', () => {
    const items = [item(5, 3), item(0, 1), item(4, 3), item(0, 1), item(9, 1)];
    expect(bestSet(items, 9n)).toEqual({ chosen: [0, 1, 2, 3], value: 8n });
  });

  it('tells values apart that no double could', () => {
    expect(bestSet([item(1, 2n ** 60n), item(1, 2n ** 60n + 1n)], 1n).chosen).toEqual([1]);
  });

  it('tells costs apart that no double could', () => {
    expect(bestSet([item(2n ** 60n + 1n, 2), item(2n ** 60n, 1)], 2n ** 60n).chosen).toEqual([1]);
  });

  it.each([1, 2, 3, 4, 5, 6])('is worth what the textbook table says: seed %i', (seed) => {
    const next = random(seed);
    const items = Array.from({ length: 120 }, () => {
      const cost = 1 + Math.floor(2000 * next());
      // Values follow costs: the hard kind for pruning.
      return item(cost, 1 + Math.floor(cost * (0.9 + 0.2 * next())));
    });
    const { value, chosen } = bestSet(items, 40_000n);
    expect(value).toBe(BigInt(byTable(items, 40_000)));
    const cost = chosen.reduce((sum, i) => sum + items[i]!.cost, 0n);
    expect(cost <= 40_000n).toBe(true);
    expect(chosen.reduce((sum, i) => sum + items[i]!.value, 0n)).toBe(value);
  });

  it('is the same in doubles and in big integers', () => {
    const next = random(9);
    const items = Array.from({ length: 60 }, () =>
      item(1 + Math.floor(500 * next()), 1 + Math.floor(500 * next())),
    );
    const huge = 2n ** 50n + 3n;
    // One item that never fits pushes all sums beyond doubles and changes nothing else.
    const beyond = [...items, item(huge * 8n, 1)];
    expect(bestSet(beyond, 4000n)).toEqual(bestSet(items, 4000n));
  });
});
