import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { cents, moment } from './columns';
import { cycle, envelope } from './cycle';
import { district } from './district';
import { planItem } from './plan';

export const PROPOSAL_STATES = [
  'submitted',
  'under-evaluation',
  'eligible',
  'rejected',
  'merged',
  'withdrawn',
  'funded',
  'not-funded',
] as const;

/** One entity with states, from the first idea to the finished work; never copied into another. */
export const proposal = pgTable(
  'proposal',
  {
    /** 2027-014: fiscal year and number, as printed on paper. */
    code: text('code').primaryKey(),
    cycleId: text('cycle_id')
      .notNull()
      .references(() => cycle.id),
    envelopeId: text('envelope_id')
      .notNull()
      .references(() => envelope.id),
    districtCode: text('district_code').references(() => district.code),
    titleEs: text('title_es').notNull(),
    titleEn: text('title_en').notNull(),
    /** ≤ 28 characters, for the wall. */
    labelEs: text('label_es').notNull(),
    labelEn: text('label_en').notNull(),
    whatEs: text('what_es').notNull(),
    whatEn: text('what_en').notNull(),
    whereEs: text('where_es').notNull(),
    whereEn: text('where_en').notNull(),
    whyEs: text('why_es').notNull(),
    whyEn: text('why_en').notNull(),
    costCents: cents('cost_cents').notNull(),
    beneficiaries: integer('beneficiaries'),
    proposerKind: text('proposer_kind', { enum: ['resident', 'organisation', 'board'] }).notNull(),
    proposerName: text('proposer_name').notNull(),
    state: text('state', { enum: PROPOSAL_STATES }).notNull(),
    /** The public reason for a refusal or merge, in plain words. */
    reasonEs: text('reason_es'),
    reasonEn: text('reason_en'),
    mergedInto: text('merged_into'),
    competence: text('competence', { enum: ['municipal', 'shared', 'national'] }),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    index('proposal_by_cycle').on(table.cycleId, table.state),
    index('proposal_by_envelope').on(table.envelopeId),
    check('proposal_cost_positive', sql`${table.costCents} > 0`),
    check(
      'proposal_refusal_has_reason',
      sql`${table.state} not in ('rejected', 'merged') or ${table.reasonEs} is not null`,
    ),
  ],
);

export const proposalObjective = pgTable(
  'proposal_objective',
  {
    proposalCode: text('proposal_code')
      .notNull()
      .references(() => proposal.code),
    objectiveCode: text('objective_code')
      .notNull()
      .references(() => planItem.code),
    /** The first objective gives the proposal its dimension. */
    position: integer('position').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'proposal_objective_pk',
      columns: [table.proposalCode, table.objectiveCode],
    }),
    index('proposal_objective_by_objective').on(table.objectiveCode),
  ],
);

/** Follow-up of a funded proposal: one row per milestone, newest last. */
export const proposalMilestone = pgTable(
  'proposal_milestone',
  {
    proposalCode: text('proposal_code')
      .notNull()
      .references(() => proposal.code),
    position: integer('position').notNull(),
    stage: text('stage', {
      enum: ['formalised', 'design', 'tender', 'works', 'finished', 'delayed'],
    }).notNull(),
    happenedOn: text('happened_on').notNull(),
    spentCents: cents('spent_cents').notNull(),
    noteEs: text('note_es').notNull(),
    noteEn: text('note_en').notNull(),
  },
  (table) => [
    primaryKey({ name: 'proposal_milestone_pk', columns: [table.proposalCode, table.position] }),
  ],
);
