import { sql } from 'drizzle-orm';
import {
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, moment } from './columns';
import { resident } from './roll';
import { round } from './round';
import { staff } from './staff';

/** Every version of the words that people are shown before they give us their data. */
export const consentText = pgTable(
  'consent_text',
  {
    kind: text('kind').notNull(),
    version: integer('version').notNull(),
    /** SHA-256 of both languages. */
    hash: bytes('hash').notNull(),
    textEs: text('text_es').notNull(),
    textEn: text('text_en').notNull(),
    firstShownAt: moment('first_shown_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ name: 'consent_text_pk', columns: [table.kind, table.version] })],
);

/** Who went on after reading which version, and when. */
export const consentAcceptance = pgTable(
  'consent_acceptance',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    residentId: uuid('resident_id')
      .notNull()
      .references(() => resident.id),
    kind: text('kind').notNull(),
    version: integer('version').notNull(),
    acceptedAt: moment('accepted_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('consent_acceptance_once').on(table.residentId, table.kind, table.version),
  ],
);

export const REQUEST_KINDS = ['access', 'rectification', 'erasure', 'opposition'] as const;
export const REQUEST_OUTCOMES = ['granted', 'partly', 'refused'] as const;

/** A request about one's own data (Ley 29733, arts. 19 to 22), with the day by which it is answered. */
export const dataRequest = pgTable(
  'data_request',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    number: text('number').notNull(),
    residentId: uuid('resident_id')
      .notNull()
      .references(() => resident.id),
    kind: text('kind', { enum: REQUEST_KINDS }).notNull(),
    detailSealed: bytes('detail_sealed').notNull(),
    receivedBy: text('received_by').references(() => staff.id),
    filedAt: moment('filed_at').notNull().defaultNow(),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    /** The term may be lengthened once, with a reason that the person reads. */
    extendedReason: text('extended_reason'),
    outcome: text('outcome', { enum: REQUEST_OUTCOMES }),
    answerSealed: bytes('answer_sealed'),
    answeredBy: text('answered_by').references(() => staff.id),
    answeredAt: moment('answered_at'),
  },
  (table) => [
    uniqueIndex('data_request_number_unique').on(table.number),
    // A second request of the same kind waits for the answer to the first.
    uniqueIndex('data_request_one_open')
      .on(table.residentId, table.kind)
      .where(sql`${table.outcome} is null`),
    index('data_request_by_due').on(table.dueOn),
    check(
      'data_request_kind_known',
      sql`${table.kind} in ('access', 'rectification', 'erasure', 'opposition')`,
    ),
    check('data_request_outcome_known', sql`${table.outcome} in ('granted', 'partly', 'refused')`),
    check(
      'data_request_answered_as_a_whole',
      sql`num_nonnulls(${table.outcome}, ${table.answerSealed}, ${table.answeredBy}, ${table.answeredAt}) in (0, 4)`,
    ),
  ],
);

/** A security incident with personal data. From the moment it is known, 48 hours run. */
export const dataIncident = pgTable(
  'data_incident',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    requestKey: uuid('request_key').notNull(),
    what: text('what').notNull(),
    /** Which kinds of data. */
    dataKinds: text('data_kinds').notNull(),
    /** How many people, as far as it is known. */
    people: integer('people'),
    measures: text('measures').notNull(),
    knownAt: moment('known_at').notNull(),
    recordedAt: moment('recorded_at').notNull().defaultNow(),
    recordedBy: text('recorded_by')
      .notNull()
      .references(() => staff.id),
    /** When the Autoridad Nacional de Protección de Datos Personales was told. */
    authorityToldAt: moment('authority_told_at'),
    peopleToldAt: moment('people_told_at'),
    closedAt: moment('closed_at'),
    closingNote: text('closing_note'),
  },
  (table) => [
    uniqueIndex('data_incident_request_unique').on(table.requestKey),
    index('data_incident_by_known').on(table.knownAt),
    check('data_incident_known_before_recorded', sql`${table.knownAt} <= ${table.recordedAt}`),
    check('data_incident_people_not_negative', sql`${table.people} >= 0`),
    check(
      'data_incident_told_after_known',
      sql`least(${table.authorityToldAt}, ${table.peopleToldAt}) >= ${table.knownAt}`,
    ),
    check(
      'data_incident_closed_when_told',
      sql`${table.closedAt} is null or (${table.authorityToldAt} is not null and ${table.closingNote} is not null)`,
    ),
  ],
);

/** What stays of a round's people once it is anonymous: how many, where and by which way. */
export const roundCount = pgTable(
  'round_count',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => round.id),
    kind: text('kind', { enum: ['eligible', 'issued'] }).notNull(),
    /** District code of the eligible, district group of the issued. */
    place: text('place').notNull(),
    /** Empty for the eligible. */
    channel: text('channel').notNull().default(''),
    people: integer('people').notNull(),
  },
  (table) => [
    primaryKey({
      name: 'round_count_pk',
      columns: [table.roundId, table.kind, table.place, table.channel],
    }),
    check('round_count_kind_known', sql`${table.kind} in ('eligible', 'issued')`),
  ],
);
