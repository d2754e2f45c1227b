import { at } from './at';
import { tally } from './tally';
import type { Election, Exact, FundingRule, Profile } from './types';

/** What would have funded a project that was not, everything else being equal. */
export interface WhatIf {
  readonly id: string;
  /** Ballots naming only this project that had to be added; null when no number would do. */
  readonly moreSupporters: number | null;
  /** The cost at which it is funded, in units; one unit of currency more and it is not. */
  readonly fundedAtCost: Exact | null;
}

/**
 * How far a project was from being funded, by the measures of Boehmer, Faliszewski, Janeczko, Peters
 * and others (2024), "Evaluation of Project Performance in Participatory Budgeting": singleton votes
 * to add and cost to cut. Found by doubling and halving; every answer has been verified by counting
 * again with it and with one step less. Where a rule is not monotone (Equal Shares with Add1 is not)
 * a smaller answer may exist between two that were tried.
 */
export function whatIf(election: Election, rule: FundingRule, id: string): WhatIf {
  const c = election.projects.findIndex((project) => project.id === id);
  if (c === -1) throw new RangeError(`No project is called ${id}.`);
  const funded = (changed: Election): boolean => tally(changed, rule).winners.includes(id);
  return {
    id,
    moreSupporters: moreSupporters(election, c, funded),
    fundedAtCost: fundedAtCost(election, c, funded),
  };
}

function moreSupporters(
  election: Election,
  c: number,
  funded: (changed: Election) => boolean,
): number | null {
  if (at(election.projects, c).cost > election.budget) return null;
  // Beyond this the newcomers outnumber everybody else so far that more would change nothing.
  const enough = 64 * (election.profile.voters + 1);
  let low = 0;
  let high = 1;
  while (!funded(withSupporters(election, c, high))) {
    low = high;
    high *= 2;
    if (high > enough) return null;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (funded(withSupporters(election, c, middle))) high = middle;
    else low = middle;
  }
  return high;
}

function fundedAtCost(
  election: Election,
  c: number,
  funded: (changed: Election) => boolean,
): Exact | null {
  const unit = election.unitsPerCurrency;
  // Whole units of currency: what a council would cut to.
  let high = (at(election.projects, c).cost + unit - 1n) / unit;
  let low = 0n;
  const works = (cost: bigint): boolean => funded(withCost(election, c, cost * unit));
  if (high <= 1n || !works(1n)) return null;
  low = 1n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (works(middle)) low = middle;
    else high = middle;
  }
  return (low * unit).toString();
}

/** The election with another cost for project c. */
export function withCost(election: Election, c: number, cost: bigint): Election {
  return {
    ...election,
    projects: election.projects.map((project, i) => (i === c ? { ...project, cost } : project)),
  };
}

/**
 * The election with `count` more ballots that name only project c, with as many points as any ballot
 * gives to one project where there are points.
 */
export function withSupporters(election: Election, c: number, count: number): Election {
  const { profile } = election;
  const most = (points: Float64Array): number => points.reduce((a, b) => Math.max(a, b), 1);
  const added: Profile = {
    ...profile,
    voters: profile.voters + count,
    groups: profile.groups + 1,
    counts: withOneMore(profile.counts, count),
    starts: withOneMore(profile.starts, profile.entries.length + 1),
    entries: withOneMore(profile.entries, c),
    points: profile.points === null ? null : withOneMore(profile.points, most(profile.points)),
    // District 0 is "none".
    districts: profile.districts === null ? null : withOneMore(profile.districts, 0),
  };
  return { ...election, profile: added };
}

function withOneMore<T extends Uint32Array | Uint16Array | Float64Array>(list: T, last: number): T {
  const longer = new (list.constructor as new (length: number) => T)(list.length + 1);
  longer.set(list);
  longer[list.length] = last;
  return longer;
}
