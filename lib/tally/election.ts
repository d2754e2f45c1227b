import { BallotGrouper } from './grouping';
import type { BallotKind, Election, Project } from './types';

export interface ProjectInput {
  readonly id: string;
  /** Integer units (céntimos). Rows of a ranking without money have none. */
  readonly cost?: bigint | number;
  readonly district?: string | null;
  readonly categories?: readonly string[];
}

export interface BallotInput {
  /** Project ids; for rankings best first. A repeated id counts once, at its first place. */
  readonly choices: readonly string[];
  /** Integer points beside `choices`, for `points` elections only. */
  readonly points?: readonly number[];
  /** How many ballots say exactly this; 1 if absent. */
  readonly count?: number;
  readonly district?: string | null;
}

export interface ElectionInput {
  readonly kind: BallotKind;
  /** In official order: the order of the ballot paper. */
  readonly projects: readonly ProjectInput[];
  /** Integer units; absent for a ranking without money. */
  readonly budget?: bigint | number;
  /** Integer units in one unit of currency; 100 (céntimos in a sol) if absent. */
  readonly unitsPerCurrency?: number;
  readonly ballots: Iterable<BallotInput>;
}

/** What is wrong with an election, in words for the one who built it. */
export class ElectionError extends Error {
  override readonly name = 'ElectionError';
}

function units(value: bigint | number, what: string): bigint {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new ElectionError(`${what} must be a whole number of units.`);
  }
  const exact = BigInt(value);
  if (exact < 0n) throw new ElectionError(`${what} must not be negative.`);
  return exact;
}

/**
 * Checks and groups an election. Ballots may come in any order: the result does not depend on it.
 * Throws `ElectionError` on repeated project ids, unknown ids in a ballot, points that are missing,
 * fractional or negative, and amounts that are not whole and non-negative.
 */
export function buildElection(input: ElectionInput): Election {
  const projects = input.projects.map(
    ({ id, cost = 0n, district = null, categories = [] }): Project => ({
      id,
      cost: units(cost, `The cost of ${id}`),
      district,
      categories,
    }),
  );
  const indexOf = new Map(projects.map((project, index) => [project.id, index]));
  if (indexOf.size !== projects.length) throw new ElectionError('Two projects share an id.');

  const districtNames: string[] = [];
  const districtIndex = new Map<string, number>();
  const grouper = new BallotGrouper(input.kind);
  const entries = new Uint32Array(projects.length);
  const points = input.kind === 'points' ? new Float64Array(projects.length) : null;

  for (const ballot of input.ballots) {
    const choices = readChoices(ballot, input.kind, indexOf);
    choices.forEach(([index, value], at) => {
      entries[at] = index;
      if (points !== null) points[at] = value;
    });
    const count = ballot.count ?? 1;
    if (!Number.isSafeInteger(count) || count < 1) {
      throw new ElectionError('A ballot must be counted a whole number of times, at least once.');
    }
    // District 0 is "none".
    let district = 0;
    if (ballot.district !== undefined && ballot.district !== null) {
      district = districtIndex.get(ballot.district) ?? 0;
      if (district === 0) {
        if (districtNames.length === 0) districtNames.push('');
        district = districtNames.push(ballot.district) - 1;
        districtIndex.set(ballot.district, district);
      }
    }
    grouper.add(entries, points, choices.length, district, count);
  }

  return {
    projects,
    budget: units(input.budget ?? 0n, 'The budget'),
    unitsPerCurrency: BigInt(input.unitsPerCurrency ?? 100),
    profile: grouper.finish(districtNames),
  };
}

function readChoices(
  ballot: BallotInput,
  kind: BallotKind,
  indexOf: ReadonlyMap<string, number>,
): [index: number, points: number][] {
  const chosen = new Map<number, number>();
  if (kind === 'points' && (ballot.points ?? []).length !== ballot.choices.length) {
    throw new ElectionError('A points ballot needs as many points as choices.');
  }
  ballot.choices.forEach((id, at) => {
    const index = indexOf.get(id);
    if (index === undefined) throw new ElectionError(`A ballot names an unknown project: ${id}`);
    const value = ballot.points?.[at] ?? 0;
    if (!Number.isSafeInteger(value)) throw new ElectionError('Points must be whole numbers.');
    if (!chosen.has(index)) chosen.set(index, value);
  });
  const pairs = [...chosen];
  return kind === 'ranking' ? pairs : pairs.sort(([a], [b]) => a - b);
}
