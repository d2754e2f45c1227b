import { at } from './at';
import { fraction, toExact, type Fraction } from './fraction';
import type { Election, Exact } from './types';

/** How much each group of ballots gets from a set of funded projects. */
export interface Satisfaction {
  /** Funded projects on the ballot, per group. */
  readonly projects: Float64Array;
  /** What they cost together, in units, per group. */
  readonly costs: readonly bigint[];
}

export function satisfactionOf(election: Election, winners: ReadonlySet<number>): Satisfaction {
  const { profile, projects } = election;
  const counted = new Float64Array(profile.groups);
  const costs: bigint[] = [];
  for (let g = 0; g < profile.groups; g++) {
    let cost = 0n;
    let funded = 0;
    const end = Number(profile.starts[g + 1]);
    for (let e = Number(profile.starts[g]); e < end; e++) {
      const c = Number(profile.entries[e]);
      if (!winners.has(c)) continue;
      funded++;
      cost += at(projects, c).cost;
    }
    counted[g] = funded;
    costs.push(cost);
  }
  return { projects: counted, costs };
}

/** Indexes of winners given by id. Throws on an id that is not in the election. */
export function winnerSet(election: Election, ids: readonly string[]): ReadonlySet<number> {
  const indexOf = new Map(election.projects.map(({ id }, c) => [id, c]));
  return new Set(
    ids.map((id) => {
      const c = indexOf.get(id);
      if (c === undefined) throw new RangeError(`No project is called ${id}.`);
      return c;
    }),
  );
}

/** Mean over voters, exactly. Zero when nobody voted. */
export function mean(values: readonly bigint[], counts: ArrayLike<number>): Fraction {
  let sum = 0n;
  let voters = 0n;
  values.forEach((value, g) => {
    const count = BigInt(Number(counts[g]));
    sum += value * count;
    voters += count;
  });
  return fraction(sum, voters || 1n);
}

/**
 * Gini coefficient over voters, exactly: 0 when all get the same (or nothing), towards 1 when one
 * gets everything. ((n + 1) − 2 Σ (n − i) s_i ÷ Σ s) ÷ n over s ascending, i from 0 (spec 10).
 */
export function gini(values: readonly bigint[], counts: ArrayLike<number>): Exact {
  const order = values
    .map((value, g) => ({ value, count: BigInt(Number(counts[g])) }))
    .sort((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0));
  const n = order.reduce((sum, { count }) => sum + count, 0n);
  const total = order.reduce((sum, { value, count }) => sum + value * count, 0n);
  if (total === 0n) return '0';
  let before = 0n;
  let weighted = 0n;
  for (const { value, count } of order) {
    // Σ (n − i) over the `count` places from `before` on.
    weighted += value * (count * (n - before) - (count * (count - 1n)) / 2n);
    before += count;
  }
  return toExact(fraction((n + 1n) * total - 2n * weighted, n * total));
}
