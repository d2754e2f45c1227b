import { cellOf, eachRecord, PabulibError, sectionOf, splitCells, textOf, valueOf } from './rows';
import type { Section } from './rows';

/** A section as a table of cells exactly as written, quotes included. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A whole file as text tables: for changing one thing and writing the rest back untouched. */
export interface PabulibDocument {
  readonly byteOrderMark: boolean;
  readonly lineEnding: '\n' | '\r\n';
  readonly finalNewline: boolean;
  readonly sections: readonly {
    readonly name: Section;
    /** The section's own line, as written. */
    readonly line: string;
    readonly table: Table;
    /** Blank lines after it. */
    readonly blanks: number;
  }[];
}

export type DocumentRead =
  | { readonly ok: true; readonly value: PabulibDocument }
  | { readonly ok: false; readonly line: number; readonly message: string };

interface Draft {
  name: Section;
  line: string;
  header: string[] | null;
  rows: string[][];
  blanks: number;
}

/** Reads a file so that `writeDocument` gives back the same bytes. It checks the form, not the sense. */
export function readDocument(bytes: Uint8Array): DocumentRead {
  const sections: Draft[] = [];
  try {
    const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    const text = marked ? bytes.subarray(3) : bytes;
    eachRecord([text], (record, start, end, _quoted, line) => {
      readRecord(sections, textOf(record, start, end, line), line);
    });
    const firstLineFeed = text.indexOf(0x0a);
    return {
      ok: true,
      value: {
        byteOrderMark: marked,
        lineEnding: firstLineFeed > 0 && text[firstLineFeed - 1] === 0x0d ? '\r\n' : '\n',
        finalNewline: text.at(-1) === 0x0a,
        sections: sections.map(({ name, line, header, rows, blanks }) => ({
          name,
          line,
          table: { header: header ?? [], rows },
          blanks,
        })),
      },
    };
  } catch (error) {
    if (error instanceof PabulibError) {
      return { ok: false, line: error.line, message: error.message };
    }
    throw error;
  }
}

function readRecord(sections: Draft[], record: string, line: number): void {
  const name = sectionOf(record);
  if (name !== null) {
    sections.push({ name, line: record, header: null, rows: [], blanks: 0 });
    return;
  }
  const current = sections.at(-1);
  if (current === undefined) throw new PabulibError(line, 'The file must begin with META.');
  if (record === '') {
    current.blanks++;
    return;
  }
  const cells = splitCells(record, line);
  if (current.header === null) current.header = cells;
  else current.rows.push(cells);
}

/** The file a document stands for. Blank lines inside a section move to its end. */
export function writeDocument(document: PabulibDocument): string {
  const lines = document.sections.flatMap(({ line, table, blanks }) => [
    line,
    table.header.join(';'),
    ...table.rows.map((row) => row.join(';')),
    ...Array.from({ length: blanks }, () => ''),
  ]);
  return (
    (document.byteOrderMark ? '\uFEFF' : '') +
    lines.join(document.lineEnding) +
    (document.finalNewline ? document.lineEnding : '')
  );
}

/** The section's table, or an empty one. */
export const tableOf = (document: PabulibDocument, name: Section): Table =>
  document.sections.find((section) => section.name === name)?.table ?? { header: [], rows: [] };

/** The same document with one column of a section set, added at the end if it was not there. */
export function withColumn(
  document: PabulibDocument,
  name: Section,
  column: string,
  value: (row: ReadonlyMap<string, string>) => string,
): PabulibDocument {
  return {
    ...document,
    sections: document.sections.map((section) => {
      if (section.name !== name) return section;
      const { header, rows } = section.table;
      const names = header.map((cell) => valueOf(cell).toLowerCase());
      const place = names.indexOf(column) === -1 ? header.length : names.indexOf(column);
      return {
        ...section,
        table: {
          header: place === header.length ? [...header, cellOf(column)] : header,
          rows: rows.map((row) => {
            const values = new Map(names.map((key, i) => [key, valueOf(row[i] ?? '')]));
            const cells = header.map((_, i) => row[i] ?? '');
            cells[place] = cellOf(value(values));
            return cells;
          }),
        },
      };
    }),
  };
}
