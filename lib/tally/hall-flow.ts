import { at } from './at';
import type { Supports } from './supports';
import type { Profile, Project } from './types';

interface Load {
  readonly cost: bigint;
  readonly voters: bigint;
}

/**
 * Highest unavoidable load of a set S of projects: max over T ⊆ S of cost(T) ÷ |supporters of T|
 * (Hall's condition, weighted). Groups that support the same projects of S are one class.
 */
export class HallFlow {
  private readonly profile: Profile;
  private readonly supports: Supports;
  private readonly projects: readonly Project[];

  constructor(profile: Profile, supports: Supports, projects: readonly Project[]) {
    this.profile = profile;
    this.supports = supports;
    this.projects = projects;
  }

  /** `guess` must not exceed the answer. Every project of the set needs supporters. */
  highestLoad(set: readonly number[], guess: Load): Load {
    const classes = this.classesOf(set);
    const costs = set.map((c) => at(this.projects, c).cost);
    let load = guess;
    for (;;) {
      const over = overloaded(costs, classes, load);
      if (over.size === 0) return load;
      let cost = 0n;
      for (const i of over) cost += at(costs, i);
      let voters = 0n;
      for (const { count, members } of classes) {
        if (members.some((i) => over.has(i))) voters += count;
      }
      load = { cost, voters };
    }
  }

  private classesOf(set: readonly number[]): VoterClass[] {
    const { profile, supports } = this;
    const position = new Map(set.map((c, i) => [c, i]));
    const classes = new Map<string, { count: bigint; members: number[] }>();
    const seen = new Uint8Array(profile.groups);
    for (const c of set) {
      const last = Number(supports.projectStarts[c + 1]);
      for (let j = Number(supports.projectStarts[c]); j < last; j++) {
        const g = Number(supports.groupOf[j]);
        if (seen[g] === 1) continue;
        seen[g] = 1;
        const members: number[] = [];
        const end = Number(profile.starts[g + 1]);
        for (let e = Number(profile.starts[g]); e < end; e++) {
          const i = position.get(Number(profile.entries[e]));
          if (i !== undefined) members.push(i);
        }
        members.sort((a, b) => a - b);
        const key = members.join();
        const known = classes.get(key);
        if (known === undefined)
          classes.set(key, { count: BigInt(Number(profile.counts[g])), members });
        else known.count += BigInt(Number(profile.counts[g]));
      }
    }
    return [...classes.values()];
  }
}

interface VoterClass {
  readonly count: bigint;
  readonly members: readonly number[];
}

/**
 * The projects that cannot be paid for with `load` per voter: the source side of a minimum cut, or
 * none. Amounts are multiplied by the load's denominator, so the flow is in whole numbers.
 */
function overloaded(
  costs: readonly bigint[],
  classes: readonly VoterClass[],
  load: Load,
): ReadonlySet<number> {
  const demand = costs.map((cost) => cost * load.voters);
  const room = classes.map(({ count }) => count * load.cost);
  const paying: bigint[][] = costs.map(() => []);
  const classesOf: number[][] = costs.map(() => []);
  classes.forEach(({ members }, k) => {
    for (const i of members) at(classesOf, i).push(k);
  });
  // paying[i][n]: what class classesOf[i][n] pays of project i.
  costs.forEach((_, i) => {
    paying[i] = at(classesOf, i).map(() => 0n);
  });
  const slotOf = classes.map(({ members }) => members.map(() => 0));
  costs.forEach((_, i) => {
    at(classesOf, i).forEach((k, n) => {
      at(slotOf, k)[at(classes, k).members.indexOf(i)] = n;
    });
  });

  for (let source = 0; source < costs.length; source++) {
    while (at(demand, source) > 0n) {
      const reached = augment(source);
      if (reached !== null) return reached;
    }
  }
  return new Set();

  /** Pays more of a project along a shortest path of shifts; or returns whom it cannot get past. */
  function augment(source: number): ReadonlySet<number> | null {
    const cameFrom = new Map<number, { project: number; slot: number }>();
    const via = new Map<number, { voters: number; project: number }>([]);
    const queue = [source];
    const reached = new Set(queue);
    for (const i of queue) {
      const supporters = at(classesOf, i);
      for (let n = 0; n < supporters.length; n++) {
        const k = at(supporters, n);
        if (cameFrom.has(k)) continue;
        cameFrom.set(k, { project: i, slot: n });
        if (at(room, k) > 0n) {
          push(source, k);
          return null;
        }
        at(classes, k).members.forEach((other, m) => {
          if (reached.has(other)) return;
          if (at(at(paying, other), at(at(slotOf, k), m)) === 0n) return;
          reached.add(other);
          via.set(other, { voters: k, project: i });
          queue.push(other);
        });
      }
    }
    return reached;

    function push(from: number, end: number): void {
      let amount = at(demand, from);
      if (at(room, end) < amount) amount = at(room, end);
      const walk = (visit: (project: number, slot: number, sign: bigint) => void): void => {
        let k = end;
        for (;;) {
          const step = cameFrom.get(k);
          if (step === undefined) return;
          visit(step.project, step.slot, 1n);
          const shift = via.get(step.project);
          if (shift === undefined) return;
          const m = at(classes, shift.voters).members.indexOf(step.project);
          visit(step.project, at(at(slotOf, shift.voters), m), -1n);
          k = shift.voters;
        }
      };
      walk((project, slot, sign) => {
        const paid = at(at(paying, project), slot);
        if (sign < 0n && paid < amount) amount = paid;
      });
      walk((project, slot, sign) => {
        const row = at(paying, project);
        row[slot] = at(row, slot) + sign * amount;
      });
      demand[from] = at(demand, from) - amount;
      room[end] = at(room, end) - amount;
    }
  }
}
