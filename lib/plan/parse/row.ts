import { present } from '@/lib/shared/assert';
import type {
  Column,
  Markup,
  PlanHeading,
  PlanObjective,
  PlanRow,
  PlanText,
  PlanWarning,
} from '../types';
import { splitActions, peelHeading } from './actions';
import { cutCell } from './cell';
import { hasFinalStop, isTruncated, startsInLowerCase } from './words';

/** The cells of one line of a table; a row has one fragment per page it stands on. */
export interface Fragment {
  readonly line: number;
  readonly cells: Readonly<Record<Column, string>>;
}

interface Item {
  text: string;
  readonly markup: Markup;
  readonly lines: number[];
  fragments: string[];
  readonly heading: { readonly text: string; readonly line: number } | null;
  readonly split: boolean;
}

interface ColumnResult {
  readonly items: Item[];
  readonly headings: PlanHeading[];
}

export interface BuiltRow {
  readonly row: PlanRow;
  readonly warnings: readonly PlanWarning[];
}

const LETTER: Readonly<Record<Column, string>> = { problem: 'P', objective: 'O', goal: 'M' };

/** Builds a row from its fragments: units, headings, joined halves, codes. */
export function buildRow(id: string, fragments: readonly Fragment[]): BuiltRow {
  const warnings: PlanWarning[] = [];
  const problem = readColumn('problem', fragments);
  const objective = readColumn('objective', fragments);
  const goal = readColumn('goal', fragments);

  const texts = (column: Column, { items }: ColumnResult): PlanText[] =>
    items.map((item, index) => {
      const code = `${id}-${LETTER[column]}${(index + 1).toString()}`;
      const truncated = isTruncated(item.text);
      const line = item.lines.at(-1) ?? null;
      if (truncated) warnings.push({ kind: 'truncated-text', line, ids: [code], text: item.text });
      if (item.fragments.length > 1) {
        warnings.push({ kind: 'joined-text', line, ids: [code], text: item.text });
      }
      return {
        id: code,
        text: item.text,
        lines: item.lines,
        markup: item.markup,
        truncated,
        fragments: item.fragments.length > 1 ? item.fragments : [],
      };
    });

  const problems = texts('problem', problem);
  const objectives = texts('objective', objective).map((text, index): PlanObjective => {
    const item = present(objective.items[index], `item ${text.id}`);
    const first = present(text.lines[0], `line of ${text.id}`);
    const carried = item.heading !== null && item.heading.line < first;
    if (carried) {
      warnings.push({
        kind: 'carried-heading',
        line: first,
        ids: [text.id],
        text: item.heading.text,
      });
    }
    return {
      ...text,
      heading: item.heading?.text ?? null,
      headingCarriedOver: carried,
      splitFromUnit: item.split,
      duplicateOf: null,
      similarTo: [],
    };
  });
  const goals = texts('goal', goal);
  const headings = [...problem.headings, ...objective.headings, ...goal.headings];
  for (const heading of headings) {
    const used = objective.items.some(
      (item) => item.heading?.text === heading.text && item.heading.line === heading.line,
    );
    if (heading.kind === 'subheading' && !used) {
      warnings.push({
        kind: 'heading-without-objective',
        line: heading.line,
        ids: [id],
        text: heading.text,
      });
    }
  }
  const line = fragments[0]?.line ?? null;
  if (problems.length === 0)
    warnings.push({ kind: 'empty-problem-cell', line, ids: [id], text: null });
  if (objectives.length === 0)
    warnings.push({ kind: 'empty-objective-cell', line, ids: [id], text: null });
  if (goals.length === 0) warnings.push({ kind: 'empty-goal-cell', line, ids: [id], text: null });

  return {
    row: {
      id,
      sourceLines: fragments.map((fragment) => fragment.line),
      problems,
      objectives,
      goals,
      headings,
      inferredGoalIds: [],
    },
    warnings,
  };
}

function readColumn(column: Column, fragments: readonly Fragment[]): ColumnResult {
  const items: Item[] = [];
  const headings: PlanHeading[] = [];
  let heading: { text: string; line: number } | null = null;
  for (const { line, cells } of fragments) {
    let first = true;
    let afterBullet = false;
    for (const stretch of cutCell(cells[column])) {
      if (stretch.kind === 'bullet') afterBullet = true;
      if (stretch.kind !== 'unit') continue;
      const previous = items.at(-1);
      const continues =
        first && !afterBullet && previous !== undefined && isCut(previous, line, stretch.text);
      first = false;
      const parts = column === 'objective' ? splitActions(stretch.text) : peelHeading(stretch.text);
      const split = parts.filter(({ kind }) => kind === 'text').length > 1;
      for (const [index, part] of parts.entries()) {
        const text = part.raw.trim();
        if (text === '') continue;
        if (part.kind !== 'text') {
          headings.push({
            kind: part.kind,
            column,
            text,
            line,
            inline: parts[index + 1]?.kind === 'text',
          });
          if (part.kind === 'subheading') heading = { text, line };
          continue;
        }
        if (continues && index === 0) {
          previous.fragments = [...previous.fragments, text];
          previous.text = previous.fragments.join(' ');
          previous.lines.push(line);
          continue;
        }
        items.push({
          text,
          markup: stretch.markup,
          lines: [line],
          fragments: [text],
          heading: column === 'objective' ? heading : null,
          split,
        });
      }
    }
  }
  return { items, headings };
}

/** A sentence cut by the page break: nothing ends it on the left, and the right goes on in lower case. */
function isCut(left: Item, line: number, right: string): boolean {
  return left.lines.at(-1) !== line && !hasFinalStop(left.text) && startsInLowerCase(right);
}
