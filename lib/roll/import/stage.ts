import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Sql } from 'postgres';
import { present } from '@/lib/shared/assert';
import { limaDay } from '@/lib/shared/lima';
import { sealText } from '../person-crypto';
import { hashDni, hashName, hashPhone } from '../secrets';
import type { RollKeys } from '../types';
import type { Day } from './dates';
import { districtFinder, type KnownDistrict } from './districts';
import { REPORT_COLUMNS } from './headers';
import { rowsOf } from './read-file';
import { readRow, SeenDnis, type ReadRow } from './read-row';
import { unguarded } from './report';
import type { RollFile } from './sealed-file';
import { FileProblem, MAX_ROWS, type FileFormat, type Mapping, type Row } from './types';

export interface StagingWork {
  readonly importId: string;
  readonly file: RollFile;
  readonly format: FileFormat;
  readonly headerRow: number;
  readonly mapping: Mapping;
  /** The file is a report of rejected rows that was corrected: its own columns stand in front. */
  readonly isReport: boolean;
  readonly districts: readonly KnownDistrict[];
  readonly keys: RollKeys;
  /** Today, where the municipality is. */
  readonly on: Day;
  /** Called every few thousand rows. */
  readonly onProgress: (rowsRead: number) => Promise<void>;
}

export interface Staged {
  readonly read: number;
  readonly accepted: number;
  readonly rejected: number;
}

/** Rows are handed to the database in portions of about this many characters. */
const PORTION = 64 * 1024;
const ROWS_PER_NOTE = 5000;

/**
 * Reads the file row by row into `roll_import_row`, through COPY and in one transaction: a reading that
 * is cut leaves nothing. Memory holds one portion and one bit per DNI, however long the file is.
 */
export async function stageRows(sql: Sql, work: StagingWork): Promise<Staged> {
  const { importId } = work;
  const counts = { read: 0, accepted: 0, rejected: 0 };
  const context = {
    mapping: work.mapping,
    findDistrict: districtFinder(work.districts),
    on: work.on,
    from1904: work.format.kind === 'xlsx' && work.format.from1904,
    seen: new SeenDnis(),
  };
  await sql.begin(async (tx) => {
    await tx`delete from roll_import_row where import_id = ${importId}`;
    const copy = await tx`copy roll_import_row (import_id, row_number, accepted, reason, dni_hash,
      dni_last_two, district_code, phone_sealed, phone_hash, name_sealed, name_hash, cells_sealed)
      from stdin`.writable();
    const failed = new Promise<never>((_, reject) => copy.once('error', reject));
    // Read in the race below; without a reader it would end the process.
    failed.catch(() => undefined);
    try {
      let portion = '';
      for await (const row of rowsOf(work.file, work.format)) {
        if (row.number <= work.headerRow || isEmpty(row.cells)) continue;
        counts.read += 1;
        if (counts.read > MAX_ROWS) throw new FileProblem('too-many-rows', row.number);
        const cells = work.isReport ? row.cells.map(unguarded) : row.cells;
        const read = readRow(cells, context);
        counts[read.accepted ? 'accepted' : 'rejected'] += 1;
        portion += copyLine(work, { number: row.number, cells }, read);
        if (portion.length >= PORTION) {
          await Promise.race([handOver(copy, portion), failed]);
          portion = '';
        }
        if (counts.read % ROWS_PER_NOTE === 0) await work.onProgress(counts.read);
      }
      if (counts.read === 0) throw new FileProblem('no-rows');
      copy.end(portion);
      await Promise.race([once(copy, 'finish'), failed]);
    } catch (error) {
      copy.destroy(error instanceof Error ? error : new Error('The reading was cut'));
      throw error;
    }
  });
  return counts;
}

async function handOver(copy: Writable, portion: string): Promise<void> {
  if (!copy.write(portion)) await once(copy, 'drain');
}

function isEmpty(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

/** One line of COPY's text form. Nothing in it needs escaping: hashes, codes and literals of ours. */
function copyLine({ importId, keys, isReport }: StagingWork, row: Row, read: ReadRow): string {
  const cells = isReport ? row.cells.slice(REPORT_COLUMNS) : row.cells;
  const told = read.reason === null ? null : sealText(keys.people, 'cells', JSON.stringify(cells));
  const person = read.accepted
    ? [
        hex(hashDni(keys.dniKey, read.dni)),
        read.dni.slice(-2),
        read.districtCode,
        hex(read.phone === null ? null : sealText(keys.people, 'phone', read.phone)),
        hex(read.phone === null ? null : hashPhone(keys.dniKey, read.phone)),
        hex(read.name === null ? null : sealText(keys.people, 'name', read.name)),
        hex(read.name === null ? null : hashName(keys.dniKey, read.name)),
      ]
    : NOBODY;
  const line = [
    importId,
    row.number,
    read.accepted ? 't' : 'f',
    read.reason ?? NULL,
    ...person,
    hex(told),
  ];
  return `${line.join('\t')}\n`;
}

const NULL = '\\N';
const NOBODY = Array.from({ length: 7 }, () => NULL);

function hex(bytes: Buffer | null): string {
  return bytes === null ? NULL : `\\\\x${bytes.toString('hex')}`;
}

/** The day it is in Lima, where rolls are of. */
export function limaToday(now: Date): Day {
  const parts = limaDay(now).split('-').map(Number);
  return {
    year: present(parts[0], 'year'),
    month: present(parts[1], 'month'),
    day: present(parts[2], 'day'),
  };
}
