import {
  DIMENSION_WORDS,
  type ItemContent,
  type RowContent,
  contentFor,
  cut,
  shippedContent,
} from './content';
import type { Words } from './content/types';
import {
  DIMENSION_IDS,
  type Column,
  type DimensionId,
  type FeedbackRole,
  type ParsedPlan,
  type PlanWarning,
} from './types';

/** What the registry should hold for a plan: the shape of the rows, not yet written. */
export interface PlanRecords {
  readonly dimensions: readonly DimensionRecord[];
  readonly rows: readonly RowRecord[];
  readonly items: readonly ItemRecord[];
  /** Goals that answer the problems of another row. */
  readonly goalLinks: readonly { readonly rowCode: string; readonly goalCode: string }[];
}

export interface DimensionRecord {
  readonly code: DimensionId;
  readonly position: number;
  readonly name: Words;
  readonly introduction: string | null;
}

export interface RowRecord {
  readonly code: string;
  readonly dimensionCode: DimensionId;
  readonly position: number;
  readonly label: Words;
  readonly title: Words;
  readonly summary: Words;
}

export interface ItemRecord {
  readonly code: string;
  readonly rowCode: string;
  readonly kind: Column;
  readonly position: number;
  readonly title: Words;
  readonly summary: Words | null;
  readonly feedbackRole: FeedbackRole | null;
  /** Null when no document was read. */
  readonly officialText: string | null;
  readonly heading: string | null;
  readonly duplicateOf: string | null;
  readonly similarTo: readonly string[];
  readonly truncated: boolean;
  readonly sourceLines: readonly number[];
}

/** The records of a parsed document, with titles for every text. */
export function recordsOf(plan: ParsedPlan): PlanRecords {
  const words = contentFor(plan);
  const rows: RowRecord[] = [];
  const items: ItemRecord[] = [];
  for (const dimension of plan.dimensions) {
    for (const row of dimension.rows) {
      const rowWords = words.rows.get(row.id);
      if (rowWords !== undefined) rows.push(rowRecord(rowWords, dimension.id));
      for (const text of [...row.problems, ...row.objectives, ...row.goals]) {
        const itemWords = words.items.get(text.id);
        if (itemWords === undefined) continue;
        const { heading, duplicateOf, similarTo } = {
          heading: null,
          duplicateOf: null,
          similarTo: [],
          ...text,
        };
        items.push({
          ...itemWords,
          officialText: text.text,
          heading,
          duplicateOf,
          similarTo,
          truncated: text.truncated,
          sourceLines: text.lines,
        });
      }
    }
  }
  return {
    dimensions: DIMENSION_IDS.map((id) =>
      dimensionRecord(id, plan.dimensions.find((one) => one.id === id)?.introduction ?? []),
    ),
    rows,
    items,
    goalLinks: plan.dimensions
      .flatMap((dimension) => dimension.rows)
      .flatMap((row) => row.inferredGoalIds.map((goalCode) => ({ rowCode: row.id, goalCode }))),
  };
}

/** The records of the plan the project ships words for, without any document. */
export function shippedRecords(): PlanRecords {
  const { rows, items } = shippedContent();
  return {
    dimensions: DIMENSION_IDS.map((id) => dimensionRecord(id, [])),
    rows: rows.map((row) => rowRecord(row, dimensionOf(row.code))),
    items: items.map((item: ItemContent) => ({
      ...item,
      officialText: null,
      heading: null,
      duplicateOf: null,
      similarTo: [],
      truncated: false,
      sourceLines: [],
    })),
    goalLinks: [],
  };
}

function dimensionRecord(code: DimensionId, introduction: readonly string[]): DimensionRecord {
  return {
    code,
    position: DIMENSION_IDS.indexOf(code) + 1,
    name: DIMENSION_WORDS[code].name,
    introduction: introduction.length === 0 ? null : introduction.join('\n\n'),
  };
}

function rowRecord(row: RowContent, dimensionCode: DimensionId): RowRecord {
  return { ...row, dimensionCode, position: Number(row.code.split('-')[1]) };
}

function dimensionOf(code: string): DimensionId {
  const found = DIMENSION_IDS.find((id) => code.startsWith(`${id}-`));
  if (found === undefined) throw new Error(`No dimension in ${code}`);
  return found;
}

/** One text of the plan as the registry holds it, for comparing. */
export interface StoredText {
  readonly code: string;
  readonly officialText: string | null;
  readonly inDocument: boolean;
  readonly edited: boolean;
}

export interface Difference {
  readonly kind: 'new' | 'changed' | 'gone';
  readonly code: string;
  readonly before: string | null;
  readonly after: string | null;
  /** An editor wrote this title: the import leaves it alone, and somebody should look whether it still fits. */
  readonly keepsEditedTitle: boolean;
}

export interface Differences {
  readonly list: readonly Difference[];
  readonly unchanged: number;
}

/** What importing these records would change in the official texts, in the plan's order. */
export function differences(
  stored: readonly StoredText[],
  records: Pick<PlanRecords, 'items'>,
): Differences {
  const before = new Map(stored.map((text) => [text.code, text]));
  const after = new Set(records.items.map(({ code }) => code));
  const list: Difference[] = [];
  for (const { code, officialText } of records.items) {
    const known = before.get(code);
    const had = known?.inDocument === true ? known.officialText : null;
    if (had === officialText) continue;
    list.push({
      kind: had === null ? 'new' : 'changed',
      code,
      before: had,
      after: officialText,
      keepsEditedTitle: known?.edited ?? false,
    });
  }
  const unchanged = records.items.length - list.length;
  for (const { code, officialText, inDocument, edited } of stored) {
    if (!inDocument || after.has(code)) continue;
    list.push({ kind: 'gone', code, before: officialText, after: null, keepsEditedTitle: edited });
  }
  return { list, unchanged };
}

/** Long enough to recognise a sentence in the document. */
const MAX_QUOTE = 110;

/** The arguments of a warning's sentence, `warning.<kind>` in the plan's messages. */
export function warningArguments(warning: PlanWarning): {
  line: number;
  id: string;
  others: string;
  text: string;
} {
  const [id = '', ...others] = warning.ids;
  return {
    line: warning.line ?? 0,
    id,
    others: others.join(', '),
    text: warning.text === null ? '' : quote(warning.text),
  };
}

function quote(text: string): string {
  return text.length > MAX_QUOTE ? cut(text, MAX_QUOTE) : text;
}

export interface PlanCounts {
  readonly dimensions: number;
  readonly rows: number;
  readonly problems: number;
  readonly objectives: number;
  readonly goals: number;
}

/** How much of everything the dimensions hold. */
export function countPlan(dimensions: ParsedPlan['dimensions']): PlanCounts {
  const rows = dimensions.flatMap((dimension) => dimension.rows);
  const sum = (column: 'problems' | 'objectives' | 'goals') =>
    rows.reduce((total, row) => total + row[column].length, 0);
  return {
    dimensions: dimensions.length,
    rows: rows.length,
    problems: sum('problems'),
    objectives: sum('objectives'),
    goals: sum('goals'),
  };
}
