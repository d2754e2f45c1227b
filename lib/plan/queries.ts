import 'server-only';
import { asc, eq, inArray, ne, and, count, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Registry } from '@/db/registry/client';
import {
  dimension,
  planDocument,
  planItem,
  planRow,
  planRowGoalLink,
  proposal,
  proposalObjective,
} from '@/db/registry/schema';
import type { StoredText } from './rules';

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

/** The whole plan as a table of contents: dimensions, their rows, and how many ideas each row gathers. */
export async function planByDimension(db: Registry) {
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
    .where(ne(proposal.state, 'withdrawn'))
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
    objectives: kind('objective'),
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

/** The proposals under each objective of a row, the current cycle first, without those withdrawn. */
export async function proposalsOfRow(db: Registry, rowCode: string) {
  const objective = alias(planItem, 'objective');
  return db
    .select({
      objectiveCode: proposalObjective.objectiveCode,
      code: proposal.code,
      title: { es: proposal.titleEs, en: proposal.titleEn },
      state: proposal.state,
      costCents: proposal.costCents,
    })
    .from(proposalObjective)
    .innerJoin(objective, eq(objective.code, proposalObjective.objectiveCode))
    .innerJoin(proposal, eq(proposal.code, proposalObjective.proposalCode))
    .where(and(eq(objective.rowCode, rowCode), ne(proposal.state, 'withdrawn')))
    .orderBy(sql`${proposal.code} desc`);
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

/** Short titles by code, for pages that only name objectives. */
export async function planTitles(db: Registry, codes: readonly string[]) {
  if (codes.length === 0) return [];
  return db
    .select({ code: planItem.code, title: text.item.title })
    .from(planItem)
    .where(inArray(planItem.code, [...codes]));
}
