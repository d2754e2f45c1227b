import { createHash } from 'node:crypto';
import { blocksOf, type RollFile } from './sealed-file';
import { FileProblem, type Delimiter, type Encoding, type FileProblemReason } from './types';

/** What the first bytes of a file say that it is, before anything of it is read. */

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const SIGNATURES: readonly (readonly [FileProblemReason, readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['old-excel', [0xd0, 0xcf, 0x11, 0xe0]],
  ['binary', [0x89, 0x50, 0x4e, 0x47]],
  ['binary', [0xff, 0xd8, 0xff]],
  ['binary', [0x47, 0x49, 0x46, 0x38]],
  ['binary', [0x1f, 0x8b]],
  ['binary', [0x37, 0x7a, 0xbc, 0xaf]],
  ['binary', [0x52, 0x61, 0x72, 0x21]],
  ['binary', [0x7f, 0x45, 0x4c, 0x46]],
  ['binary', [0x4d, 0x5a]],
];

function beginsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => head[index] === byte);
}

/** `zip` is what an .xlsx is inside; everything else that is no text is a FileProblem. */
export function kindOfBytes(head: Uint8Array): 'zip' | 'text' {
  if (head.length === 0) throw new FileProblem('empty');
  if (beginsWith(head, ZIP)) return 'zip';
  for (const [reason, bytes] of SIGNATURES) {
    // Two letters can begin a text, and then a third follows that no program has there.
    if (beginsWith(head, bytes) && (bytes.length > 2 || head.subarray(0, 64).includes(0))) {
      throw new FileProblem(reason);
    }
  }
  const start = Buffer.from(head.subarray(0, 1024)).toString('latin1').trimStart().toLowerCase();
  if (/^(<!doctype html|<html|<\?xml|<svg|\{\\rtf)/.test(start)) {
    throw new FileProblem('not-a-spreadsheet');
  }
  return 'text';
}

export interface TextFacts {
  readonly encoding: Encoding;
  readonly sha256: Buffer;
  /** The first characters, without the byte order mark. */
  readonly head: string;
}

const HEAD_BYTES = 64 * 1024;

/**
 * Reads the whole file once: UTF-8 is what decodes as UTF-8 to its last byte, and what does not, and
 * says nothing else of itself, is Latin-1 as Windows writes it.
 */
export async function readTextFacts(file: RollFile): Promise<TextFacts> {
  const first = await file.read(0, HEAD_BYTES);
  const marked = markOf(first) ?? utf16WithoutMark(first);
  const sha256 = createHash('sha256');
  let encoding: Encoding = marked ?? 'utf-8';
  const decoder = new TextDecoder(encoding, { fatal: true });
  let control = false;
  try {
    for await (const block of blocksOf(file)) {
      sha256.update(block);
      if (encoding === 'windows-1252') {
        control ||= hasControls(block);
        continue;
      }
      try {
        control ||= hasControlCharacters(decoder.decode(block, { stream: true }));
      } catch {
        if (marked !== null) throw new FileProblem('broken-encoding');
        encoding = 'windows-1252';
        control ||= hasControls(block);
      }
    }
    if (encoding !== 'windows-1252') decoder.decode();
  } catch (error) {
    if (error instanceof FileProblem) throw error;
    // The file ends within a letter.
    if (marked !== null) throw new FileProblem('broken-encoding');
    encoding = 'windows-1252';
  }
  if (control) throw new FileProblem('binary');
  const head = new TextDecoder(encoding).decode(first, { stream: true });
  return { encoding, sha256: sha256.digest(), head };
}

function markOf(head: Uint8Array): Encoding | null {
  if (beginsWith(head, [0xef, 0xbb, 0xbf])) return 'utf-8';
  if (beginsWith(head, [0xff, 0xfe])) return 'utf-16le';
  if (beginsWith(head, [0xfe, 0xff])) return 'utf-16be';
  return null;
}

/** Latin letters in UTF-16 have a zero in every second byte. */
function utf16WithoutMark(head: Uint8Array): Encoding | null {
  const pairs = Math.min(head.length, 512) >> 1;
  if (pairs < 4) return null;
  let [even, odd] = [0, 0];
  for (let at = 0; at < pairs; at += 1) {
    if (head[at * 2] === 0) even += 1;
    if (head[at * 2 + 1] === 0) odd += 1;
  }
  if (odd > pairs * 0.7 && even === 0) return 'utf-16le';
  if (even > pairs * 0.7 && odd === 0) return 'utf-16be';
  return null;
}

function hasControls(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte < 9 || (byte > 13 && byte < 32)) return true;
  return false;
}

// A text has tabs and ends of lines, and nothing else below the space.
// eslint would read the range as a mistake: it is built from its ends.
const CONTROL = new RegExp(
  `[${String.fromCharCode(0)}-${String.fromCharCode(8)}${String.fromCharCode(14)}-${String.fromCharCode(31)}]`,
);

function hasControlCharacters(text: string): boolean {
  return CONTROL.test(text);
}

const DELIMITERS: readonly Delimiter[] = [';', '\t', ',', '|'];
const LINES_LOOKED_AT = 25;

/** What Excel may write first: `sep=;`. */
export function declaredDelimiter(head: string): Delimiter | null {
  const declared = /^sep=(.)\r?\n/i.exec(head)?.[1];
  return DELIMITERS.find((one) => one === declared) ?? null;
}

/** The character that parts most lines into the same number of cells, and into most of them. */
export function guessDelimiter(head: string): Delimiter {
  const declared = declaredDelimiter(head);
  if (declared !== null) return declared;
  const lines = unquoted(head)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, LINES_LOOKED_AT);
  // The last line of the portion may be cut.
  if (lines.length > 2) lines.pop();
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const usual = median(counts);
    if (usual === 0) continue;
    const alike = counts.filter((count) => count === usual).length / counts.length;
    const score = alike * 100 + Math.min(usual, MOST_THAT_COUNT);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

const MOST_THAT_COUNT = 20;

/** Without what stands in quotes: commas of addresses part nothing. */
function unquoted(text: string): string {
  return text.replace(/"(?:[^"]|"")*"/g, '');
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
