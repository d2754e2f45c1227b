import { BallotGrouper } from '../grouping';
import type { BallotKind, Profile } from '../types';
import { ByteTable, HASH_START, hashOf, hashStep } from './intern';
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
    for (const id of indexOf.keys()) {
      const bytes = encoder.encode(id);
      this.ids.intern(bytes, 0, bytes.length);
    }
  }

  add(bytes: Uint8Array, start: number, end: number, quoted: boolean, line: number): void {
    if (quoted) this.addQuoted(textOf(bytes, start, end, line), line);
    else if (end > start) this.addPlain(bytes, start, end, line);
  }

  finish(): Profile {
    return this.grouper.finish(this.districtNames);
  }

  /** Rare: the cells are cut as text, then read as if the quotes had never been there. */
  private addQuoted(record: string, line: number): void {
    const cells = splitCells(record, line).map(valueOf);
    if (cells.slice(this.width).some((cell) => cell !== '')) throw tooManyCells(line);
    const vote = cells[this.voteColumn];
    if (vote === undefined) throw noVote(line);
    const choices = encoder.encode(vote);
    this.begin();
    if (this.readChoices(choices, 0, choices.length, line) < choices.length) {
      throw notListed(vote, line);
    }
    const district = encoder.encode(cells[this.districtColumn]);
    const points = encoder.encode(cells[this.pointsColumn]);
    this.close(points, 0, this.districtOf(district, 0, district.length, line), line);
  }

  /** One pass over the bytes of a ballot: cells are cut where the one before ends. */
  private addPlain(bytes: Uint8Array, start: number, end: number, line: number): void {
    let from = start;
    let district = 0;
    let pointsFrom = end;
    let sawVote = false;
    this.begin();
    for (let column = 0; ; column++) {
      let to = from;
      if (column === this.voteColumn) {
        to = this.readChoices(bytes, from, end, line);
        sawVote = true;
      } else {
        to = cellEnd(bytes, from, end);
        if (column === this.pointsColumn) pointsFrom = from;
        else if (column === this.districtColumn) {
          district = this.districtOf(bytes, from, to, line);
        } else if (column >= this.width && to > from) {
          throw tooManyCells(line);
        }
      }
      if (to >= end) {
        if (sawVote) break;
        if (column === 0 && isBlank(bytes, start, end)) return;
        throw noVote(line);
      }
      from = to + 1;
    }
    this.close(bytes, pointsFrom, district, line, end);
  }

  /** The choices are read: gives them their points and puts the ballot among the others. */
  private close(
    bytes: Uint8Array,
    pointsFrom: number,
    district: number,
    line: number,
    end = bytes.length,
  ): void {
    const { kind } = this;
    if (kind === 'points') {
      this.readPoints(bytes, pointsFrom, cellEnd(bytes, pointsFrom, end), line);
      this.sortWithPoints();
    } else if (kind === 'approval') this.sort();
    this.grouper.add(
      this.entries,
      kind === 'points' ? this.points : null,
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

  /** Reads the cell that begins at `from`; returns where it ends. */
  private readChoices(bytes: Uint8Array, from: number, end: number, line: number): number {
    let start = from;
    for (;;) {
      let hash = HASH_START;
      let stop = start;
      let byte = 0;
      for (; stop < end; stop++) {
        byte = Number(bytes[stop]);
        if (byte === COMMA || byte === SEMICOLON) break;
        hash = hashStep(hash, byte);
      }
      const c = this.ids.find(bytes, start, stop, hash);
      const atEnd = stop === end || byte === SEMICOLON;
      if (c !== -1) this.addChoice(c);
      else if (!(atEnd && start === from && isBlank(bytes, start, stop))) {
        this.addChoice(this.choiceOf(bytes, start, stop, line));
      }
      if (atEnd) return stop;
      start = stop + 1;
    }
  }

  /** The project of a choice that is not written exactly as its id: blanks around it are let go. */
  private choiceOf(bytes: Uint8Array, start: number, stop: number, line: number): number {
    let from = start;
    let to = stop;
    while (from < to && Number(bytes[from]) <= SPACE) from++;
    while (to > from && Number(bytes[to - 1]) <= SPACE) to--;
    const c = this.ids.find(bytes, from, to, hashOf(bytes, from, to));
    if (c !== -1) return c;
    throw notListed(textOf(bytes, from, to, line), line);
  }

  private addChoice(c: number): void {
    const repeated = this.stamp[c] === this.ballot;
    if (this.kind === 'points') this.noteWritten(repeated ? -1 : this.length);
    if (repeated) return;
    this.stamp[c] = this.ballot;
    if (this.length === this.entries.length) {
      this.entries = doubled(this.entries);
      this.points = doubled(this.points);
    }
    this.entries[this.length++] = c;
  }

  private noteWritten(place: number): void {
    if (this.written === this.placeOf.length) this.placeOf = doubled(this.placeOf);
    this.placeOf[this.written++] = place;
  }

  private readPoints(bytes: Uint8Array, from: number, to: number, line: number): void {
    let given = 0;
    if (!isBlank(bytes, from, to)) {
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
    const { entries } = this;
    for (let i = 1; i < this.length; i++) {
      const entry = Number(entries[i]);
      let at = i;
      for (; at > 0 && Number(entries[at - 1]) > entry; at--) entries[at] = Number(entries[at - 1]);
      entries[at] = entry;
    }
  }

  private sortWithPoints(): void {
    const { entries, points } = this;
    for (let i = 1; i < this.length; i++) {
      const entry = Number(entries[i]);
      const given = Number(points[i]);
      let at = i;
      for (; at > 0 && Number(entries[at - 1]) > entry; at--) {
        entries[at] = Number(entries[at - 1]);
        points[at] = Number(points[at - 1]);
      }
      entries[at] = entry;
      points[at] = given;
    }
  }
}

const encoder = new TextEncoder();

const tooManyCells = (line: number): PabulibError =>
  new PabulibError(line, 'A ballot has more cells than the header names.');
const noVote = (line: number): PabulibError =>
  new PabulibError(line, 'A ballot has no cell for its vote.');
const notListed = (id: string, line: number): PabulibError =>
  new PabulibError(line, `A ballot names a project that is not listed: ${quote(id)}.`);

/** Where the cell that begins at `from` ends: its semicolon, or `end`. */
function cellEnd(bytes: Uint8Array, from: number, end: number): number {
  let to = from;
  while (to < end && bytes[to] !== SEMICOLON) to++;
  return to;
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
