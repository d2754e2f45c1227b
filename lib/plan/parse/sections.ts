import type { Column, DimensionId, Horizon, PlanWarning } from '../types';
import { type Line, isEmptyCell } from './lines';
import { type Paragraph, yearIn } from './preamble';
import type { Fragment } from './row';
import { hasFinalStop, startsInLowerCase } from './words';

/** The lines of one dimension, sorted into rows; a row is its fragments in order. */
export interface Section {
  readonly id: DimensionId;
  readonly heading: string;
  readonly headingLine: number;
  readonly introduction: Paragraph[];
  columnHeaders: readonly string[];
  columns: readonly Column[];
  goalYear: Horizon | null;
  readonly rows: Fragment[][];
}

interface Sections {
  readonly preamble: readonly Paragraph[];
  readonly sections: readonly Section[];
  readonly warnings: readonly PlanWarning[];
}

const USUAL_ORDER: readonly Column[] = ['problem', 'objective', 'goal'];

/** Gives every line its place: preamble, dimension, row; what has none becomes a warning. */
export function collectSections(lines: readonly Line[]): Sections {
  const preamble: Paragraph[] = [];
  const sections: Section[] = [];
  const warnings: PlanWarning[] = [];
  let section: Section | null = null;
  // After a heading of no known dimension nothing may slip into the dimension before it.
  let lost = false;
  let afterGap = false;
  for (const line of lines) {
    const gap = afterGap;
    afterGap = line.kind !== 'table';
    switch (line.kind) {
      case 'blank':
      case 'separator':
        break;
      case 'dimension':
        lost = false;
        section = sections.find(({ id }) => id === line.id) ?? null;
        if (section === null) {
          section = openSection(line);
          sections.push(section);
        }
        break;
      case 'unknown-dimension':
        lost = true;
        warnings.push({ kind: 'unknown-dimension', line: line.line, ids: [], text: line.text });
        break;
      case 'header':
        if (section !== null && !lost) readHeader(section, line);
        break;
      case 'table':
        if (section === null || lost) {
          const text = line.cells.join('\t').trim();
          warnings.push({ kind: 'unplaced-table-line', line: line.line, ids: [], text });
        } else {
          placeRow(section, line.line, line.cells, gap);
        }
        break;
      case 'misfit':
        warnings.push({ kind: 'unplaced-table-line', line: line.line, ids: [], text: line.text });
        break;
      case 'prose':
        if (section === null && !lost) preamble.push(line);
        else if (section !== null && !lost && section.rows.length === 0) {
          section.introduction.push(line);
        } else {
          warnings.push({ kind: 'unplaced-line', line: line.line, ids: [], text: line.text });
        }
        break;
    }
  }
  return { preamble, sections, warnings };
}

function openSection(line: Extract<Line, { kind: 'dimension' }>): Section {
  return {
    id: line.id,
    heading: line.text,
    headingLine: line.line,
    introduction: [],
    columnHeaders: [],
    columns: USUAL_ORDER,
    goalYear: null,
    rows: [],
  };
}

function readHeader(section: Section, line: Extract<Line, { kind: 'header' }>): void {
  section.columns = line.columns;
  if (section.columnHeaders.length > 0) return;
  section.columnHeaders = line.cells;
  section.goalYear = yearIn(line.cells[line.columns.indexOf('goal')] ?? '', line.line);
}

function placeRow(section: Section, line: number, cells: readonly string[], gap: boolean): void {
  const cellOf = (column: Column) => cells[section.columns.indexOf(column)] ?? '';
  const fragment: Fragment = {
    line,
    cells: { problem: cellOf('problem'), objective: cellOf('objective'), goal: cellOf('goal') },
  };
  const current = section.rows.at(-1);
  if (current === undefined || !continuesRow(current, fragment, gap)) section.rows.push([fragment]);
  else current.push(fragment);
}

/**
 * An empty first cell continues the row before it. So does a problem cut in mid sentence by a page
 * break, in a document that starts its problems with a capital.
 */
function continuesRow(row: readonly Fragment[], next: Fragment, gap: boolean): boolean {
  if (isEmptyCell(next.cells.problem)) return true;
  const cut = row.findLast(({ cells }) => !isEmptyCell(cells.problem))?.cells.problem;
  if (cut === undefined || !gap) return false;
  const left = bare(cut);
  return (
    !startsInLowerCase(left) && !hasFinalStop(left) && startsInLowerCase(bare(next.cells.problem))
  );
}

function bare(cell: string): string {
  return cell.replace(/<[^<>]*>/g, '').trim();
}
