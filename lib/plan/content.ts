import { present } from '@/lib/shared/assert';
import { AMB } from './content/amb';
import { ECO } from './content/eco';
import { FINGERPRINTS } from './content/fingerprints';
import { INS } from './content/ins';
import { SOC } from './content/soc';
import type { DimensionWords, Words } from './content/types';
import { fingerprint, rowFingerprint } from './fingerprint';
import {
  type Column,
  type Competence,
  DIMENSION_IDS,
  type DimensionId,
  type FeedbackRole,
  type ParsedPlan,
  type PlanRow,
} from './types';

export const DIMENSION_WORDS: Readonly<Record<DimensionId, DimensionWords>> = {
  SOC,
  ECO,
  AMB,
  INS,
};

export interface RowContent {
  readonly code: string;
  readonly label: Words;
  readonly title: Words;
  readonly summary: Words;
}

export interface ItemContent {
  readonly code: string;
  readonly rowCode: string;
  readonly kind: Column;
  readonly position: number;
  readonly title: Words;
  readonly summary: Words | null;
  readonly feedbackRole: FeedbackRole | null;
}

const KINDS: Readonly<Record<string, Column>> = { P: 'problem', O: 'objective', M: 'goal' };
const MAX_TITLE = 60;
const MAX_LABEL = 28;

/** The rows the project ships words for, in the plan's order, and their problems, objectives and goals. */
export function shippedContent(): { readonly rows: RowContent[]; readonly items: ItemContent[] } {
  const dimensions = DIMENSION_IDS.map((id) => DIMENSION_WORDS[id]);
  return {
    rows: dimensions.flatMap(({ rows }) =>
      Object.entries(rows).map(([code, words]) => ({ code, ...words })),
    ),
    items: dimensions.flatMap((dimension) =>
      [...Object.keys(dimension.titles), ...Object.keys(dimension.objectives)]
        .sort(new Intl.Collator('es', { numeric: true }).compare)
        .map((code) => itemContent(dimension, code)),
    ),
  };
}

function itemContent(dimension: DimensionWords, code: string): ItemContent {
  const objective = dimension.objectives[code];
  const { rowCode, kind, position } = partsOf(code);
  return {
    code,
    rowCode,
    kind,
    position,
    title: present(objective?.title ?? dimension.titles[code], `title of ${code}`),
    summary: objective?.summary ?? null,
    feedbackRole: dimension.feedback?.[code] ?? null,
  };
}

/** "SOC-1-O2" is the second objective of row SOC-1. */
export function partsOf(code: string): { rowCode: string; kind: Column; position: number } {
  const [, rowCode, letter, position] = /^([A-Z]+-\d+)-([POM])(\d+)$/.exec(code) ?? [];
  return {
    rowCode: present(rowCode, `row in ${code}`),
    kind: present(KINDS[letter ?? ''], `kind in ${code}`),
    position: Number(position),
  };
}

/**
 * Words for a parsed plan. A text the shipped words were written for gets them, wherever it
 * stands. When most texts are those, the document is that plan in another edition, and a text that
 * changed keeps the words of its code. Anything else gets a title cut from its own text.
 */
export function contentFor(plan: ParsedPlan): {
  readonly rows: ReadonlyMap<string, RowContent>;
  readonly items: ReadonlyMap<string, ItemContent>;
} {
  const shipped = shippedContent();
  const rowsIn = plan.dimensions.flatMap(({ rows }) => rows);
  const textsIn = rowsIn.flatMap((row) => [...row.problems, ...row.objectives, ...row.goals]);
  const known = new Set(Object.values(FINGERPRINTS));
  const familiar = textsIn.filter(({ text }) => known.has(fingerprint(text))).length;
  const isThatPlan = familiar * 2 > textsIn.length;
  const pick = <T extends { readonly code: string }>(
    list: readonly T[],
    wanted: readonly { readonly code: string; readonly print: string }[],
  ): Map<string, T> => {
    const found = new Map<string, T>();
    for (const { code, print } of wanted) {
      // Its own code first: a duplicated text stands under two codes, each with its words.
      const match =
        list.find((one) => one.code === code && FINGERPRINTS[code] === print) ??
        list.find((one) => FINGERPRINTS[one.code] === print);
      if (match !== undefined) found.set(code, match);
    }
    const taken = new Set([...found.values()].map((one) => one.code));
    for (const { code } of isThatPlan ? wanted : []) {
      const match = list.find((one) => one.code === code);
      if (match !== undefined && !found.has(code) && !taken.has(code)) found.set(code, match);
    }
    return found;
  };
  const rowWords = pick(
    shipped.rows,
    rowsIn.map((row) => ({ code: row.id, print: rowFingerprint(row) })),
  );
  const itemWords = pick(
    shipped.items,
    textsIn.map(({ id, text }) => ({ code: id, print: fingerprint(text) })),
  );
  return {
    rows: new Map(
      rowsIn.map((row) => [row.id, { ...(rowWords.get(row.id) ?? derivedRow(row)), code: row.id }]),
    ),
    items: new Map(
      textsIn.map(({ id, text }) => [
        id,
        { ...(itemWords.get(id) ?? derivedItem(text)), code: id, ...partsOf(id) },
      ]),
    ),
  };
}

/** A first guess at whose decision an objective is; null for a text the project does not know. */
export function competenceHint(code: string, officialText: string | null): Competence | null {
  const known =
    officialText === null
      ? code
      : FINGERPRINTS[code] === fingerprint(officialText)
        ? code
        : undefined;
  if (known === undefined) return null;
  return (
    DIMENSION_IDS.map((id) => DIMENSION_WORDS[id].objectives[known]).find(Boolean)?.competence ??
    null
  );
}

function derivedRow(row: PlanRow): Omit<RowContent, 'code'> {
  const text = row.problems[0]?.text ?? row.objectives[0]?.text ?? row.id;
  return {
    label: same(cut(text, MAX_LABEL)),
    title: same(cut(text, MAX_TITLE)),
    summary: same(text),
  };
}

function derivedItem(text: string): Pick<ItemContent, 'title' | 'summary' | 'feedbackRole'> {
  return { title: same(cut(text, MAX_TITLE)), summary: null, feedbackRole: null };
}

function same(text: string): Words {
  return { es: text, en: text };
}

/** The first words of a text, whole, in at most `length` characters. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text.replace(/[.,;:\s]+$/u, '');
  const start = text.slice(0, length - 1);
  const end = start.lastIndexOf(' ');
  return `${start.slice(0, end > 0 ? end : undefined).replace(/[.,;:\s]+$/u, '')}…`;
}
