import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { bytes, moment } from './columns';
import { district } from './district';
import { resident } from './roll';
import { round } from './round';
import { staff } from './staff';

export const CHALLENGE_KINDS = ['deceased', 'not-resident', 'repeated', 'other'] as const;

/**
 * filed: waits for a decision · accepted: decided, waits for the second person · applied: done on the
 * list · rejected: the list stays as it is.
 */
export const LIST_STATES = ['filed', 'accepted', 'applied', 'rejected'] as const;

/**
 * A tacha: somebody says that an entry should not be on the list. Who is named is held as the keyed
 * hash of the DNI and, when there is such an entry, as the entry; nobody is shown either.
 */
export const rollChallenge = pgTable(
  'roll_challenge',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** What the person keeps: random, because it opens the state of the matter. */
    number: text('number').notNull(),
    roundId: text('round_id')
      .notNull()
      .references(() => round.id),
    kind: text('kind', { enum: CHALLENGE_KINDS }).notNull(),
    /** As the filer says: the public counts follow it, so that they tell nothing about the entry. */
    districtCode: text('district_code')
      .notNull()
      .references(() => district.code),
    /** HMAC of the DNI that is named; null once the round is anonymous. */
    subjectHash: bytes('subject_hash'),
    subjectLastTwo: text('subject_last_two'),
    residentId: uuid('resident_id').references(() => resident.id),
    evidenceSealed: bytes('evidence_sealed'),
    /** HMAC of the filer's own DNI; null once the round is anonymous. */
    filerHash: bytes('filer_hash'),
    /** Who took it down at the desk; null when it was filed on the page. */
    receivedBy: text('received_by').references(() => staff.id),
    filedAt: moment('filed_at').notNull().defaultNow(),
    state: text('state', { enum: LIST_STATES }).notNull().default('filed'),
    /** Told to the filer: safe for anybody to read. */
    reason: text('reason'),
    decidedBy: text('decided_by').references(() => staff.id),
    decidedAt: moment('decided_at'),
  },
  (table) => [
    uniqueIndex('roll_challenge_number_unique').on(table.number),
    // The same words from the same person twice are one challenge.
    uniqueIndex('roll_challenge_filed_once').on(
      table.roundId,
      table.filerHash,
      table.subjectHash,
      table.kind,
    ),
    index('roll_challenge_by_round').on(table.roundId, table.state),
    check(
      'roll_challenge_kind_known',
      sql`${table.kind} in ('deceased', 'not-resident', 'repeated', 'other')`,
    ),
    check(
      'roll_challenge_state_known',
      sql`${table.state} in ('filed', 'accepted', 'applied', 'rejected')`,
    ),
    check(
      'roll_challenge_decided_as_a_whole',
      sql`num_nonnulls(${table.reason}, ${table.decidedBy}, ${table.decidedAt}) = case ${table.state} when 'filed' then 0 else 3 end`,
    ),
    check('roll_challenge_not_by_who_filed', sql`${table.decidedBy} <> ${table.receivedBy}`),
  ],
);

/** Somebody asks to be put on the list. On the page nothing is checked but the form: people decide. */
export const rollInclusion = pgTable(
  'roll_inclusion',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    number: text('number').notNull(),
    roundId: text('round_id')
      .notNull()
      .references(() => round.id),
    districtCode: text('district_code')
      .notNull()
      .references(() => district.code),
    dniHash: bytes('dni_hash'),
    dniLastTwo: text('dni_last_two'),
    /** The whole DNI until the matter is decided: two people compare it with the register. */
    dniSealed: bytes('dni_sealed'),
    namesSealed: bytes('names_sealed'),
    /** Only of what was filed at the desk: it becomes the phone that gets the codes. */
    phoneSealed: bytes('phone_sealed'),
    groundsSealed: bytes('grounds_sealed'),
    receivedBy: text('received_by').references(() => staff.id),
    filedAt: moment('filed_at').notNull().defaultNow(),
    state: text('state', { enum: LIST_STATES }).notNull().default('filed'),
    reason: text('reason'),
    decidedBy: text('decided_by').references(() => staff.id),
    decidedAt: moment('decided_at'),
  },
  (table) => [
    uniqueIndex('roll_inclusion_number_unique').on(table.number),
    index('roll_inclusion_by_round').on(table.roundId, table.state),
    index('roll_inclusion_by_dni').on(table.dniHash, table.filedAt),
    check(
      'roll_inclusion_state_known',
      sql`${table.state} in ('filed', 'accepted', 'applied', 'rejected')`,
    ),
    check(
      'roll_inclusion_decided_as_a_whole',
      sql`num_nonnulls(${table.reason}, ${table.decidedBy}, ${table.decidedAt}) = case ${table.state} when 'filed' then 0 else 3 end`,
    ),
    check(
      'roll_inclusion_dni_until_decided',
      sql`${table.dniSealed} is null or ${table.state} in ('filed', 'accepted')`,
    ),
    check('roll_inclusion_not_by_who_filed', sql`${table.decidedBy} <> ${table.receivedBy}`),
  ],
);

/** Who is left out of a round's roll, by a challenge that two people accepted. */
export const rollExclusion = pgTable(
  'roll_exclusion',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => round.id),
    residentId: uuid('resident_id')
      .notNull()
      .references(() => resident.id),
    challengeId: uuid('challenge_id')
      .notNull()
      .references(() => rollChallenge.id),
  },
  (table) => [
    primaryKey({ name: 'roll_exclusion_pk', columns: [table.roundId, table.residentId] }),
  ],
);
