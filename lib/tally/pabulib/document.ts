import {
  cellOf,
  eachRecord,
  PabulibError,
  refusal,
  sectionOf,
  splitCells,
  textOf,
  valueOf,
} from './rows';
import type { Section } from './rows';

/** A line as written: cells with their quotes, and how it ends (the last may not end at all). */
export interface Line {
  readonly cells: readonly string[];
  readonly ending: '\n' | '\r\n' | '';
}

/** A whole file as text: for changing one thing and writing the rest back untouched. */
export interface PabulibDocument {
  readonly byteOrderMark: boolean;
  readonly sections: readonly {
    readonly name: Section;
    /** The section's own line, its header and rows, then the blank lines after them. */
    readonly lines: readonly Line[];
  }[];
}

export type DocumentRead =
  | { readonly ok: true; readonly value: PabulibDocument }
  | { readonly ok: false; readonly line: number; readonly message: string };

/** Reads a file so that `writeDocument` gives back the same bytes. It checks the form, not the sense. */
export function readDocument(bytes: Uint8Array): DocumentRead {
  const sections: { name: Section; lines: { cells: string[]; ending: Line['ending'] }[] }[] = [];
  try {
    const byteOrderMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    const marked = byteOrderMark ? bytes.subarray(3) : bytes;
    eachRecord([marked], (source, start, end, _quoted, line) => {
      const record = textOf(source, start, end, line);
      const name = sectionOf(record);
      if (name !== null) sections.push({ name, lines: [] });
      const current = sections.at(-1);
      if (current === undefined) throw new PabulibError(line, 'The file must begin with META.');
      const ending = source[end] === 0x0d ? '\r\n' : '\n';
      current.lines.push({ cells: splitCells(record, line), ending });
    });
    const last = sections.flatMap(({ lines }) => lines).at(-1);
    if (last !== undefined && marked.at(-1) !== 0x0a) last.ending = '';
    return { ok: true, value: { byteOrderMark, sections } };
  } catch (error) {
    return refusal(error);
  }
}

/** The file a document stands for. */
export function writeDocument(document: PabulibDocument): string {
  const lines = document.sections.flatMap((section) => section.lines);
  const text = lines.map(({ cells, ending }) => cells.join(';') + ending).join('');
  return (document.byteOrderMark ? '\uFEFF' : '') + text;
}

const isBlank = ({ cells }: Line): boolean => cells.length === 1 && cells[0]?.trim() === '';

/** Header and rows of a section as written; empty when it is not there. */
export function tableOf(
  document: PabulibDocument,
  name: Section,
): { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] } {
  const lines = document.sections.find((section) => section.name === name)?.lines ?? [];
  const [header = [], ...rows] = lines
    .slice(1)
    .filter((line) => !isBlank(line))
    .map(({ cells }) => cells);
  return { header, rows };
}

/** The same document with one column of a section set, added at the end if it was not there. */
export function withColumn(
  document: PabulibDocument,
  name: Section,
  column: string,
  value: (row: ReadonlyMap<string, string>) => string,
): PabulibDocument {
  const { header } = tableOf(document, name);
  const names = header.map((cell) => valueOf(cell).toLowerCase());
  const place = names.includes(column) ? names.indexOf(column) : names.length;
  const changed = (line: Line, index: number): Line => {
    if (index === 0 || isBlank(line)) return line;
    const cells = [...line.cells];
    while (cells.length < names.length) cells.push('');
    if (line.cells === header) cells[place] ??= cellOf(column);
    else {
      const values = new Map(cells.map((cell, i) => [names[i] ?? '', valueOf(cell)]));
      cells[place] = cellOf(value(values));
    }
    return { ...line, cells };
  };
  return {
    ...document,
    sections: document.sections.map((section) =>
      section.name === name ? { ...section, lines: section.lines.map(changed) } : section,
    ),
  };
}
