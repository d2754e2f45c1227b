import { at } from '../at';
import { compare, fraction, minus, type Fraction } from '../fraction';
import type { NaiveElection } from './naive';

/** More definitions written down as they are: loads voter by voter, sets one by one. */

const supporters = (election: NaiveElection, c: number): number[] =>
  election.weights.flatMap((weights, i) => (at(weights, c) > 0n ? [i] : []));

const plus = (a: Fraction, b: Fraction): Fraction => minus(a, fraction(-b.num, b.den));

/** Sequential Phragmén: stops when a least loaded project does not fit, or skips those. */
export function naivePhragmen(
  election: NaiveElection,
  rank: readonly number[],
  overshoot: 'stop' | 'skip',
): number[] {
  const load = election.weights.map(() => fraction(0n));
  let open = election.costs
    .map((_, c) => c)
    .filter((c) => at(election.costs, c) <= election.budget && supporters(election, c).length > 0);
  const bought: number[] = [];
  let left = election.budget;
  while (open.length > 0) {
    const asked = open.map((c) => {
      const who = supporters(election, c);
      const sum = who.reduce((s, i) => plus(s, at(load, i)), fraction(at(election.costs, c)));
      return { c, after: fraction(sum.num, sum.den * BigInt(who.length)) };
    });
    const least = asked.reduce((a, b) => (compare(b.after, a.after) < 0 ? b : a));
    const tied = asked.filter(({ after }) => compare(after, least.after) === 0);
    const tooDear = tied.filter(({ c }) => at(election.costs, c) > left).map(({ c }) => c);
    if (tooDear.length > 0) {
      if (overshoot === 'stop') return bought;
      open = open.filter((c) => !tooDear.includes(c));
      continue;
    }
    const next = tied.reduce((a, b) => (at(rank, b.c) < at(rank, a.c) ? b : a));
    for (const i of supporters(election, next.c)) load[i] = next.after;
    bought.push(next.c);
    left -= at(election.costs, next.c);
    open = open.filter((c) => c !== next.c);
  }
  return bought;
}

function* subsets(items: readonly number[]): Iterable<number[]> {
  for (let bits = 0; bits < 1 << items.length; bits++) {
    yield items.filter((_, i) => (bits >> i) & 1);
  }
}

/** Maximin support by Hall's condition over all subsets. */
export function naiveMaximin(election: NaiveElection, rank: readonly number[]): number[] {
  const highest = (set: readonly number[]): Fraction => {
    let worst = fraction(0n);
    for (const part of subsets(set)) {
      const who = new Set(part.flatMap((c) => supporters(election, c)));
      if (who.size === 0) continue;
      const cost = part.reduce((sum, c) => sum + at(election.costs, c), 0n);
      const load = fraction(cost, BigInt(who.size));
      if (compare(load, worst) > 0) worst = load;
    }
    return worst;
  };
  const bought: number[] = [];
  let left = election.budget;
  for (;;) {
    const fitting = election.costs
      .map((_, c) => c)
      .filter((c) => !bought.includes(c) && at(election.costs, c) <= left)
      .filter((c) => supporters(election, c).length > 0)
      .map((c) => ({ c, load: highest([...bought, c]) }));
    if (fitting.length === 0) return bought;
    const least = fitting.reduce((a, b) => {
      const order = compare(b.load, a.load) || at(rank, b.c) - at(rank, a.c);
      return order < 0 ? b : a;
    });
    bought.push(least.c);
    left -= at(election.costs, least.c);
  }
}

/** The best affordable set of supported projects; of several, the first item by item. */
export function naiveBestSet(
  election: NaiveElection,
  value: (c: number) => bigint,
): { readonly set: readonly number[]; readonly value: bigint } {
  const supported = election.costs
    .map((_, c) => c)
    .filter((c) => supporters(election, c).length > 0);
  let best: { set: readonly number[]; value: bigint } | null = null;
  for (const set of subsets(supported)) {
    const cost = set.reduce((sum, c) => sum + at(election.costs, c), 0n);
    if (cost > election.budget) continue;
    const total = set.reduce((sum, c) => sum + value(c), 0n);
    if (best === null || total > best.value || (total === best.value && earlier(set, best.set))) {
      best = { set, value: total };
    }
  }
  return best ?? { set: [], value: 0n };
}

/** Whether the first project in only one of two ascending sets is in a. */
function earlier(a: readonly number[], b: readonly number[]): boolean {
  const onlyOne = [...a, ...b].filter((c) => a.includes(c) !== b.includes(c));
  const first = Math.min(...onlyOne);
  return a.includes(first);
}
