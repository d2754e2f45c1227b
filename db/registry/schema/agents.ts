import { sql } from 'drizzle-orm';
import { check, date, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, moment } from './columns';
import { cycle } from './cycle';
import { district } from './district';
import { staff } from './staff';

/** Kinds of organisation that send agents (Ley 28056, art. 5; DS 097-2009-EF). */
export const ORGANISATION_KINDS = [
  'neighbourhood',
  'peasant-community',
  'women',
  'youth',
  'producers',
  'professional',
  'university',
  'disability',
  'public-entity',
  'other',
] as const;

/** withdrawn: by the person, before somebody decided. */
export const AGENT_STATES = ['submitted', 'accredited', 'rejected', 'withdrawn'] as const;

/** An agente participante of a cycle: who speaks for an organisation. */
export const agent = pgTable(
  'agent',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    number: text('number').notNull(),
    cycleId: text('cycle_id')
      .notNull()
      .references(() => cycle.id),
    dniHash: bytes('dni_hash').notNull(),
    dniLastTwo: text('dni_last_two').notNull(),
    /** Null once the person asked to be forgotten and was never accredited. */
    namesSealed: bytes('names_sealed'),
    organisation: text('organisation').notNull(),
    organisationKind: text('organisation_kind', { enum: ORGANISATION_KINDS }).notNull(),
    districtCode: text('district_code')
      .notNull()
      .references(() => district.code),
    certificateNumber: text('certificate_number').notNull(),
    certificateOn: date('certificate_on', { mode: 'string' }).notNull(),
    /** SHA-256 of the words about publication that the person accepted. */
    consentHash: bytes('consent_hash').notNull(),
    receivedBy: text('received_by').references(() => staff.id),
    submittedAt: moment('submitted_at').notNull().defaultNow(),
    state: text('state', { enum: AGENT_STATES }).notNull().default('submitted'),
    /** Why it was rejected; also, in a word, why it was accredited. */
    reason: text('reason'),
    decidedBy: text('decided_by').references(() => staff.id),
    decidedAt: moment('decided_at'),
  },
  (table) => [
    uniqueIndex('agent_number_unique').on(table.number),
    // One person speaks for one organisation in a cycle; who was rejected or withdrew may try again.
    uniqueIndex('agent_one_per_cycle')
      .on(table.cycleId, table.dniHash)
      .where(sql`${table.state} not in ('rejected', 'withdrawn')`),
    index('agent_by_cycle').on(table.cycleId, table.state, table.organisation),
    check(
      'agent_state_known',
      sql`${table.state} in ('submitted', 'accredited', 'rejected', 'withdrawn')`,
    ),
    check(
      'agent_decided_as_a_whole',
      sql`num_nonnulls(${table.decidedBy}, ${table.decidedAt}) = case when ${table.state} in ('submitted', 'withdrawn') then 0 else 2 end`,
    ),
    check(
      'agent_rejected_with_a_reason',
      sql`${table.state} <> 'rejected' or ${table.reason} is not null`,
    ),
    check('agent_not_by_who_took_it', sql`${table.decidedBy} <> ${table.receivedBy}`),
  ],
);
