import { boolean, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { moment } from './columns';

/** One row for the document that was imported last; the texts live in the tables below. */
export const planDocument = pgTable('plan_document', {
  id: text('id').primaryKey(),
  title: text('title').notNull(),
  introduction: text('introduction'),
  vision: text('vision'),
  /** The years the document itself aims at; a cycle sets its own. */
  visionYear: integer('vision_year'),
  goalYear: integer('goal_year'),
  citation: text('citation'),
  sourceName: text('source_name').notNull(),
  sourceSha256: text('source_sha256').notNull(),
  warnings: jsonb('warnings')
    .$type<{ kind: string; line: number | null; ids: string[]; text: string | null }[]>()
    .notNull(),
  importedAt: moment('imported_at').notNull(),
});

export const dimension = pgTable('dimension', {
  /** SOC, ECO, AMB, INS. */
  code: text('code').primaryKey(),
  position: integer('position').notNull(),
  nameEs: text('name_es').notNull(),
  nameEn: text('name_en').notNull(),
  introduction: text('introduction'),
});

/**
 * A row joins the problems, objectives and goals of one cell row; the cells are many-to-many.
 * Titles and summaries are ours and editable; official texts come from the document.
 */
export const planRow = pgTable('plan_row', {
  /** SOC-1 … */
  code: text('code').primaryKey(),
  dimensionCode: text('dimension_code')
    .notNull()
    .references(() => dimension.code),
  position: integer('position').notNull(),
  /** ≤ 28 characters, for the wall. */
  labelEs: text('label_es').notNull(),
  labelEn: text('label_en').notNull(),
  titleEs: text('title_es').notNull(),
  titleEn: text('title_en').notNull(),
  summaryEs: text('summary_es').notNull(),
  summaryEn: text('summary_en').notNull(),
  /** Set when an editor changed a title or summary: an import leaves those alone. */
  editedAt: moment('edited_at'),
  inDocument: boolean('in_document').notNull().default(false),
});

/** Problems, objectives and goals: three columns of the same table of the plan. */
export const planItem = pgTable('plan_item', {
  /** SOC-1-P1, SOC-1-O2, INS-2-M1 … */
  code: text('code').primaryKey(),
  rowCode: text('row_code')
    .notNull()
    .references(() => planRow.code),
  kind: text('kind', { enum: ['problem', 'objective', 'goal'] }).notNull(),
  position: integer('position').notNull(),
  /** Verbatim text of the document, slips included; null until a document is imported. */
  officialText: text('official_text'),
  titleEs: text('title_es').notNull(),
  titleEn: text('title_en').notNull(),
  summaryEs: text('summary_es'),
  summaryEn: text('summary_en'),
  editedAt: moment('edited_at'),
  heading: text('heading'),
  duplicateOf: text('duplicate_of'),
  similarTo: text('similar_to').array().notNull().default([]),
  truncated: boolean('truncated').notNull().default(false),
  inDocument: boolean('in_document').notNull().default(false),
  sourceLines: integer('source_lines').array().notNull().default([]),
  /** municipal, shared, national: the technical team's verdict; null until given. */
  competence: text('competence', { enum: ['municipal', 'shared', 'national'] }),
  /** primary, evidence, revenue, capacity: where the tallies land in the institutional dimension. */
  feedbackRole: text('feedback_role', { enum: ['primary', 'evidence', 'revenue', 'capacity'] }),
  indicator: text('indicator'),
  baseline: text('baseline'),
  targetValue: text('target_value'),
  targetYear: integer('target_year'),
  indicatorSource: text('indicator_source'),
});

/** A goal that answers another row's problem: a merged cell of the original. */
export const planRowGoalLink = pgTable(
  'plan_row_goal_link',
  {
    rowCode: text('row_code')
      .notNull()
      .references(() => planRow.code),
    goalCode: text('goal_code')
      .notNull()
      .references(() => planItem.code),
  },
  (table) => [
    primaryKey({ name: 'plan_row_goal_link_pk', columns: [table.rowCode, table.goalCode] }),
  ],
);
