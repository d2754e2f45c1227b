import { createHash } from 'node:crypto';
import { csvRows } from './csv-rows';
import { guessDelimiter, kindOfBytes, readTextFacts } from './detect';
import { headerScore } from './headers';
import { blocksOf, type RollFile } from './sealed-file';
import { FileProblem, type FileFormat, type Inspection, type Row } from './types';
import { inspectXlsx, xlsxRows } from './xlsx-rows';

const ROWS_LOOKED_AT = 40;
const SAMPLE_ROWS = 25;
const KNOWN_HEADERS = 2;

/** What a file is, its headers and its first rows; throws a FileProblem. */
export async function inspectFile(
  file: RollFile,
): Promise<Inspection & { readonly sha256: Buffer }> {
  const { format, sha256 } = await formatOf(file);
  const first: Row[] = [];
  const rows = rowsOf(file, format);
  for await (const row of rows) {
    if (row.cells.some((cell) => cell.trim() !== '')) first.push(row);
    if (first.length >= ROWS_LOOKED_AT) break;
  }
  // A title may stand above: the header is the row that names columns, or else the first one.
  const named = first.find((row) => headerScore(row.cells) >= KNOWN_HEADERS);
  const header = named ?? first[0];
  if (header === undefined) throw new FileProblem('empty');
  const filled = header.cells.filter((cell) => cell.trim() !== '');
  // Headers are kept and shown as they are: a person whose row stands first must not become one.
  if (filled.length < KNOWN_HEADERS || (named === undefined && filled.some(looksLikeData))) {
    throw new FileProblem('no-header');
  }
  const sample = first.filter((row) => row.number > header.number).slice(0, SAMPLE_ROWS);
  if (sample.length === 0) throw new FileProblem('no-rows');
  return {
    format,
    sha256,
    headerRow: header.number,
    headers: header.cells.map((cell) => cell.replace(/\s+/gu, ' ').trim().slice(0, 120)),
    sample: sample.map((row) => row.cells),
  };
}

/** A DNI, a phone or another number that people have and columns are not called by. */
function looksLikeData(cell: string): boolean {
  return /\d{7}/.test(cell) || /^\d{5,}$/.test(cell.replace(/[\s.\-/]/g, ''));
}

async function formatOf(file: RollFile): Promise<{ format: FileFormat; sha256: Buffer }> {
  const head = await file.read(0, 4096);
  if (kindOfBytes(head) === 'zip') {
    const format = await inspectXlsx(file);
    const sha256 = createHash('sha256');
    for await (const block of blocksOf(file)) sha256.update(block);
    return { format, sha256: sha256.digest() };
  }
  const { encoding, sha256, head: text } = await readTextFacts(file);
  return { format: { kind: 'csv', encoding, delimiter: guessDelimiter(text) }, sha256 };
}

/** All rows of the file, its header among them. */
export function rowsOf(file: RollFile, format: FileFormat): AsyncGenerator<Row> {
  return format.kind === 'csv' ? csvRows(file, format) : xlsxRows(file, format);
}
