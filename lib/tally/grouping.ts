import type { BallotKind, Profile } from './types';

/** Grows a typed array by doubling; what is beyond the length in use is zero. */
function grown<T extends Uint32Array | Float64Array | Uint16Array>(array: T, needed: number): T {
  if (needed <= array.length) return array;
  const larger = new (array.constructor as new (length: number) => T)(
    Math.max(needed, array.length * 2),
  );
  larger.set(array);
  return larger;
}

/** A slot of the table is two words: group + 1 (0: free) and the hash of its ballots. */
const SLOT = 2;

/**
 * Collects ballots into columns and groups identical ones (same projects, points and district) as
 * they arrive: an open-addressing table, no object per ballot. The hash lies beside the group's number, so
 * that a ballot nobody cast before costs one visit to distant memory.
 */
export class BallotGrouper {
  private counts = new Uint32Array(1024);
  private districts = new Uint16Array(1024);
  private starts = new Uint32Array(1025);
  private entries = new Uint32Array(8192);
  private points = new Float64Array(0);
  private table = new Int32Array(SLOT * 4096);
  private groups = 0;
  private voters = 0;
  private readonly kind: BallotKind;

  constructor(kind: BallotKind) {
    this.kind = kind;
  }

  /**
   * Adds `count` ballots that name `entries[0 .. length)`, already free of repetitions.
   * Approval and points ballots must come in ascending order of project, so that order is no
   * difference; rankings best first. Returns the group they fell into.
   */
  add(
    entries: Uint32Array,
    points: Float64Array | null,
    length: number,
    district: number,
    count: number,
  ): number {
    this.voters += count;
    const { table } = this;
    const mask = table.length - 1;
    const hash = hashOfBallot(entries, points, length, district);
    let slot = (hash * SLOT) & mask;
    for (; table[slot] !== 0; slot = (slot + SLOT) & mask) {
      if (table[slot + 1] !== hash) continue;
      const group = Number(table[slot]) - 1;
      if (!this.isSame(group, entries, points, length, district)) continue;
      this.counts[group] = Number(this.counts[group]) + count;
      return group;
    }
    const group = this.append(entries, points, length, district);
    this.counts[group] = count;
    table[slot] = group + 1;
    table[slot + 1] = hash;
    if (this.groups * SLOT * 2 > table.length) this.rehash();
    return group;
  }

  /** The columns, cut to size. The grouper must not be used afterwards. */
  finish(districtNames: readonly string[]): Profile {
    const used = Number(this.starts[this.groups]);
    return {
      kind: this.kind,
      voters: this.voters,
      groups: this.groups,
      counts: this.counts.slice(0, this.groups),
      starts: this.starts.slice(0, this.groups + 1),
      entries: this.entries.slice(0, used),
      points: this.kind === 'points' ? this.points.slice(0, used) : null,
      districts: districtNames.length > 0 ? this.districts.slice(0, this.groups) : null,
      districtNames,
    };
  }

  private append(
    entries: Uint32Array,
    points: Float64Array | null,
    length: number,
    district: number,
  ): number {
    const group = this.groups++;
    const start = Number(this.starts[group]);
    this.counts = grown(this.counts, this.groups);
    this.districts = grown(this.districts, this.groups);
    this.starts = grown(this.starts, this.groups + 1);
    this.entries = grown(this.entries, start + length);
    for (let i = 0; i < length; i++) this.entries[start + i] = Number(entries[i]);
    if (points !== null) {
      this.points = grown(this.points, start + length);
      for (let i = 0; i < length; i++) this.points[start + i] = Number(points[i]);
    }
    this.districts[group] = district;
    this.starts[group + 1] = start + length;
    return group;
  }

  private isSame(
    group: number,
    entries: Uint32Array,
    points: Float64Array | null,
    length: number,
    district: number,
  ): boolean {
    const start = Number(this.starts[group]);
    if (Number(this.starts[group + 1]) - start !== length) return false;
    if (this.districts[group] !== district) return false;
    for (let i = 0; i < length; i++) {
      if (this.entries[start + i] !== entries[i]) return false;
      if (points !== null && this.points[start + i] !== points[i]) return false;
    }
    return true;
  }

  private rehash(): void {
    const { table: old } = this;
    const table = new Int32Array(old.length * 4);
    const mask = table.length - 1;
    for (let from = 0; from < old.length; from += SLOT) {
      if (old[from] === 0) continue;
      const hash = Number(old[from + 1]);
      let slot = (hash * SLOT) & mask;
      while (table[slot] !== 0) slot = (slot + SLOT) & mask;
      table[slot] = Number(old[from]);
      table[slot + 1] = hash;
    }
    this.table = table;
  }
}

/** Ballots that differ may share it; the grouper compares them then. */
export function hashOfBallot(
  entries: Uint32Array,
  points: Float64Array | null,
  length: number,
  district: number,
): number {
  let hash = Math.imul(district + 1, 0x9e3779b1) ^ length;
  for (let i = 0; i < length; i++) {
    hash = Math.imul(hash ^ Number(entries[i]), 0x85ebca6b);
    hash ^= hash >>> 13;
    if (points !== null) hash = Math.imul(hash ^ Number(points[i]), 0xc2b2ae35);
  }
  return hash ^ (hash >>> 16);
}
