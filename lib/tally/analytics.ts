import { at } from './at';
import { ejrPlusViolations, type EjrViolation } from './ejr-plus';
import { fraction, toExact } from './fraction';
import { gini, mean, satisfactionOf, winnerSet, type Satisfaction } from './satisfaction';
import { supportsOf } from './supports';
import type { Election, Exact } from './types';

/** Money and service of one district or category. */
export interface Part {
  readonly name: string;
  /** Units spent on its projects. */
  readonly spent: Exact;
  /** Share of all that was spent. */
  readonly spentShare: Exact;
}

export interface DistrictPart extends Part {
  readonly voters: number;
  /** Spent ÷ (budget × its share of the voters): 1 is exactly its part. Null without voters. */
  readonly spentPerFairPart: Exact | null;
  /** Mean number of funded projects on a ballot of the district. */
  readonly averageProjects: Exact;
}

export interface CategoryPart extends Part {
  /** Mean over ballots of the share of their approved cost that lies in this category. */
  readonly wantedShare: Exact;
}

/** What an outcome means for the voters. Exact rationals (spec 10), but for `fairShareReached`
 * and `wantedShare`, which are rounded to six decimals. */
export interface Analytics {
  /** cost(W) ÷ budget; null for a budget of zero. */
  readonly spentShare: Exact | null;
  /** Voters with at least one funded project on the ballot. Empty ballots count as not covered. */
  readonly coverage: Exact;
  readonly exclusionRatio: Exact;
  readonly averageProjects: Exact;
  readonly averageCost: Exact;
  readonly giniProjects: Exact;
  readonly giniCost: Exact;
  /** `votersByProjects[k]`: voters with exactly k funded projects on the ballot. */
  readonly votersByProjects: readonly number[];
  /** Mean over voters of min(1, share received ÷ fair share); voters who support nothing get 1. */
  readonly fairShareReached: Exact;
  readonly ejrPlusCost: readonly EjrViolation[];
  readonly ejrPlusCardinality: readonly EjrViolation[];
  readonly districts: readonly DistrictPart[];
  readonly categories: readonly CategoryPart[];
}

/** Measures a set of winners, given by id, whatever rule chose them. */
export function analyse(election: Election, winnerIds: readonly string[]): Analytics {
  const winners = winnerSet(election, winnerIds);
  const { profile, budget, projects } = election;
  const { counts } = profile;
  const served = satisfactionOf(election, winners);
  const numbers = Array.from(served.projects, BigInt);
  const spent = [...winners].reduce((sum, c) => sum + at(projects, c).cost, 0n);
  const votersByProjects: number[] = [];
  served.projects.forEach((funded, g) => {
    while (votersByProjects.length <= funded) votersByProjects.push(0);
    votersByProjects[funded] = Number(votersByProjects[funded]) + Number(counts[g]);
  });
  const voters = BigInt(profile.voters || 1);
  const without = BigInt(votersByProjects[0] ?? 0);
  return {
    spentShare: budget === 0n ? null : toExact(fraction(spent, budget)),
    coverage: toExact(fraction(BigInt(profile.voters) - without, voters)),
    exclusionRatio: toExact(fraction(without, voters)),
    averageProjects: toExact(mean(numbers, counts)),
    averageCost: toExact(mean(served.costs, counts)),
    giniProjects: gini(numbers, counts),
    giniCost: gini(served.costs, counts),
    votersByProjects,
    fairShareReached: fairShareReached(election, winners),
    ejrPlusCost: ejrPlusViolations(election, winners, 'cost'),
    ejrPlusCardinality: ejrPlusViolations(election, winners, 'cardinality'),
    districts: districtParts(election, winners, served, spent),
    categories: categoryParts(election, winners, spent),
  };
}

/**
 * Every supporter of a project carries an equal part of its cost. A voter's fair share is the part
 * of all supported projects, at most budget ÷ voters; received is the part of the funded ones.
 */
function fairShareReached(election: Election, winners: ReadonlySet<number>): Exact {
  const { profile, projects, budget } = election;
  if (profile.voters === 0) return '1';
  const { supporters } = supportsOf(election, 'cardinality');
  const parts = projects.map(({ cost }, c) => Number(cost) / Number(supporters[c]));
  const equal = Number(budget) / profile.voters;
  let sum = 0;
  for (let g = 0; g < profile.groups; g++) {
    let wanted = 0;
    let received = 0;
    const end = Number(profile.starts[g + 1]);
    for (let e = Number(profile.starts[g]); e < end; e++) {
      const c = Number(profile.entries[e]);
      wanted += at(parts, c);
      if (winners.has(c)) received += at(parts, c);
    }
    const fair = Math.min(wanted, equal);
    sum += Number(profile.counts[g]) * (fair === 0 ? 1 : Math.min(1, received / fair));
  }
  // A mean of hundreds of thousands of unlike fractions is no use exactly: six decimals, rounded.
  return rounded(sum / profile.voters);
}

const shareOf = (part: bigint, whole: bigint): Exact =>
  whole === 0n ? '0' : toExact(fraction(part, whole));

function districtParts(
  { profile, projects, budget }: Election,
  winners: ReadonlySet<number>,
  served: Satisfaction,
  spent: bigint,
): DistrictPart[] {
  const names = new Set<string>(profile.districtNames.filter((name) => name !== ''));
  for (const { district } of projects) if (district !== null) names.add(district);
  return [...names].map((name) => {
    const here = [...winners].filter((c) => at(projects, c).district === name);
    const cost = here.reduce((sum, c) => sum + at(projects, c).cost, 0n);
    const groups: number[] = [];
    profile.districts?.forEach((district, g) => {
      if (profile.districtNames[district] === name) groups.push(g);
    });
    const counts = groups.map((g) => Number(profile.counts[g]));
    const voters = counts.reduce((sum, count) => sum + count, 0);
    const fair = budget * BigInt(voters);
    return {
      name,
      spent: cost.toString(),
      spentShare: shareOf(cost, spent),
      voters,
      spentPerFairPart: fair === 0n ? null : toExact(fraction(cost * BigInt(profile.voters), fair)),
      averageProjects: toExact(
        mean(
          groups.map((g) => BigInt(Number(served.projects[g]))),
          counts,
        ),
      ),
    };
  });
}

function categoryParts(
  { profile, projects }: Election,
  winners: ReadonlySet<number>,
  spent: bigint,
): CategoryPart[] {
  const names = [...new Set(projects.flatMap(({ categories }) => categories))];
  const wanted = new Map<string, number>();
  for (let g = 0; g < profile.groups; g++) {
    const byCategory = new Map<string, number>();
    let whole = 0;
    const end = Number(profile.starts[g + 1]);
    for (let e = Number(profile.starts[g]); e < end; e++) {
      const { cost, categories } = at(projects, Number(profile.entries[e]));
      whole += Number(cost);
      for (const name of categories) {
        byCategory.set(name, (byCategory.get(name) ?? 0) + Number(cost));
      }
    }
    for (const [name, cost] of byCategory) {
      const share = whole === 0 ? 0 : (Number(profile.counts[g]) * cost) / whole;
      wanted.set(name, (wanted.get(name) ?? 0) + share);
    }
  }
  return names.map((name) => {
    const here = [...winners].filter((c) => at(projects, c).categories.includes(name));
    const cost = here.reduce((sum, c) => sum + at(projects, c).cost, 0n);
    const share = (wanted.get(name) ?? 0) / (profile.voters || 1);
    return {
      name,
      spent: cost.toString(),
      spentShare: shareOf(cost, spent),
      wantedShare: rounded(share),
    };
  });
}

const rounded = (share: number): Exact =>
  toExact(fraction(BigInt(Math.round(share * 1e6)), 1_000_000n));

/** Who is better off with which of two outcomes, by funded projects on the ballot. */
export interface OutcomeComparison {
  readonly onlyFirst: readonly string[];
  readonly onlySecond: readonly string[];
  readonly betterWithFirst: number;
  readonly betterWithSecond: number;
  readonly same: number;
}

export function compareOutcomes(
  election: Election,
  first: readonly string[],
  second: readonly string[],
): OutcomeComparison {
  const a = satisfactionOf(election, winnerSet(election, first)).projects;
  const b = satisfactionOf(election, winnerSet(election, second)).projects;
  let betterWithFirst = 0;
  let betterWithSecond = 0;
  a.forEach((funded, g) => {
    const difference = funded - Number(b[g]);
    if (difference > 0) betterWithFirst += Number(election.profile.counts[g]);
    if (difference < 0) betterWithSecond += Number(election.profile.counts[g]);
  });
  return {
    onlyFirst: first.filter((id) => !second.includes(id)),
    onlySecond: second.filter((id) => !first.includes(id)),
    betterWithFirst,
    betterWithSecond,
    same: election.profile.voters - betterWithFirst - betterWithSecond,
  };
}
