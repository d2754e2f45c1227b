/** What is wrong with a file, for the person who has to mend it. Lines count from 1. */
export class PabulibError extends Error {
  override readonly name = 'PabulibError';
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/** A refusal as an answer; anything else that was thrown goes on its way. */
export function refusal(error: unknown): {
  readonly ok: false;
  readonly line: number;
  readonly message: string;
} {
  if (error instanceof PabulibError) return { ok: false, line: error.line, message: error.message };
  throw error;
}

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SEMICOLON = 0x3b;

/** A record longer than this is a quote that was never closed, not a record. */
export const LONGEST_RECORD_BYTES = 1 << 20;

/** Called once per record with the bytes `[start, end)`, line ending left out. */
export type OnRecord = (
  bytes: Uint8Array,
  start: number,
  end: number,
  quoted: boolean,
  line: number,
) => void;

/**
 * Cuts a stream of bytes into records of the Pabulib dialect: separated by line feeds (or CR LF),
 * except inside a quoted field. A quote opens a field only as its first character.
 * Memory: one chunk and the record that crosses its edge.
 */
export function eachRecord(chunks: Iterable<Uint8Array>, onRecord: OnRecord): void {
  let carry = new Uint8Array(0);
  let line = 1;
  for (const chunk of chunks) {
    // A plain array even where a Buffer was given, whose own search costs more than it finds.
    let bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length);
    if (carry.length > 0) {
      bytes = new Uint8Array(carry.length + chunk.length);
      bytes.set(carry);
      bytes.set(chunk, carry.length);
    }
    const records = new Records(bytes);
    while (records.next()) {
      onRecord(bytes, records.start, records.end, records.quoted, line);
      line += records.lines;
    }
    const at = records.rest;
    carry = bytes.slice(at);
    if (carry.length > LONGEST_RECORD_BYTES) {
      throw new PabulibError(line, 'A record is too long; is a quote left open?');
    }
  }
  if (carry.length > 0) {
    const ended = new Uint8Array(carry.length + 1);
    ended.set(carry);
    ended[carry.length] = LINE_FEED;
    const records = new Records(ended);
    if (!records.next()) throw new PabulibError(line, 'A quote is opened and never closed.');
    onRecord(ended, records.start, records.end, records.quoted, line);
  }
}

/** Walks over the whole records of some bytes, one object for all of them. */
class Records {
  /** The record found last: `[start, end)` without its line ending. */
  start = 0;
  end = 0;
  quoted = false;
  /** Lines it takes. */
  lines = 1;
  /** Where the next record begins. */
  rest = 0;
  private readonly bytes: Uint8Array;
  private nextQuote: number;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.nextQuote = this.quoteFrom(0);
  }

  /** Finds the next record; false when what is left is not a whole one. */
  next(): boolean {
    const { bytes, rest } = this;
    if (this.nextQuote < rest) this.nextQuote = this.quoteFrom(rest);
    this.lines = 1;
    let lineFeed = bytes.indexOf(LINE_FEED, rest);
    // The usual record has no quote at all, and then native searches do.
    this.quoted = this.nextQuote < lineFeed;
    if (this.quoted) lineFeed = this.lineFeedOutsideQuotes();
    if (lineFeed === -1) return false;
    this.start = rest;
    this.end = lineFeed > rest && bytes[lineFeed - 1] === CARRIAGE_RETURN ? lineFeed - 1 : lineFeed;
    this.rest = lineFeed + 1;
    return true;
  }

  private quoteFrom(from: number): number {
    const found = this.bytes.indexOf(QUOTE, from);
    return found === -1 ? Infinity : found;
  }

  private lineFeedOutsideQuotes(): number {
    const { bytes } = this;
    let inside = false;
    let atStart = true;
    for (let i = this.rest; i < bytes.length; i++) {
      const byte = bytes[i];
      if (inside) {
        if (byte === LINE_FEED) this.lines++;
        if (byte !== QUOTE) continue;
        if (bytes[i + 1] === QUOTE) i++;
        else inside = false;
      } else if (byte === QUOTE && atStart) {
        inside = true;
        atStart = false;
      } else if (byte === LINE_FEED) return i;
      else atStart = byte === SEMICOLON;
    }
    return -1;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of bytes; refuses what is not UTF-8. */
export function textOf(bytes: Uint8Array, start: number, end: number, line: number): string {
  try {
    return decoder.decode(bytes.subarray(start, end));
  } catch {
    throw new PabulibError(line, 'The text is not UTF-8.');
  }
}

/** Cuts a record into its cells as they stand, quotes included: joining by ";" gives it back. */
export function splitCells(record: string, line: number): string[] {
  if (!record.includes('"')) return record.split(';');
  const cells: string[] = [];
  let start = 0;
  for (let i = 0; ;) {
    if (record[i] === '"') {
      i = closingQuote(record, i, line) + 1;
      if (i < record.length && record[i] !== ';') {
        throw new PabulibError(line, 'There is text after a closing quote.');
      }
    } else {
      const semicolon = record.indexOf(';', i);
      i = semicolon === -1 ? record.length : semicolon;
    }
    cells.push(record.slice(start, i));
    if (i >= record.length) return cells;
    start = i + 1;
    i = start;
  }
}

function closingQuote(record: string, opening: number, line: number): number {
  for (let i = opening + 1; i < record.length; i++) {
    if (record[i] !== '"') continue;
    if (record[i + 1] !== '"') return i;
    i++;
  }
  throw new PabulibError(line, 'A quote is opened and never closed.');
}

/** The value of a cell: quotes taken off, doubled quotes single, blanks around it removed. */
export function valueOf(cell: string): string {
  return (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell).trim();
}

/** A value as a cell: quoted when it has to be. */
export function cellOf(value: string): string {
  return /[";\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** The section a record opens, if it is a section's line. Older files have blanks or ";" after. */
export function sectionOf(record: string): Section | null {
  const word = record
    .replace(/^\uFEFF/, '')
    .replace(/[;\s]+$/, '')
    .trim()
    .toUpperCase();
  return word === 'META' || word === 'PROJECTS' || word === 'VOTES' ? word : null;
}

export type Section = 'META' | 'PROJECTS' | 'VOTES';
