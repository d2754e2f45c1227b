import { at } from './at';
import { satisfactionOf } from './satisfaction';
import { supportsOf } from './supports';
import type { Election } from './types';

/** A group that deserved a project it did not get. */
export interface EjrViolation {
  readonly project: string;
  /** So many supporters of it, each with less than their share could have bought them. */
  readonly voters: number;
}

/**
 * EJR+ up to any project (Brill & Peters 2023), for approval ballots: a project c left out is a
 * violation if, for some k, the k least served supporters of c all have u_i(W) + u(c) within what k
 * shares of the budget buy. With cost utilities that is u_i(W) + cost(c) ≤ k · B ÷ n; with
 * cardinality (|A_i ∩ W| + 1) · cost(c) ≤ k · B ÷ n. Polynomial: sort supporters, test each prefix.
 *
 * Equal Shares without completion never violates it for its own utility (spec 10); greedy often does.
 */
export function ejrPlusViolations(
  election: Election,
  winners: ReadonlySet<number>,
  utility: 'cost' | 'cardinality',
): EjrViolation[] {
  const { profile, projects, budget } = election;
  const voters = BigInt(profile.voters);
  const supports = supportsOf(election, 'cardinality');
  const served = satisfactionOf(election, winners);
  const violations: EjrViolation[] = [];
  projects.forEach(({ id, cost }, c) => {
    // A free project has no cost utility to miss.
    if (winners.has(c) || (cost === 0n && utility === 'cost')) return;
    const least = Array.from(
      supports.groupOf.subarray(supports.projectStarts[c], supports.projectStarts[c + 1]),
      (g) => ({
        count: Number(profile.counts[g]),
        has: utility === 'cost' ? at(served.costs, g) : BigInt(Number(served.projects[g])),
      }),
    ).sort((a, b) => (a.has < b.has ? -1 : a.has > b.has ? 1 : 0));
    let k = 0;
    for (const { count, has } of least) {
      k += count;
      const wanted = utility === 'cost' ? has + cost : (has + 1n) * cost;
      if (wanted * voters > BigInt(k) * budget) continue;
      violations.push({ project: id, voters: k });
      return;
    }
  });
  return violations;
}
