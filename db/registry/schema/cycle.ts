import { sql } from 'drizzle-orm';
import {
  check,
  date,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { cents, moment } from './columns';
import { district } from './district';
import { dimension } from './plan';

export interface CyclePhase {
  phase: '0' | '1' | '2a' | '2b' | '2c' | '3' | '4' | '5';
  /** ISO dates, local calendar of Lima. */
  from: string;
  to: string;
}

/** One participatory budget of one fiscal year. */
export const cycle = pgTable(
  'cycle',
  {
    /** pp2027 */
    id: text('id').primaryKey(),
    fiscalYear: integer('fiscal_year').notNull(),
    nameEs: text('name_es').notNull(),
    nameEn: text('name_en').notNull(),
    ordinanceNumber: text('ordinance_number'),
    ordinanceDate: date('ordinance_date', { mode: 'string' }),
    ceilingCents: cents('ceiling_cents').notNull(),
    voteEffect: text('vote_effect', { enum: ['consultivo', 'criterio', 'vinculante'] }).notNull(),
    calendar: jsonb('calendar').$type<CyclePhase[]>().notNull(),
    state: text('state', { enum: ['draft', 'current', 'closed'] }).notNull(),
    previousCycleId: text('previous_cycle_id'),
    /** True for the demonstration data: every page that shows it says so. */
    isDemo: integer('is_demo').notNull().default(0),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('cycle_fiscal_year_unique').on(table.fiscalYear),
    check(
      'cycle_vote_effect_known',
      sql`${table.voteEffect} in ('consultivo', 'criterio', 'vinculante')`,
    ),
    check('cycle_state_known', sql`${table.state} in ('draft', 'current', 'closed')`),
    check('cycle_ceiling_positive', sql`${table.ceilingCents} >= 0`),
  ],
);

/** Money for a scope. Residents of a district are entitled to its envelope and the province's. */
export const envelope = pgTable(
  'envelope',
  {
    /** pp2027-province, pp2027-120114, pp2027-dim-SOC */
    id: text('id').primaryKey(),
    cycleId: text('cycle_id')
      .notNull()
      .references(() => cycle.id),
    scope: text('scope', { enum: ['province', 'district', 'dimension'] }).notNull(),
    districtCode: text('district_code').references(() => district.code),
    dimensionCode: text('dimension_code').references(() => dimension.code),
    amountCents: cents('amount_cents').notNull(),
    /** default: computed from adopted priorities; manual: entered by an administrator. */
    origin: text('origin', { enum: ['default', 'manual'] }).notNull(),
  },
  (table) => [
    check('envelope_amount_positive', sql`${table.amountCents} >= 0`),
    check(
      'envelope_scope_matches',
      sql`(${table.scope} = 'province' and ${table.districtCode} is null and ${table.dimensionCode} is null)
       or (${table.scope} = 'district' and ${table.districtCode} is not null and ${table.dimensionCode} is null)
       or (${table.scope} = 'dimension' and ${table.dimensionCode} is not null and ${table.districtCode} is null)`,
    ),
    uniqueIndex('envelope_one_per_scope').on(
      table.cycleId,
      table.scope,
      sql`coalesce(${table.districtCode}, '')`,
      sql`coalesce(${table.dimensionCode}, '')`,
    ),
  ],
);

/** The share of the ceiling that each dimension starts from, in basis points (sum 10 000). */
export const dimensionWeight = pgTable(
  'dimension_weight',
  {
    cycleId: text('cycle_id')
      .notNull()
      .references(() => cycle.id),
    dimensionCode: text('dimension_code')
      .notNull()
      .references(() => dimension.code),
    weightBp: integer('weight_bp').notNull(),
    /** The council decision it came from; null when it was entered by hand. */
    decisionId: text('decision_id'),
  },
  (table) => [
    primaryKey({ name: 'dimension_weight_pk', columns: [table.cycleId, table.dimensionCode] }),
    check('dimension_weight_range', sql`${table.weightBp} between 0 and 10000`),
  ],
);
