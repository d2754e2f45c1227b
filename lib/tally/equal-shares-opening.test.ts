import { describe, expect, it } from 'vitest';
import { buildElection } from './election';
import { EPS, sharesContest } from './equal-shares-contest';
import { FROM_THE_START, type RunTrace } from './equal-shares-exact';
import { Opening } from './equal-shares-opening';
import { fraction } from './fraction';

/** Results stand without the head start; these hold it to what it promises the steps of Add1. */
const contest = sharesContest(
  buildElection({
    kind: 'points',
    projects: [
      { id: 'a', cost: 60 },
      { id: 'b', cost: 50 },
    ],
    budget: 120,
    ballots: [
      { choices: ['a', 'b'], points: [4, 1] },
      { choices: ['a'], points: [3] },
      { choices: ['b'], points: [2] },
    ],
  }),
  {
    kind: 'equal-shares',
    utility: 'points',
    completion: 'none',
    add1Start: 'floor',
    add1Stop: 'overspend',
    ties: ['file-order'],
  },
);

/** Nobody but, where asked, one group was poor from the start. */
const trace = (poor?: number): RunTrace => ({
  order: [],
  roundOf: new Int32Array(2).fill(-1),
  exhaustedAt: Int32Array.from({ length: 3 }, (_, group) =>
    group === poor ? FROM_THE_START : 1_000,
  ),
});
const PRICE = { price: 2.5, margin: 2 ** -40 };
const bound = (error: number, weight: number, paid: number): number =>
  (error + PRICE.margin * weight + paid * EPS) * (1 + EPS);

describe('the opening of a run', () => {
  it('remembers what each supporter paid by weight, and how far off that may be', () => {
    const opening = new Opening(contest);
    opening.extend(0, trace(), PRICE);
    expect(opening.order).toEqual([0]);
    expect([...opening.paid]).toEqual([10, 7.5, 0]);
    expect([...opening.error]).toEqual([bound(0, 4, 10), bound(0, 3, 7.5), 0]);
    opening.extend(1, trace(), PRICE);
    expect(opening.order).toEqual([0, 1]);
    expect([...opening.paid]).toEqual([12.5, 7.5, 5]);
    expect(opening.error[0]).toBe(bound(bound(0, 4, 10), 1, 12.5));
  });

  it('says a bound that is rounded up, never down, and stays close', () => {
    const opening = new Opening(contest);
    const steps = 200;
    for (let step = 0; step < steps; step++) opening.extend(0, trace(), PRICE);
    const margins = steps * PRICE.margin * 4;
    const roundings = steps * Number(opening.paid[0]) * EPS;
    expect(opening.error[0]).toBeGreaterThan(margins);
    expect(opening.error[0]).toBeLessThan(margins + roundings);
  });

  it('takes nothing from who never had money', () => {
    const opening = new Opening(contest);
    opening.extend(0, trace(1), PRICE);
    expect([...opening.paid]).toEqual([10, 0, 0]);
    expect([...opening.error]).toEqual([bound(0, 4, 10), 0, 0]);
  });

  it('holds for the same endowment and every larger one, and is forgotten for a smaller', () => {
    const opening = new Opening(contest);
    opening.startFrom(fraction(40n));
    opening.extend(0, trace(), PRICE);
    opening.startFrom(fraction(40n));
    opening.startFrom(fraction(81n, 2n));
    expect(opening.order).toEqual([0]);
    expect([...opening.paid]).toEqual([10, 7.5, 0]);
    expect(opening.error[0]).toBe(bound(0, 4, 10));
    opening.startFrom(fraction(40n));
    expect(opening.order).toEqual([]);
    expect([...opening.paid]).toEqual([0, 0, 0]);
    expect([...opening.error]).toEqual([0, 0, 0]);
  });
});
