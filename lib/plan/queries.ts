import 'server-only';
import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import {
  type PROPOSAL_STATES,
  dimension,
  planDocument,
  planItem,
  planRow,
  planRowGoalLink,
  proposal,
  proposalObjective,
} from '@/db/registry/schema';
import { type Result, ok } from '@/lib/shared/result';
import { competenceHint } from './content';
import { parsePlan } from './parse';
import { type Differences, type StoredText, differences, recordsOf } from './rules';
import type { ParsedPlan, PlanRefusal } from './types';

const text = {
  row: {
    code: planRow.code,
    dimensionCode: planRow.dimensionCode,
    label: { es: planRow.labelEs, en: planRow.labelEn },
    title: { es: planRow.titleEs, en: planRow.titleEn },
    summary: { es: planRow.summaryEs, en: planRow.summaryEn },
    inDocument: planRow.inDocument,
    edited: sql<boolean>`${planRow.editedAt} is not null`,
  },
  item: {
    code: planItem.code,
    kind: planItem.kind,
    title: { es: planItem.titleEs, en: planItem.titleEn },
    summaryEs: planItem.summaryEs,
    summaryEn: planItem.summaryEn,
    officialText: planItem.officialText,
    heading: planItem.heading,
    duplicateOf: planItem.duplicateOf,
    similarTo: planItem.similarTo,
    truncated: planItem.truncated,
    inDocument: planItem.inDocument,
    edited: sql<boolean>`${planItem.editedAt} is not null`,
    sourceLines: planItem.sourceLines,
    competence: planItem.competence,
    feedbackRole: planItem.feedbackRole,
    indicator: planItem.indicator,
    baseline: planItem.baseline,
    targetValue: planItem.targetValue,
    targetYear: planItem.targetYear,
    indicatorSource: planItem.indicatorSource,
  },
};

/** The document that was imported last; null before the first. */
export async function importedDocument(db: Registry) {
  const [found] = await db
    .select({
      title: planDocument.title,
      introduction: planDocument.introduction,
      vision: planDocument.vision,
      visionYear: planDocument.visionYear,
      goalYear: planDocument.goalYear,
      citation: planDocument.citation,
      sourceName: planDocument.sourceName,
      sourceSha256: planDocument.sourceSha256,
      importedAt: planDocument.importedAt,
      warnings: planDocument.warnings,
    })
    .from(planDocument)
    .limit(1);
  return found ?? null;
}

type ProposalState = (typeof PROPOSAL_STATES)[number];

/** The whole plan as a table of contents: dimensions, their rows, and how many proposals each row gathers. */
export async function planByDimension(db: Registry, shown: readonly ProposalState[]) {
  const dimensions = await db
    .select({
      code: dimension.code,
      name: { es: dimension.nameEs, en: dimension.nameEn },
      introduction: dimension.introduction,
    })
    .from(dimension)
    .orderBy(asc(dimension.position));
  const objectives = await db
    .select({ rowCode: planItem.rowCode, objectives: count() })
    .from(planItem)
    .where(eq(planItem.kind, 'objective'))
    .groupBy(planItem.rowCode);
  const proposals = await db
    .select({
      rowCode: planItem.rowCode,
      proposals: sql<number>`count(distinct ${proposalObjective.proposalCode})::int`,
    })
    .from(proposalObjective)
    .innerJoin(planItem, eq(planItem.code, proposalObjective.objectiveCode))
    .innerJoin(proposal, eq(proposal.code, proposalObjective.proposalCode))
    .where(inArray(proposal.state, [...shown]))
    .groupBy(planItem.rowCode);
  const rows = await allRows(db);
  return dimensions.map((one) => ({
    ...one,
    rows: rows
      .filter((row) => row.dimensionCode === one.code)
      .map((row) => ({
        ...row,
        objectives: objectives.find(({ rowCode }) => rowCode === row.code)?.objectives ?? 0,
        proposals: proposals.find(({ rowCode }) => rowCode === row.code)?.proposals ?? 0,
      })),
  }));
}

/** Every row in the plan's order, also those that left the document. */
async function allRows(db: Registry) {
  return db
    .select(text.row)
    .from(planRow)
    .innerJoin(dimension, eq(dimension.code, planRow.dimensionCode))
    .orderBy(asc(dimension.position), asc(planRow.position));
}

/** What residents rank: the rows of the document, or the shipped ones while there is no document. */
export async function votableRows(db: Registry) {
  const rows = await allRows(db);
  return rows.some(({ inDocument }) => inDocument) ? rows.filter((row) => row.inDocument) : rows;
}

/** A row with its problems, objectives and goals, and the goals of other rows that answer it. */
export async function planRowDetail(db: Registry, code: string) {
  const [row] = await db.select(text.row).from(planRow).where(eq(planRow.code, code));
  if (row === undefined) return null;
  const items = await db
    .select(text.item)
    .from(planItem)
    .where(eq(planItem.rowCode, code))
    .orderBy(asc(planItem.position));
  const linkedGoals = await db
    .select({ ...text.item, rowCode: planItem.rowCode })
    .from(planRowGoalLink)
    .innerJoin(planItem, eq(planItem.code, planRowGoalLink.goalCode))
    .where(eq(planRowGoalLink.rowCode, code))
    .orderBy(asc(planItem.code));
  const kind = (wanted: (typeof items)[number]['kind']) =>
    items.filter((item) => item.kind === wanted);
  return {
    ...row,
    problems: kind('problem'),
    objectives: kind('objective').map((item) => ({
      ...item,
      /** A first guess, until the technical team gives its verdict. */
      competenceHint: competenceHint(item.code, item.officialText),
    })),
    goals: kind('goal'),
    linkedGoals,
  };
}

/** One text of the plan for its editor: a row or an item under its code. */
export async function planTextForEditor(db: Registry, code: string) {
  const [row] = await db.select(text.row).from(planRow).where(eq(planRow.code, code));
  if (row !== undefined) return { kind: 'row' as const, ...row };
  const [item] = await db
    .select({ ...text.item, rowCode: planItem.rowCode })
    .from(planItem)
    .where(eq(planItem.code, code));
  return item ?? null;
}

/** The proposals under each objective of a row, newest first. */
export async function proposalsOfRow(
  db: Registry,
  rowCode: string,
  shown: readonly ProposalState[],
) {
  return db
    .select({
      objectiveCode: proposalObjective.objectiveCode,
      code: proposal.code,
      title: { es: proposal.titleEs, en: proposal.titleEn },
      state: proposal.state,
      costCents: proposal.costCents,
    })
    .from(proposalObjective)
    .innerJoin(planItem, eq(planItem.code, proposalObjective.objectiveCode))
    .innerJoin(proposal, eq(proposal.code, proposalObjective.proposalCode))
    .where(and(eq(planItem.rowCode, rowCode), inArray(proposal.state, [...shown])))
    .orderBy(desc(proposal.code));
}

/** The official texts as they stand, for comparing a document with them. */
export async function storedTexts(db: Registry): Promise<StoredText[]> {
  return db
    .select({
      code: planItem.code,
      officialText: planItem.officialText,
      inDocument: planItem.inDocument,
      edited: sql<boolean>`${planItem.editedAt} is not null`,
    })
    .from(planItem)
    .innerJoin(planRow, eq(planRow.code, planItem.rowCode))
    .innerJoin(dimension, eq(dimension.code, planRow.dimensionCode))
    .orderBy(
      asc(dimension.position),
      asc(planRow.position),
      sql`array_position(array['problem','objective','goal'], ${planItem.kind})`,
      asc(planItem.position),
    );
}

/** What importing this document would change; nothing is written. `seen` is the SHA-256 of the stored document. */
export async function planImportPreview(
  db: Registry,
  document: Uint8Array,
): Promise<Result<{ plan: ParsedPlan; differences: Differences; seen: string }, PlanRefusal>> {
  const parsed = parsePlan(document);
  if (!parsed.ok) return parsed;
  const stored = await storedTexts(db);
  return ok({
    plan: parsed.value,
    differences: differences(stored, recordsOf(parsed.value)),
    seen: (await importedDocument(db))?.sourceSha256 ?? '',
  });
}

/** Every row and text by its short title, for the editors' list; a row has no `rowCode`. */
export async function planTexts(db: Registry) {
  const rows = await allRows(db);
  const items = await db
    .select({
      code: planItem.code,
      rowCode: planItem.rowCode,
      title: text.item.title,
      edited: text.item.edited,
    })
    .from(planItem)
    .orderBy(
      planItem.rowCode,
      sql`array_position(array['problem','objective','goal'], ${planItem.kind})`,
      asc(planItem.position),
    );
  return [
    ...rows.map(({ code, title, edited }) => ({ code, rowCode: null, title, edited })),
    ...items,
  ];
}
