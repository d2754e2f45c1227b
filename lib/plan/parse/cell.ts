import type { Markup } from '../types';
import { isInfinitive, words } from './words';

/**
 * A stretch of a cell; the `raw` of all stretches put together is the cell. A `unit` carries the
 * text a reader sees; tags and bullets only say where units begin and end.
 */
export type CellStretch =
  | { readonly kind: 'tag' | 'bullet' | 'space'; readonly raw: string }
  | {
      readonly kind: 'unit';
      readonly raw: string;
      readonly text: string;
      readonly markup: Markup;
    };

const TAG = /<\/?(p|ul|ol|li|br|div|span|b|strong|i|em|u|font|a|h[1-6])(\s[^<>]*)?\/?>/giu;
const INLINE_TAG = /^<\/?(span|b|strong|i|em|u|font|a)\b/iu;
const LIST_TAG = /^<(ul|ol|li)\b/iu;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  aacute: 'á',
  eacute: 'é',
  iacute: 'í',
  oacute: 'ó',
  uacute: 'ú',
  ntilde: 'ñ',
  Aacute: 'Á',
  Eacute: 'É',
  Iacute: 'Í',
  Oacute: 'Ó',
  Uacute: 'Ú',
  Ntilde: 'Ñ',
};

function decodeEntities(text: string): string {
  return text.replace(/&(#\d{1,6}|#x[\da-f]{1,5}|[a-z]{2,8});/giu, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** The visible text of a raw stretch: inline tags gone, entities read, ends trimmed, the inside untouched. */
export function visible(raw: string): string {
  return decodeEntities(raw.replace(TAG, '')).trim();
}

/** Cuts a cell at its block tags, bullets and numbers. The stretches' `raw` give the cell back. */
export function cutCell(cell: string): CellStretch[] {
  const stretches: CellStretch[] = [];
  let inParagraph = false;
  const inList = [...cell.matchAll(TAG)].some(([tag]) => LIST_TAG.test(tag));
  let pending = '';
  const flush = () => {
    stretches.push(...cutUnits(pending, inParagraph ? 'p' : 'plain', inList));
    pending = '';
  };
  let last = 0;
  for (const match of cell.matchAll(TAG)) {
    const tag = match[0];
    pending += cell.slice(last, match.index);
    last = match.index + tag.length;
    if (INLINE_TAG.test(tag)) {
      pending += tag;
      continue;
    }
    flush();
    stretches.push({ kind: 'tag', raw: tag });
    if (/^<p\b/iu.test(tag)) inParagraph = true;
    if (/^<\/p\b/iu.test(tag)) inParagraph = false;
  }
  pending += cell.slice(last);
  flush();
  return stretches;
}

function cutUnits(text: string, markup: Markup, inList: boolean): CellStretch[] {
  const out: CellStretch[] = [];
  const add = (raw: string, as: Markup) => {
    if (raw === '') return;
    const shown = visible(raw);
    out.push(
      shown === '' ? { kind: 'space', raw } : { kind: 'unit', raw, text: shown, markup: as },
    );
  };
  let start = 0;
  let as = markup;
  for (const { from, to } of bullets(text, inList)) {
    add(text.slice(start, from), as);
    out.push({ kind: 'bullet', raw: text.slice(from, to) });
    start = to;
    as = 'bullet';
  }
  add(text.slice(start), as);
  return out;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function bullets(text: string, inList: boolean): Span[] {
  const numbered = numberedItems(text);
  if (numbered.length > 0) return numbered;
  const list = inList || /^\s*[-–—•●▪◦·➢✓]/u.test(text);
  const spans: Span[] = [];
  for (const match of text.matchAll(/[-–—]+|[•●▪◦➢✓]/gu)) {
    const before = text.slice(0, match.index);
    const after = text.slice(match.index + match[0].length);
    if (!/^[-–—]/u.test(match[0]) || isBullet(before, after, list)) {
      spans.push({ from: match.index, to: match.index + match[0].length });
    }
  }
  return spans;
}

/** A hyphen is a bullet before a capital, where a sentence ended or the cell began; not inside a word or a name. */
function isBullet(before: string, after: string, list: boolean): boolean {
  const left = before.trimEnd();
  if (left === '') return !/^\d/u.test(after);
  if (!/^\s*["“«¿¡(]*\p{Lu}/u.test(after)) return false;
  if (/[.;:!?…]["”»’)]*$/u.test(left)) return true;
  const spaced = left.length < before.length;
  if (!list || !spaced) return false;
  if (!/^\s/u.test(after)) return true;
  // "carretera Huancayo - Chilca" joins two names; "alumbrado público - Mejorar…" two items.
  const next = words(after)[0] ?? '';
  return /(^|[\s(])\p{Ll}[^\s]*$/u.test(left) || isInfinitive(next);
}

/** "1. … 2. …" or "a) … b) …": only a run that starts with the first and misses none. */
function numberedItems(text: string): Span[] {
  const first = /^\s*(1|a)(\.-|[.)])(?=\s*\p{Lu})/u.exec(text);
  if (first === null) return [];
  const [whole, label = '1', mark = '.'] = first;
  const spans: Span[] = [{ from: 0, to: whole.length }];
  for (let n = 2; n < 27; n += 1) {
    const next = label === '1' ? n.toString() : String.fromCharCode(96 + n);
    const from = spans.at(-1)?.to ?? 0;
    const pattern = new RegExp(
      `(?<=[\\s.;:])${next}${mark.replace(/[.)]/g, '\\$&')}(?=\\s*\\p{Lu})`,
      'u',
    );
    const match = pattern.exec(text.slice(from));
    if (match === null) break;
    spans.push({ from: from + match.index, to: from + match.index + match[0].length });
  }
  return spans;
}
