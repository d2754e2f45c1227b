import type { Election, Profile, Utility } from './types';

/**
 * Who supports what, with which weight, seen from the ballots and from the projects. A weight is
 * the voter's utility without its cost factor: 1, points, or the positional score of a ranking.
 */
export interface Supports {
  /** Beside `profile.entries`; null when every weight is 1. */
  readonly weights: Float64Array | null;
  /** `groupOf[projectStarts[c] .. projectStarts[c + 1])`: groups that support c, ascending. */
  readonly projectStarts: Uint32Array;
  readonly groupOf: Uint32Array;
  /** Beside `groupOf`; null when every weight is 1. */
  readonly weightOf: Float64Array | null;
  /** Voters with a positive weight, per project. */
  readonly supporters: Float64Array;
  /** Sum of weights over voters, per project. */
  readonly totals: Float64Array;
}

/** Whether the utility multiplies the weight by the project's cost. */
export const countsCost = (utility: Utility): boolean =>
  utility === 'cost' || utility === 'points-cost';

/** Ballots that name each project, whatever weight they give it. */
export function votesPerProject(profile: Profile, projects: number): Float64Array {
  const votes = new Float64Array(projects);
  for (let g = 0; g < profile.groups; g++) {
    const end = Number(profile.starts[g + 1]);
    for (let e = Number(profile.starts[g]); e < end; e++) {
      const c = Number(profile.entries[e]);
      votes[c] = Number(votes[c]) + Number(profile.counts[g]);
    }
  }
  return votes;
}

/** Weight of every ballot entry under a utility; null when all are 1. */
export function weightsOf(profile: Profile, utility: Utility): Float64Array | null {
  if (utility === 'cost' || utility === 'cardinality') return null;
  if (profile.kind === 'approval') return null;
  if (profile.kind === 'points') {
    if (utility === 'borda') throw new RangeError('Borda needs rankings.');
    return profile.points;
  }
  const weights = new Float64Array(profile.entries.length);
  const lastGets = utility === 'borda' ? 0 : 1;
  for (let g = 0; g < profile.groups; g++) {
    const end = Number(profile.starts[g + 1]);
    for (let e = Number(profile.starts[g]); e < end; e++) weights[e] = end - 1 - e + lastGets;
  }
  return weights;
}

/** Transposes the ballots for a utility. Entries of weight zero or less support nothing. */
export function supportsOf({ profile, projects }: Election, utility: Utility): Supports {
  const weights = weightsOf(profile, utility);
  const projectStarts = new Uint32Array(projects.length + 1);
  for (let e = 0; e < profile.entries.length; e++) {
    if (weights !== null && Number(weights[e]) <= 0) continue;
    const c = Number(profile.entries[e]);
    projectStarts[c + 1] = Number(projectStarts[c + 1]) + 1;
  }
  for (let c = 0; c < projects.length; c++) {
    projectStarts[c + 1] = Number(projectStarts[c + 1]) + Number(projectStarts[c]);
  }
  const next = projectStarts.slice();
  const size = Number(projectStarts[projects.length]);
  const groupOf = new Uint32Array(size);
  const weightOf = weights === null ? null : new Float64Array(size);
  const supporters = new Float64Array(projects.length);
  const totals = new Float64Array(projects.length);
  for (let g = 0; g < profile.groups; g++) {
    const count = Number(profile.counts[g]);
    const end = Number(profile.starts[g + 1]);
    for (let e = Number(profile.starts[g]); e < end; e++) {
      const weight = weights === null ? 1 : Number(weights[e]);
      if (weight <= 0) continue;
      const c = Number(profile.entries[e]);
      const at = Number(next[c]);
      groupOf[at] = g;
      if (weightOf !== null) weightOf[at] = weight;
      next[c] = at + 1;
      supporters[c] = Number(supporters[c]) + count;
      totals[c] = Number(totals[c]) + count * weight;
    }
  }
  return { weights, projectStarts, groupOf, weightOf, supporters, totals };
}
