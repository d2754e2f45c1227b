import { type Result, ok, refuse } from '@/lib/shared/result';
import { decodePlan } from './parse/decode';
import { markLikeness } from './parse/likeness';
import { linkMergedGoals } from './parse/links';
import { type Line, classifyLines } from './parse/lines';
import { type Paragraph, readPreamble } from './parse/preamble';
import { buildRow } from './parse/row';
import { type Section, collectSections } from './parse/sections';
import {
  DIMENSION_IDS,
  DIMENSION_NAMES,
  type ParsedPlan,
  type PlanDimension,
  type PlanRefusal,
  type PlanRow,
  type PlanWarning,
} from './types';

/**
 * Reads a plan of government in the national format (four dimensions; problem, objective, goal)
 * from the bytes of a text file, or from its text. Pure: the same document gives the same plan.
 * Texts are verbatim; what could not be placed is in `warnings` with its line. Refused when the
 * file is no plan: see `PLAN_REFUSALS`.
 */
export function parsePlan(document: Uint8Array | string): Result<ParsedPlan, PlanRefusal> {
  const bytes = typeof document === 'string' ? new TextEncoder().encode(document) : document;
  const decoded = decodePlan(bytes);
  if (!decoded.ok) return decoded;
  const lines = classifyLines(decoded.value);
  const { preamble, sections, warnings: placing } = collectSections(lines);
  if (sections.length === 0) return refuse('no-dimensions');
  const built = sections.map(buildDimension);
  if (!built.some(({ dimension }) => dimension.rows.some((row) => row.objectives.length > 0))) {
    return refuse('no-table');
  }
  const front = readPreamble(preamble);
  const { dimensions, warnings: likeness } = markLikeness(built.map(({ dimension }) => dimension));
  const warnings = [
    ...damagedLines(decoded.value),
    ...front.warnings,
    ...placing,
    ...built.flatMap((one) => one.warnings),
    ...likeness,
    ...missingDimensions(dimensions),
  ];
  return ok({
    title: front.title,
    introduction: front.introduction,
    vision: front.vision,
    citation: front.citation,
    horizons: {
      vision: front.visionYear,
      goals: sections.find(({ goalYear }) => goalYear !== null)?.goalYear ?? null,
    },
    dimensions,
    ignoredLines: { blank: linesOf(lines, 'blank'), separators: linesOf(lines, 'separator') },
    warnings: warnings.sort((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity) || 0),
  });
}

function buildDimension(section: Section): { dimension: PlanDimension; warnings: PlanWarning[] } {
  const warnings: PlanWarning[] = [];
  const rows: PlanRow[] = [];
  for (const [index, fragments] of section.rows.entries()) {
    const built = buildRow(`${section.id}-${(index + 1).toString()}`, fragments);
    rows.push(built.row);
    warnings.push(...built.warnings);
  }
  const linked = linkMergedGoals(rows);
  const line = section.headingLine;
  if (rows.length === 0) {
    warnings.push({ kind: 'empty-dimension', line, ids: [section.id], text: section.heading });
  } else if (section.columnHeaders.length === 0) {
    warnings.push({ kind: 'no-column-headers', line, ids: [section.id], text: section.heading });
  }
  return {
    dimension: {
      id: section.id,
      name: DIMENSION_NAMES[section.id],
      heading: section.heading,
      headingLine: line,
      introduction: section.introduction.map(({ text }: Paragraph) => text),
      columnHeaders: section.columnHeaders,
      rows: linked.rows,
    },
    warnings: [...warnings, ...linked.warnings],
  };
}

function missingDimensions(dimensions: readonly PlanDimension[]): PlanWarning[] {
  return DIMENSION_IDS.filter((id) => !dimensions.some((dimension) => dimension.id === id)).map(
    (id) => ({ kind: 'missing-dimension', line: null, ids: [id], text: null }),
  );
}

function damagedLines(text: string): PlanWarning[] {
  return text
    .split(/\r\n|\n|\r/)
    .flatMap((line, index) =>
      line.includes('\uFFFD')
        ? [{ kind: 'damaged-characters' as const, line: index + 1, ids: [], text: line.trim() }]
        : [],
    );
}

function linesOf(lines: readonly Line[], kind: Line['kind']): number[] {
  return lines.filter((line) => line.kind === kind).map(({ line }) => line);
}
