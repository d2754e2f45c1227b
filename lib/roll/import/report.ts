import { csvLine } from '@/lib/shared/csv';

/**
 * The report of rejected rows: their number, what became of them and why, then the cells as they came.
 * It opens in a spreadsheet without running anything, and comes back as a file to import.
 */

export interface ReportRow {
  readonly number: number;
  readonly outcome: string;
  readonly reason: string;
  readonly cells: readonly string[];
}

/** Cells that csvLine puts an apostrophe before, and those that already looked so. */
const GUARDED = /^'+[=+\-@\t\r]/;

export function reportLine({ number, outcome, reason, cells }: ReportRow): string {
  return csvLine([
    number.toString(),
    outcome,
    reason,
    ...cells.map((cell) => (GUARDED.test(cell) ? `'${cell}` : cell)),
  ]);
}

/** A cell of a report as it was before it was guarded against formulas. */
export function unguarded(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell;
}
