import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { moment } from './columns';
import { cycle } from './cycle';
import { dimension } from './plan';
import { round } from './round';
import { staff } from './staff';

/** Weights proposed from a published result, with every input and a hash; immutable. */
export const priorityProposal = pgTable('priority_proposal', {
  id: text('id').primaryKey(),
  roundId: text('round_id')
    .notNull()
    .references(() => round.id),
  /** The cycle whose envelopes these would become. */
  nextCycleId: text('next_cycle_id')
    .notNull()
    .references(() => cycle.id),
  document: jsonb('document').$type<Record<string, unknown>>().notNull(),
  documentHash: text('document_hash').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
});

/** What the council decided about one dimension: adopted as proposed, or amended with a reason. */
export const priorityDecision = pgTable(
  'priority_decision',
  {
    id: text('id').primaryKey(),
    proposalId: text('proposal_id')
      .notNull()
      .references(() => priorityProposal.id),
    dimensionCode: text('dimension_code')
      .notNull()
      .references(() => dimension.code),
    proposedBp: integer('proposed_bp').notNull(),
    adoptedBp: integer('adopted_bp').notNull(),
    reason: text('reason').notNull(),
    decidedBy: text('decided_by')
      .notNull()
      .references(() => staff.id),
    decidedAt: moment('decided_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('priority_decision_one_per_dimension').on(table.proposalId, table.dimensionCode),
    check('priority_decision_reason_given', sql`length(btrim(${table.reason})) >= 10`),
    check('priority_decision_range', sql`${table.adoptedBp} between 0 and 10000`),
  ],
);

/** The moment at which the decisions became the next cycle's envelopes; once per proposal. */
export const priorityAdoption = pgTable(
  'priority_adoption',
  {
    proposalId: text('proposal_id')
      .primaryKey()
      .references(() => priorityProposal.id),
    nextCycleId: text('next_cycle_id')
      .notNull()
      .references(() => cycle.id),
    adoptedBy: text('adopted_by')
      .notNull()
      .references(() => staff.id),
    adoptedAt: moment('adopted_at').notNull().defaultNow(),
  },
  (table) => [index('priority_adoption_by_cycle').on(table.nextCycleId)],
);
