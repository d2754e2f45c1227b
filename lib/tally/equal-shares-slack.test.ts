import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildElection } from './election';
import { sharesContest, type SharesContest } from './equal-shares-contest';
import type { RunTrace } from './equal-shares-exact';
import { sameDecisions, unitsWithoutChange } from './equal-shares-jump';
import { EqualShares } from './equal-shares-run';
import { fraction, toDouble, type Fraction } from './fraction';
import type { EqualSharesRule, Utility } from './types';

/**
 * How far Add1 may leap, against a slow reading of the same thing: every round is replayed for two
 * endowments a little apart, and what is missing until a decision changes is drawn on as a line.
 */
function amounts(
  contest: SharesContest,
  trace: RunTrace,
  endowment: number,
): { readonly lines: number[]; readonly tight: boolean } {
  const { supports, election, shares, floatCosts, floatDivisors } = contest;
  const { counts, districts, groups } = election.profile;
  const classOf = (group: number) =>
    shares.length === 1 || districts === null ? 0 : districts[group]!;
  const money = Array.from({ length: groups }, (_, group) => {
    const { num, den } = shares[classOf(group)]!;
    return endowment * toDouble(num, den);
  });
  const supportersOf = (c: number) => {
    const places = [];
    for (let j = supports.projectStarts[c]!; j < supports.projectStarts[c + 1]!; j++)
      places.push(j);
    return places
      .map((j) => ({
        group: supports.groupOf[j]!,
        weight: supports.weightOf === null ? 1 : supports.weightOf[j]!,
      }))
      .filter(({ group }) => money[group]! > 0);
  };
  /** Somebody has the price asked almost to the céntimo: whether it moves cannot be told from doubles. */
  let tight = false;
  /** The price at which its supporters together give the cost: the poorest by weight give all. */
  const priceOf = (c: number): number => {
    const givers = supportersOf(c).sort(
      (a, b) => money[a.group]! / a.weight - money[b.group]! / b.weight,
    );
    let left = floatCosts[c]!;
    let weight = givers.reduce((sum, one) => sum + one.weight * counts[one.group]!, 0);
    for (const { group, weight: own } of givers) {
      tight ||= Math.abs(money[group]! - (left / weight) * own) < endowment * 1e-6;
      if (money[group]! / own >= left / weight) return left / weight;
      left -= money[group]! * counts[group]!;
      weight -= own * counts[group]!;
    }
    return Infinity;
  };
  const totalOf = (c: number) =>
    supportersOf(c).reduce((sum, { group }) => sum + money[group]! * counts[group]!, 0);

  const lines: number[] = [];
  for (let round = 0; round <= trace.order.length; round++) {
    const bought = trace.order[round];
    for (const c of contest.candidates) {
      const bought_at = trace.roundOf[c]!;
      if (c === bought || (bought_at >= 0 && bought_at < round)) continue;
      const missing = floatCosts[c]! - totalOf(c);
      if (missing > -endowment * 1e-6) lines.push(missing);
      else if (bought !== undefined) {
        const asks = priceOf(c) / floatDivisors[c]!;
        lines.push(asks - priceOf(bought) / floatDivisors[bought]!);
      }
    }
    if (bought === undefined) continue;
    // Bought with the last céntimo: it cannot be told from what nobody can pay.
    if (totalOf(bought) - floatCosts[bought]! < endowment * 1e-6) lines.push(0);
    const price = priceOf(bought);
    for (const { group, weight } of supportersOf(bought)) {
      const spends = trace.exhaustedAt[group] === round;
      if (spends) lines.push(price * weight - money[group]!);
      money[group] = spends ? 0 : money[group]! - price * weight;
    }
  }
  return { lines, tight };
}

/** Where the first line meets zero, in units of endowment; null where two amounts are as good as equal. */
function slackByLines(contest: SharesContest, trace: RunTrace, endowment: Fraction): number | null {
  const now = toDouble(endowment.num, endowment.den);
  const step = now * 1e-7;
  const before = amounts(contest, trace, now);
  const after = amounts(contest, trace, now + step);
  if (before.tight || before.lines.some((gap) => gap < now * 1e-6)) return null;
  return Math.min(
    ...before.lines.map((gap, index) => {
      const closed = gap - after.lines[index]!;
      // Below this it is rounding and no line.
      return closed > now * 1e-12 ? (gap / closed) * step : Infinity;
    }),
  );
}

const projects = fc.array(fc.integer({ min: 2, max: 60 }), { minLength: 2, maxLength: 5 });
const ballots = fc.array(
  fc.record({
    points: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 5, maxLength: 5 }),
    count: fc.integer({ min: 1, max: 3 }),
    district: fc.constantFrom('A', 'B'),
  }),
  { minLength: 2, maxLength: 6 },
);
const UTILITIES: Utility[] = ['cost', 'cardinality', 'points', 'points-cost'];

describe('how far Add1 may leap', () => {
  it.each(UTILITIES)('is to where the first decision can change, and no further: %s', (utility) => {
    fc.assert(
      fc.property(
        projects,
        ballots,
        fc.boolean(),
        fc.integer({ min: 5, max: 400 }),
        (costs, people, byDistrict, sevenths) => {
          const ids = costs.map((_, c) => `p${c}`);
          const election = buildElection({
            kind: 'points',
            projects: costs.map((cost, c) => ({ id: ids[c]!, cost })),
            budget: 500,
            unitsPerCurrency: 1,
            ballots: people.map(({ points, count, district }) => {
              const liked = ids
                .map((id, c) => ({ id, points: points[c]! }))
                .filter((p) => p.points > 0);
              return {
                choices: liked.map((p) => p.id),
                points: liked.map((p) => p.points),
                count,
                district,
              };
            }),
          });
          const rule: EqualSharesRule = {
            kind: 'equal-shares',
            utility,
            completion: 'add1',
            add1Start: 'floor',
            add1Stop: 'overspend',
            ties: ['file-order'],
            ...(byDistrict ? { endowments: { A: '2', B: '3' } } : {}),
          };
          const contest = sharesContest(election, rule);
          const runs = new EqualShares(contest);
          const endowment = fraction(BigInt(sevenths), 7n);
          const { trace } = runs.run(endowment, null);
          const units = unitsWithoutChange(contest, trace, endowment);
          const expected = slackByLines(contest, trace, endowment);
          const size = sevenths / 7;
          if (expected !== null && expected < size * 1e4) {
            expect(units / expected).toBeLessThan(1);
            expect(units / expected).toBeGreaterThan(0.997);
          } else if (expected !== null) {
            expect(units).toBeGreaterThan(size * 1e3);
          }
          // Just before it, or wherever equal amounts let it go, the same decisions are taken.
          const further = fraction(
            BigInt(sevenths) * 10n ** 9n + BigInt(Math.floor(Math.min(units, 1e6) * 7e9)),
            7n * 10n ** 9n,
          );
          expect(sameDecisions(trace, runs.run(further, null).trace)).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  const RULE: EqualSharesRule = {
    kind: 'equal-shares',
    utility: 'cost',
    completion: 'add1',
    add1Start: 'floor',
    add1Stop: 'overspend',
    ties: ['file-order'],
  };

  it('is without end where equal projects cost nobody all they have: the same lot decides again', () => {
    const election = buildElection({
      kind: 'approval',
      projects: [
        { id: 'a', cost: 6 },
        { id: 'b', cost: 6 },
        { id: 'c', cost: 12 },
      ],
      budget: 30,
      unitsPerCurrency: 1,
      ballots: [
        { choices: ['a', 'b'], count: 2 },
        { choices: ['a', 'b', 'c'], count: 1 },
        { choices: ['c'], count: 5 },
      ],
    });
    const contest = sharesContest(election, RULE);
    const endowment = fraction(100n);
    const { trace } = new EqualShares(contest).run(endowment, null);
    expect(trace.order).toHaveLength(3);
    expect(unitsWithoutChange(contest, trace, endowment)).toBe(Infinity);
    // Whoever has just enough for one of them may be the one who is short next time.
    const scarce = fraction(4n);
    const short = new EqualShares(contest).run(scarce, null);
    expect(unitsWithoutChange(contest, short.trace, scarce)).toBeLessThan(1);
  });

  it('is nothing where what many poor voters have left blurs the price of a rich one', () => {
    const units = (many: number): number => {
      const election = buildElection({
        kind: 'approval',
        projects: [
          { id: 'a', cost: (many + 2) * (10_000_000 - 1) },
          { id: 'b', cost: 6_000_000 },
          { id: 'c', cost: 9_000_000 },
        ],
        budget: (many + 3) * 10_000_000,
        unitsPerCurrency: 1,
        ballots: [
          { choices: ['a'], count: 2 },
          { choices: ['a', 'b'], count: many },
          { choices: ['b', 'c'] },
        ],
      });
      const contest = sharesContest(election, RULE);
      const endowment = fraction(10_000_000n);
      const { trace } = new EqualShares(contest).run(endowment, null);
      return unitsWithoutChange(contest, trace, endowment);
    };
    expect(units(1_000_000)).toBe(0);
    // With fewer of them the next change is known: the rich one pays 6 million less (1 + s) each.
    expect(units(1000)).toBeGreaterThan(0);
    expect(units(1000)).toBeLessThan(10_000_000);
  });
});
