import type { Column, DimensionId } from '../types';
import { visible } from './cell';
import { fold } from './words';

/** What a line of the document is; `line` counts from 1. */
export type Line = { readonly line: number } & (
  | { readonly kind: 'blank' }
  | { readonly kind: 'separator' }
  | { readonly kind: 'dimension'; readonly id: DimensionId; readonly text: string }
  | { readonly kind: 'unknown-dimension'; readonly text: string }
  | {
      readonly kind: 'header';
      readonly cells: readonly string[];
      readonly columns: readonly Column[];
    }
  | { readonly kind: 'table'; readonly cells: readonly string[] }
  | { readonly kind: 'misfit'; readonly text: string }
  | { readonly kind: 'prose'; readonly text: string }
);

const DIMENSION_ROOTS: readonly { readonly id: DimensionId; readonly root: RegExp }[] = [
  { id: 'SOC', root: /^social(es)?\b/ },
  { id: 'ECO', root: /^econom(ica|ico|ia)s?\b/ },
  {
    id: 'AMB',
    root: /^(del? )?((territorial|ecologica)( y |\s*[-–/,]\s*))?(ambiental(es)?|(medio )?ambiente|ecologica)\b/,
  },
  { id: 'INS', root: /^(politic[ao]( y |\s*[-–/,]\s*))?institucional(es)?\b/ },
];

const NUMBERING = /^((\d{1,2}|[ivx]{1,4}|[a-h])\s*([.)°º:]|-|–)[\s.\-–°º)]*|[-–•*#>\s]+)*/;

/** A heading is one short line; what is longer only speaks of a dimension. */
const MAX_HEADING_LENGTH = 90;

function headingOf(raw: string): { id: DimensionId | null } | null {
  const text = fold(raw.replace(/<[^<>]*>/g, ' ').replace(/[*_#"“”«»]/g, ' ')).trim();
  if (text === '' || text.length > MAX_HEADING_LENGTH) return null;
  const numbering = NUMBERING.exec(text)?.[0] ?? '';
  const rest = text.slice(numbering.length).trim();
  const named = /^(dimension|eje|aspecto|ambito)\s*:?\s+/.exec(rest)?.[0];
  const name = named === undefined ? rest : rest.slice(named.length);
  const id = DIMENSION_ROOTS.find(({ root }) => root.test(name))?.id ?? null;
  if (named !== undefined) {
    // "Dimensión social de la pobreza, que…" is a sentence; a heading stops soon after its name.
    if (/[.,;]\s+\p{L}/u.test(name) || name.split(/\s+/).length > 7) return null;
    return id !== null || named.startsWith('dimension') ? { id } : null;
  }
  // Without the word it must be numbered and say nothing else.
  return numbering.trim() !== '' && id !== null && /^[\p{L}/-]+\s*[.:]?$/u.test(rest)
    ? { id }
    : null;
}

const COLUMN_TITLES: readonly { readonly column: Column; readonly title: RegExp }[] = [
  { column: 'problem', title: /^problemas?( (identificados?|principales|priorizados?))*$/ },
  {
    column: 'objective',
    title: /^(objetivos?|soluciones|solucion)( (estrategicos?|principales|al problema))*$/,
  },
  { column: 'goal', title: /^metas?( (al?|\d{4}|del|anual(es)?))*$/ },
];

function columnsOf(cells: readonly string[]): Column[] | null {
  const columns: Column[] = [];
  for (const cell of cells) {
    const bare = fold(cell.replace(/<[^<>]*>/g, ' '))
      .replace(/\([^)]*\)/g, ' ')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
    const found = COLUMN_TITLES.find(({ title }) => title.test(bare));
    if (found === undefined || columns.includes(found.column)) return null;
    columns.push(found.column);
  }
  return columns;
}

const RULE = /^[\s:|]*[-–—_=]{2,}[\s:|\-–—_=]*$/u;

/** A cell a reader sees nothing in: empty, or tags around nothing. */
export function isEmptyCell(cell: string): boolean {
  return visible(cell) === '';
}

/** Splits the text into lines (LF, CRLF or CR; a form feed is a page break) and says what each is. */
export function classifyLines(text: string): Line[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((raw, index) => classify(raw.replace(/\f/g, ' '), index + 1));
}

function classify(raw: string, line: number): Line {
  if (isEmptyCell(raw.replace(/\t/g, ' '))) return { kind: 'blank', line };
  if (!raw.includes('\t')) {
    const text = raw.trim();
    if (RULE.test(text)) return { kind: 'separator', line };
    const heading = headingOf(text);
    if (heading === null) return { kind: 'prose', line, text };
    return heading.id === null
      ? { kind: 'unknown-dimension', line, text }
      : { kind: 'dimension', line, text, id: heading.id };
  }
  const cells = raw.split('\t');
  if (cells.every((cell) => isEmptyCell(cell) || RULE.test(cell) || /^\s*[-–—]+\s*$/u.test(cell))) {
    return { kind: 'separator', line };
  }
  const filled = cells.filter((cell) => !isEmptyCell(cell));
  const only = filled.length === 1 ? filled[0] : undefined;
  if (only !== undefined) {
    const heading = headingOf(only);
    if (heading !== null && heading.id !== null) {
      return { kind: 'dimension', line, text: only.trim(), id: heading.id };
    }
  }
  // Spreadsheets leave empty cells at the end of a line: those carry nothing.
  while (cells.length > 3 && isEmptyCell(cells.at(-1) ?? '')) cells.pop();
  if (cells.length !== 3) return { kind: 'misfit', line, text: raw.trim() };
  const columns = columnsOf(cells);
  return columns === null
    ? { kind: 'table', line, cells }
    : { kind: 'header', line, columns, cells: cells.map((cell) => cell.trim()) };
}
