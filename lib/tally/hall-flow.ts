import { at } from './at';
import { gcd } from './fraction';
import type { Supports } from './supports';
import type { Profile, Project } from './types';

/** An exact load: cost ÷ voters, both whole. */
export interface Load {
  readonly cost: bigint;
  readonly voters: bigint;
}

/**
 * Shares of the cost of a growing set W of projects among their supporters, nobody above a load.
 *
 * `lowestLoad(c)` is the least load at which W and c can be shared out: max over T ⊆ W + c of
 * cost(T) ÷ |supporters of T| (Hall's condition, weighted). Starting from the shares of W, a maximum
 * flow places the cost of c; where it cannot, the projects it reaches are a set T whose own load is
 * higher than the guess, and the next guess (Dinkelbach). Guesses only rise, so no flow is undone.
 *
 * All flow is in whole numbers: amounts are multiplied by the load's denominator. They are doubles
 * while every sum stays below 2^53 and big integers otherwise; the same code runs on both.
 */
export class HallFlow {
  private readonly profile: Profile;
  private readonly supports: Supports;
  private readonly costs: readonly bigint[];
  private readonly costUnit: bigint;
  private readonly convert: (amount: bigint) => number;
  private readonly rescale: (amount: number, to: bigint, from: bigint) => number;
  private readonly zero: number;
  /** Edge of the projects' side for each entry of the ballots' side. */
  private readonly edgeOf: Int32Array;
  private members: number[] = [];
  private load: Load = { cost: 0n, voters: 1n };
  /** What the group of each edge pays for its project, times `load.voters`. */
  private paying: number[];

  constructor(profile: Profile, supports: Supports, projects: readonly Project[]) {
    this.profile = profile;
    this.supports = supports;
    this.costUnit = projects.reduce((unit, { cost }) => gcd(unit, cost), 0n) || 1n;
    this.costs = projects.map(({ cost }) => cost / this.costUnit);
    const total = this.costs.reduce((sum, cost) => sum + cost, 1n);
    const small = total * BigInt(profile.voters) < 1n << 52n;
    this.convert = small ? Number : (amount) => amount as unknown as number;
    // Rounded down: less than the old share is still within the new load, what is missing is placed
    // again.
    this.rescale = small
      ? (amount, to, from) => Math.floor(amount * (Number(to) / Number(from)) * (1 - 2 ** -50))
      : (amount, to, from) => this.convert((BigInt(amount) * to) / from);
    this.zero = this.convert(0n);
    this.paying = Array.from(supports.groupOf, () => this.zero);
    this.edgeOf = edgesOf(profile, supports, projects.length);
  }

  /** The load of W with c; `atLeast` is a load known not to exceed it. c needs supporters. */
  lowestLoad(c: number, atLeast: Load): Load {
    const { load } = this.placed(c, atLeast);
    return { cost: load.cost * this.costUnit, voters: load.voters };
  }

  /** Makes c part of W. */
  add(c: number, atLeast: Load): void {
    const { load, paying } = this.placed(c, atLeast);
    this.load = load;
    this.paying = paying;
    this.members = [...this.members, c];
  }

  private placed(c: number, atLeast: Load): { load: Load; paying: number[] } {
    const members = [...this.members, c];
    let load = higher(this.load, {
      cost: atLeast.cost / this.costUnit,
      voters: atLeast.voters,
    });
    let paying = this.inUnitsOf(this.paying, this.load, load);
    for (;;) {
      const over = this.fill(members, load, paying);
      if (over === null) return { load, paying };
      const next = this.loadOf(over);
      paying = this.inUnitsOf(paying, load, next);
      load = next;
    }
  }

  private inUnitsOf(paying: readonly number[], from: Load, to: Load): number[] {
    if (from.voters === to.voters) return paying.slice();
    return paying.map((paid) =>
      paid > this.zero ? this.rescale(paid, to.voters, from.voters) : paid,
    );
  }

  private loadOf(over: readonly number[]): Load {
    const { projectStarts, groupOf } = this.supports;
    const counted = new Uint8Array(this.profile.groups);
    let cost = 0n;
    let voters = 0;
    for (const c of over) {
      cost += at(this.costs, c);
      const last = Number(projectStarts[c + 1]);
      for (let j = Number(projectStarts[c]); j < last; j++) {
        const group = Number(groupOf[j]);
        if (counted[group] === 1) continue;
        counted[group] = 1;
        voters += Number(this.profile.counts[group]);
      }
    }
    const common = gcd(cost, BigInt(voters));
    return { cost: cost / common, voters: BigInt(voters) / common };
  }

  /** Places the costs of the members; or gives the projects that do not fit under the load. */
  private fill(members: readonly number[], load: Load, paying: number[]): number[] | null {
    const { projectStarts, groupOf } = this.supports;
    const room: number[] = Array.from(this.profile.counts, (count) =>
      this.convert(BigInt(count) * load.cost),
    );
    const missing = new Map<number, number>();
    for (const c of members) {
      let due = this.convert(at(this.costs, c) * load.voters);
      const last = Number(projectStarts[c + 1]);
      for (let j = Number(projectStarts[c]); j < last; j++) {
        const group = Number(groupOf[j]);
        due -= at(paying, j);
        room[group] = at(room, group) - at(paying, j);
      }
      missing.set(c, due);
    }
    const search = new Shifts(this.profile, this.supports, this.edgeOf, members, paying, room);
    for (const [c, due] of missing) {
      let left = due;
      while (left > this.zero) {
        const placed = search.place(c, left, this.zero);
        if (placed === this.zero) return search.reached();
        left -= placed;
      }
    }
    return null;
  }
}

const higher = (a: Load, b: Load): Load => (a.cost * b.voters < b.cost * a.voters ? b : a);

function edgesOf(profile: Profile, supports: Supports, projects: number): Int32Array {
  const edgeOf = new Int32Array(profile.entries.length);
  const next = supports.projectStarts.slice(0, projects);
  for (let g = 0; g < profile.groups; g++) {
    const end = Number(profile.starts[g + 1]);
    for (let e = Number(profile.starts[g]); e < end; e++) {
      const c = Number(profile.entries[e]);
      const j = Number(next[c]);
      edgeOf[e] = j;
      next[c] = j + 1;
    }
  }
  return edgeOf;
}

/** Moves payments between supporters so that more of one project can be paid (Dinic 1970). */
class Shifts {
  private readonly profile: Profile;
  private readonly supports: Supports;
  private readonly edgeOf: Int32Array;
  private readonly isMember: Uint8Array;
  private readonly paying: number[];
  private readonly room: number[];
  /** Steps from the source, -1 where not reached. */
  private readonly levels: Int32Array;
  private readonly cursor: Int32Array;

  constructor(
    profile: Profile,
    supports: Supports,
    edgeOf: Int32Array,
    members: readonly number[],
    paying: number[],
    room: number[],
  ) {
    const projects = supports.projectStarts.length - 1;
    this.profile = profile;
    this.supports = supports;
    this.edgeOf = edgeOf;
    this.isMember = new Uint8Array(projects);
    for (const c of members) this.isMember[c] = 1;
    this.paying = paying;
    this.room = room;
    this.levels = new Int32Array(projects);
    this.cursor = new Int32Array(projects);
  }

  /** Places up to `wanted` of c along shortest chains of shifts; zero when there is no chain. */
  place(c: number, wanted: number, zero: number): number {
    if (!this.layer(c, zero)) return zero;
    this.cursor.set(this.supports.projectStarts.subarray(0, this.cursor.length));
    return this.push(c, wanted, zero);
  }

  /** The projects the last search got to. */
  reached(): number[] {
    return Array.from(this.levels.keys()).filter((c) => Number(this.levels[c]) >= 0);
  }

  /** Breadth-first over projects; true when some supporter on the way has room. */
  private layer(source: number, zero: number): boolean {
    const { projectStarts, groupOf } = this.supports;
    this.levels.fill(-1);
    this.levels[source] = 0;
    const queue = [source];
    const seen = new Uint8Array(this.profile.groups);
    let found = Infinity;
    for (const c of queue) {
      const level = Number(this.levels[c]);
      if (level > found) return true;
      const last = Number(projectStarts[c + 1]);
      for (let j = Number(projectStarts[c]); j < last; j++) {
        const group = Number(groupOf[j]);
        if (seen[group] === 1) continue;
        seen[group] = 1;
        if (at(this.room, group) > zero) found = level;
        this.eachPaid(group, zero, (other) => {
          if (Number(this.levels[other]) !== -1) return;
          this.levels[other] = level + 1;
          queue.push(other);
        });
      }
    }
    return found < Infinity;
  }

  private eachPaid(group: number, zero: number, visit: (c: number, edge: number) => void): void {
    const { starts, entries } = this.profile;
    const end = Number(starts[group + 1]);
    for (let e = Number(starts[group]); e < end; e++) {
      const edge = Number(this.edgeOf[e]);
      if (this.isMember[Number(entries[e])] === 1 && at(this.paying, edge) > zero) {
        visit(Number(entries[e]), edge);
      }
    }
  }

  private push(c: number, wanted: number, zero: number): number {
    const { projectStarts, groupOf } = this.supports;
    const last = Number(projectStarts[c + 1]);
    const next = Number(this.levels[c]) + 1;
    let left = wanted;
    for (; Number(this.cursor[c]) < last; this.cursor[c] = Number(this.cursor[c]) + 1) {
      const edge = Number(this.cursor[c]);
      const group = Number(groupOf[edge]);
      const space = at(this.room, group);
      if (space > zero) {
        const amount = space < left ? space : left;
        this.room[group] = space - amount;
        this.paying[edge] = at(this.paying, edge) + amount;
        left -= amount;
      }
      if (left === zero) return wanted;
      this.eachPaid(group, zero, (other, paid) => {
        if (left === zero || Number(this.levels[other]) !== next) return;
        const most = at(this.paying, paid);
        const moved = this.push(other, most < left ? most : left, zero);
        this.paying[paid] = at(this.paying, paid) - moved;
        this.paying[edge] = at(this.paying, edge) + moved;
        left -= moved;
      });
      if (left === zero) return wanted;
    }
    return wanted - left;
  }
}
