import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePlan } from './parse';

const folder = new URL('../../../shared/plan/', import.meta.url);
const document = new URL('plan-de-gobierno-huancayo.txt', folder);
const expectedFile = new URL('plan.expected.json', folder);
const absent = !existsSync(document) || !existsSync(expectedFile);

interface ExpectedText {
  id: string;
  text: string;
  line?: number;
  lines?: number[];
  markup: string;
  truncated?: boolean;
  heading?: string | null;
  heading_carried_over?: boolean;
  split_from_unit?: boolean;
  similar_to?: string[];
  duplicate_of?: string;
  fragments_verbatim?: string[];
}
interface ExpectedRow {
  id: string;
  source_lines: number[];
  problems: ExpectedText[];
  objectives: ExpectedText[];
  goals: ExpectedText[];
  headings: { kind: string; text: string; line: number; inline?: boolean }[];
  inferred_goal_ids?: string[];
}
interface Expected {
  title_verbatim: string;
  intro_verbatim: string;
  vision_heading_verbatim: string;
  vision_verbatim: string[];
  citation_verbatim: string;
  ignored_lines: { blank: number[]; separators: number[] };
  dimensions: {
    id: string;
    name_es: string;
    heading_verbatim: string;
    heading_line: number;
    column_headers_verbatim: string[];
    intro_verbatim: string | null;
    rows: ExpectedRow[];
  }[];
}

const text = (one: ExpectedText) => ({
  id: one.id,
  text: one.text,
  lines: one.lines ?? [one.line],
  markup: one.markup,
  truncated: one.truncated ?? false,
  fragments: one.fragments_verbatim ?? [],
});

describe.skipIf(absent)('the plan of Huancayo (skipped when ../shared/plan is absent)', () => {
  const load = () => {
    const parsed = parsePlan(readFileSync(document));
    if (!parsed.ok) throw new Error(parsed.reason);
    const expected = JSON.parse(readFileSync(expectedFile, 'utf8')) as Expected;
    return { plan: parsed.value, expected };
  };

  it('reads every row, text, heading and mark as expected', () => {
    const { plan, expected } = load();
    expect(plan.dimensions).toEqual(
      expected.dimensions.map((dimension) => ({
        id: dimension.id,
        name: dimension.name_es,
        heading: dimension.heading_verbatim,
        headingLine: dimension.heading_line,
        introduction: dimension.intro_verbatim === null ? [] : [dimension.intro_verbatim],
        columnHeaders: dimension.column_headers_verbatim,
        rows: dimension.rows.map((row) => ({
          id: row.id,
          sourceLines: row.source_lines,
          problems: row.problems.map(text),
          objectives: row.objectives.map((one) => ({
            ...text(one),
            heading: one.heading,
            headingCarriedOver: one.heading_carried_over,
            splitFromUnit: one.split_from_unit,
            duplicateOf: one.duplicate_of ?? null,
            similarTo: one.similar_to ?? [],
          })),
          goals: row.goals.map(text),
          headings: row.headings.map((heading) => ({
            kind: heading.kind.replace('_', '-'),
            column: 'objective',
            text: heading.text,
            line: heading.line,
            inline: heading.inline ?? false,
          })),
          inferredGoalIds: row.inferred_goal_ids ?? [],
        })),
      })),
    );
  });

  it('reads the preamble, the horizons and the lines without content', () => {
    const { plan, expected } = load();
    expect(plan.title).toBe(expected.title_verbatim);
    expect(plan.introduction).toEqual([expected.intro_verbatim]);
    expect(plan.vision).toEqual({
      heading: expected.vision_heading_verbatim,
      paragraphs: expected.vision_verbatim,
      line: 7,
    });
    expect(plan.citation).toBe(expected.citation_verbatim);
    expect(plan.horizons).toEqual({
      vision: { year: 2021, line: 7 },
      goals: { year: 2022, line: 17 },
    });
    expect(plan.ignoredLines).toEqual(expected.ignored_lines);
  });

  it('leaves no line unplaced and warns of what an editor must look at', () => {
    const { plan } = load();
    const seen = plan.warnings.map(({ kind, ids }) => `${kind} ${ids.join(' ')}`);
    expect(seen).toEqual([
      'near-duplicate SOC-3-O6 SOC-3-O2',
      'near-duplicate SOC-3-O7 SOC-3-O3',
      'duplicate SOC-3-O8 SOC-3-O4',
      'near-duplicate SOC-3-O9 SOC-3-O5',
      'near-duplicate ECO-2-O1 SOC-1-O4',
      'joined-text ECO-2-M2',
      'carried-heading ECO-2-O9',
      'carried-heading ECO-2-O10',
      'carried-heading ECO-2-O11',
      'carried-heading ECO-2-O12',
      'empty-goal-cell AMB-2',
      'inferred-goal AMB-2 AMB-1-M1',
      'near-duplicate AMB-2-O3 AMB-1-O3',
      'near-duplicate AMB-2-O4 AMB-2-O1',
      'truncated-text AMB-3-P1',
      'truncated-text INS-3-O1',
    ]);
  });
});
