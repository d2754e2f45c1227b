import { at } from './at';
import { fraction, minus, toExact, type Fraction } from './fraction';
import type { Election, Exact } from './types';

/** What happens to the money when not all sols of one vote count can be paid. */
export type PartialLevel = 'increasing' | 'fractional' | 'equalizing';

export interface PerSolResult {
  /** In official order; amounts in units, fractions only with `fractional` and `equalizing`. */
  readonly allocations: readonly { readonly id: string; readonly amount: Exact }[];
  readonly left: Exact;
  /** Voters behind the last sols paid; null when nothing was. */
  readonly lastLevel: number | null;
}

/** Units `from` … `to` of a project, wanted by the same number of voters. */
interface Chunk {
  readonly project: number;
  readonly size: bigint;
  readonly voters: number;
}

/**
 * Knapsack voting counted sol by sol (Goel, Krishnaswamy, Sakshuwong, Aitamurto 2019; spec 8). A
 * ballot gives each project an amount: its whole cost for approvals, the points for points ballots
 * (at most the cost). The k-th unit of a project has the votes of all who give it k or more; units
 * are paid in falling order of votes until the budget is used. Where a whole level does not fit, the
 * rest goes to the smallest chunks first (`increasing`, the Stanford platform's default), to all in
 * proportion (`fractional`), or to whoever has least so far (`equalizing`).
 */
export function countPerSol(election: Election, partial: PartialLevel): PerSolResult {
  const levels = levelsOf(election);
  const amounts: Fraction[] = election.projects.map(() => ZERO);
  let left = election.budget;
  let lastLevel: number | null = null;
  for (const chunks of levels) {
    const wanted = chunks.reduce((sum, { size }) => sum + size, 0n);
    if (left === 0n) break;
    lastLevel = at(chunks, 0).voters;
    if (wanted > left) {
      shareLevel(chunks, left, amounts, partial);
      left = 0n;
      break;
    }
    for (const { project, size } of chunks) {
      amounts[project] = plus(at(amounts, project), fraction(size));
    }
    left -= wanted;
  }
  return {
    allocations: election.projects.map(({ id }, c) => ({ id, amount: toExact(at(amounts, c)) })),
    left: left.toString(),
    lastLevel,
  };
}

const ZERO = fraction(0n);
const plus = (a: Fraction, b: Fraction): Fraction => minus(a, fraction(-b.num, b.den));

/** Chunks of equal votes, most votes first, projects in official order. */
function levelsOf({ profile, projects }: Election): Chunk[][] {
  // Per project: voters for each amount given.
  const given = projects.map(() => new Map<bigint, number>());
  for (let g = 0; g < profile.groups; g++) {
    const end = Number(profile.starts[g + 1]);
    for (let e = Number(profile.starts[g]); e < end; e++) {
      const c = Number(profile.entries[e]);
      const { cost } = at(projects, c);
      const points = profile.points === null ? cost : BigInt(Number(profile.points[e]));
      const amount = points < cost ? points : cost;
      const amounts = at(given, c);
      amounts.set(amount, (amounts.get(amount) ?? 0) + Number(profile.counts[g]));
    }
  }
  const byVotes = new Map<number, Chunk[]>();
  given.forEach((amounts, project) => {
    let voters = 0;
    const falling = [...amounts].sort(([a], [b]) => (a < b ? 1 : -1));
    falling.forEach(([amount, count], i) => {
      voters += count;
      if (amount <= 0n) return;
      const below = falling[i + 1]?.[0] ?? 0n;
      const chunks = byVotes.get(voters) ?? [];
      chunks.push({ project, size: below > 0n ? amount - below : amount, voters });
      byVotes.set(voters, chunks);
    });
  });
  return [...byVotes].sort(([a], [b]) => b - a).map(([, chunks]) => chunks);
}

/** Hands out `money`, less than the chunks want. */
function shareLevel(
  chunks: readonly Chunk[],
  money: bigint,
  amounts: Fraction[],
  partial: PartialLevel,
): void {
  const pay = (project: number, amount: Fraction): void => {
    amounts[project] = plus(at(amounts, project), amount);
  };
  if (partial === 'fractional') {
    const wanted = chunks.reduce((sum, { size }) => sum + size, 0n);
    for (const { project, size } of chunks) pay(project, fraction(money * size, wanted));
  } else if (partial === 'increasing') {
    let left = money;
    for (const { project, size } of [...chunks].sort((a, b) => Number(a.size - b.size))) {
      const amount = size < left ? size : left;
      pay(project, fraction(amount));
      left -= amount;
    }
  } else raiseLowest(chunks, fraction(money), amounts);
}

/** Raises the lowest allocations together until the money is used or their chunks are full. */
function raiseLowest(chunks: readonly Chunk[], money: Fraction, amounts: Fraction[]): void {
  const lessThan = (a: Fraction, b: Fraction): boolean => a.num * b.den < b.num * a.den;
  const ends = chunks.map(({ project, size }) => plus(at(amounts, project), fraction(size)));
  let left = money;
  while (left.num > 0n) {
    const open = chunks.filter(({ project }, i) => lessThan(at(amounts, project), at(ends, i)));
    const lowest = open
      .map(({ project }) => at(amounts, project))
      .reduce((a, b) => (lessThan(b, a) ? b : a));
    const raised = open.filter(({ project }) => !lessThan(lowest, at(amounts, project)));
    // Up to the next allocation above, the end of a chunk, or the end of the money.
    const stops = chunks.flatMap(({ project }, i) => [at(amounts, project), at(ends, i)]);
    const next = stops
      .filter((stop) => lessThan(lowest, stop))
      .reduce((a, b) => (lessThan(b, a) ? b : a));
    const each = fraction(left.num, left.den * BigInt(raised.length));
    const step = lessThan(each, minus(next, lowest)) ? each : minus(next, lowest);
    for (const { project } of raised) amounts[project] = plus(at(amounts, project), step);
    left = minus(left, fraction(step.num * BigInt(raised.length), step.den));
  }
}
