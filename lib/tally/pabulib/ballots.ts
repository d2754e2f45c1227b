import { BallotGrouper } from '../grouping';
import type { BallotKind, Profile } from '../types';
import { ByteTable, hashOf } from './intern';
import { quote } from './numbers';
import { PabulibError, splitCells, textOf, valueOf } from './rows';

const SEMICOLON = 0x3b;
const COMMA = 0x2c;
const SPACE = 0x20;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

/** Points with more decimals than this are refused: sums have to stay whole numbers. */
const MOST_POINT_DECIMALS = 6;
const MOST_POINTS = 1e9;

/** Thrown when a ballot's points have decimals: reading has to start again with larger units. */
export class PointsNeedDecimals extends Error {
  readonly scale: number;

  constructor(scale: number) {
    super(`Points need units of 1/${scale}.`);
    this.scale = scale;
  }
}

/** Reads the rows of VOTES into groups, straight from bytes. */
export class BallotReader {
  private readonly kind: BallotKind;
  private readonly grouper: BallotGrouper;
  private readonly ids = new ByteTable();
  private readonly districts = new ByteTable();
  private readonly districtNames: string[] = [];
  private readonly voteColumn: number;
  private readonly pointsColumn: number;
  private readonly districtColumn: number;
  private readonly width: number;
  private readonly pointScale: number;

  // The ballot being read. `stamp` marks the projects it already names.
  private entries = new Uint32Array(64);
  private points = new Float64Array(64);
  private length = 0;
  /** Choices as written, repetitions included, and where each went (-1: a repetition). */
  private written = 0;
  private placeOf = new Int32Array(64);
  private readonly stamp: Uint32Array;
  private ballot = 0;

  constructor(
    kind: BallotKind,
    header: readonly string[],
    indexOf: ReadonlyMap<string, number>,
    pointScale: number,
  ) {
    this.kind = kind;
    this.grouper = new BallotGrouper(kind);
    this.voteColumn = header.indexOf('vote');
    this.pointsColumn = kind === 'points' ? header.indexOf('points') : -1;
    this.districtColumn =
      header.indexOf('district') === -1
        ? header.indexOf('neighborhood')
        : header.indexOf('district');
    this.width = header.length;
    this.pointScale = pointScale;
    this.stamp = new Uint32Array(indexOf.size);
    const encoder = new TextEncoder();
    for (const id of indexOf.keys()) {
      const bytes = encoder.encode(id);
      this.ids.intern(bytes, 0, bytes.length);
    }
  }

  add(bytes: Uint8Array, start: number, end: number, quoted: boolean, line: number): void {
    if (quoted) {
      // Rare: take the quotes off and go on as if they had never been there.
      const cells = splitCells(textOf(bytes, start, end, line), line).map(valueOf);
      const plain = cells.map((cell, i) => (this.isRead(i) ? cell : '')).join(';');
      const encoded = new TextEncoder().encode(plain);
      this.addPlain(encoded, 0, encoded.length, line);
    } else if (end > start) this.addPlain(bytes, start, end, line);
  }

  finish(): Profile {
    return this.grouper.finish(this.districtNames);
  }

  private isRead(column: number): boolean {
    return (
      column === this.voteColumn || column === this.pointsColumn || column === this.districtColumn
    );
  }

  private addPlain(bytes: Uint8Array, start: number, end: number, line: number): void {
    let column = 0;
    let from = start;
    let district = 0;
    let pointsFrom = -1;
    let pointsTo = -1;
    this.begin();
    let sawVote = false;
    for (;;) {
      let to = from;
      while (to < end && bytes[to] !== SEMICOLON) to++;
      if (column === this.voteColumn) {
        this.readChoices(bytes, from, to, line);
        sawVote = true;
      } else if (column === this.pointsColumn) {
        pointsFrom = from;
        pointsTo = to;
      } else if (column === this.districtColumn) district = this.districtOf(bytes, from, to, line);
      else if (column >= this.width && to > from) {
        throw new PabulibError(line, 'A ballot has more cells than the header names.');
      }
      if (to >= end) break;
      from = to + 1;
      column++;
    }
    if (!sawVote) {
      if (column === 0 && isBlank(bytes, start, end)) return;
      throw new PabulibError(line, 'A ballot has no cell for its vote.');
    }
    if (this.pointsColumn !== -1) this.readPoints(bytes, pointsFrom, pointsTo, line);
    if (this.kind !== 'ranking') this.sort();
    this.grouper.add(
      this.entries,
      this.kind === 'points' ? this.points : null,
      this.length,
      district,
      1,
    );
  }

  private begin(): void {
    this.ballot++;
    this.length = 0;
    this.written = 0;
  }

  private readChoices(bytes: Uint8Array, from: number, to: number, line: number): void {
    if (isBlank(bytes, from, to)) return;
    let start = from;
    for (;;) {
      let stop = start;
      while (stop < to && bytes[stop] !== COMMA) stop++;
      this.addChoice(bytes, start, stop, line);
      if (stop >= to) return;
      start = stop + 1;
    }
  }

  private addChoice(bytes: Uint8Array, start: number, stop: number, line: number): void {
    let from = start;
    let to = stop;
    while (from < to && Number(bytes[from]) <= SPACE) from++;
    while (to > from && Number(bytes[to - 1]) <= SPACE) to--;
    const c = this.ids.find(bytes, from, to, hashOf(bytes, from, to));
    if (c === -1) {
      const id = quote(textOf(bytes, from, to, line));
      throw new PabulibError(line, `A ballot names a project that is not listed: ${id}.`);
    }
    if (this.written === this.placeOf.length) this.placeOf = doubled(this.placeOf);
    if (this.stamp[c] === this.ballot) {
      this.placeOf[this.written++] = -1;
      return;
    }
    this.stamp[c] = this.ballot;
    if (this.length === this.entries.length) {
      this.entries = doubled(this.entries);
      this.points = doubled(this.points);
    }
    this.placeOf[this.written++] = this.length;
    this.entries[this.length] = c;
    this.points[this.length] = 0;
    this.length++;
  }

  private readPoints(bytes: Uint8Array, from: number, to: number, line: number): void {
    let given = 0;
    if (from !== -1 && !isBlank(bytes, from, to)) {
      let start = from;
      for (;;) {
        let stop = start;
        while (stop < to && bytes[stop] !== COMMA) stop++;
        const value = this.pointsOf(bytes, start, stop, line);
        const place = given < this.written ? Number(this.placeOf[given]) : -1;
        if (place !== -1) this.points[place] = value;
        given++;
        if (stop >= to) break;
        start = stop + 1;
      }
    }
    if (given !== this.written) {
      throw new PabulibError(line, `A ballot has ${this.written} choices and ${given} points.`);
    }
  }

  private pointsOf(bytes: Uint8Array, start: number, stop: number, line: number): number {
    let at = start;
    const negative = bytes[at] === MINUS;
    if (negative) at++;
    let value = 0;
    const first = at;
    for (; at < stop; at++) {
      const byte = Number(bytes[at]);
      if (byte < ZERO || byte > NINE) return this.decimalPoints(bytes, start, stop, line);
      value = value * 10 + byte - ZERO;
    }
    if (at === first || value > MOST_POINTS) return this.decimalPoints(bytes, start, stop, line);
    return (negative ? -value : value) * this.pointScale;
  }

  private decimalPoints(bytes: Uint8Array, start: number, stop: number, line: number): number {
    const text = textOf(bytes, start, stop, line).trim();
    const match = /^(-?)(\d{1,9})(?:\.(\d*?)0*)?$/.exec(text);
    const [, sign = '', whole = '', decimals = ''] = match ?? [];
    if (match === null || decimals.length > MOST_POINT_DECIMALS) {
      throw new PabulibError(line, `These points are not a number: ${quote(text)}.`);
    }
    if (10 ** decimals.length > this.pointScale) {
      throw new PointsNeedDecimals(10 ** decimals.length);
    }
    const digits = Number(whole + decimals) * (this.pointScale / 10 ** decimals.length);
    return sign === '' ? digits : -digits;
  }

  /** District 0 is "none". */
  private districtOf(bytes: Uint8Array, from: number, to: number, line: number): number {
    if (from === to) return 0;
    const known = this.districts.size;
    const number = this.districts.intern(bytes, from, to) + 1;
    if (number > known) {
      if (known === 0) this.districtNames.push('');
      if (number > 0xffff) throw new PabulibError(line, 'Ballots name too many districts.');
      this.districtNames.push(textOf(bytes, from, to, line).trim());
    }
    return number;
  }

  /** Ascending by project: insertion sort, ballots are short. */
  private sort(): void {
    for (let i = 1; i < this.length; i++) {
      const entry = Number(this.entries[i]);
      const points = Number(this.points[i]);
      let at = i;
      while (at > 0 && Number(this.entries[at - 1]) > entry) {
        this.entries[at] = Number(this.entries[at - 1]);
        this.points[at] = Number(this.points[at - 1]);
        at--;
      }
      this.entries[at] = entry;
      this.points[at] = points;
    }
  }
}

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (Number(bytes[i]) > SPACE) return false;
  return true;
}

function doubled<T extends Uint32Array | Float64Array | Int32Array>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(array.length * 2);
  larger.set(array);
  return larger;
}
