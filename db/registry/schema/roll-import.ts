import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, moment } from './columns';
import { round } from './round';
import { staff } from './staff';

/**
 * uploading → inspecting → mapping → parsing → previewed → proposed → applying → applied; or
 * declined by the second person, withdrawn by the first, failed because of the file.
 */
export const ROLL_IMPORT_STATES = [
  'uploading',
  'inspecting',
  'mapping',
  'parsing',
  'previewed',
  'proposed',
  'applying',
  'applied',
  'declined',
  'withdrawn',
  'failed',
] as const;

/** One file on its way onto the roll. */
export const rollImport = pgTable(
  'roll_import',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    state: text('state', { enum: ROLL_IMPORT_STATES }).notNull(),
    fileName: text('file_name').notNull(),
    fileSize: bigint('file_size', { mode: 'number' }).notNull(),
    /** Milliseconds, as the browser says it: with name and size it finds a cut upload again. */
    fileModified: bigint('file_modified', { mode: 'number' }).notNull(),
    receivedBytes: bigint('received_bytes', { mode: 'number' }).notNull().default(0),
    fileSha256: bytes('file_sha256'),
    /** Null once the file was deleted. */
    fileKey: bytes('file_key'),
    /** Staff, or null when the operator imported at the machine itself. */
    createdBy: text('created_by').references(() => staff.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    changedAt: moment('changed_at').notNull().defaultNow(),
    /** Why it failed: a literal with one sentence. */
    problem: text('problem'),
    problemRow: integer('problem_row'),
    /** What the file turned out to be: kind, encoding, separator, sheet. */
    format: jsonb('format').$type<Record<string, unknown>>(),
    headers: jsonb('headers').$type<string[]>(),
    /** The first rows, sealed: only for choosing the columns, gone when the import is decided. */
    sampleSealed: bytes('sample_sealed'),
    mapping: jsonb('mapping').$type<Record<string, unknown>>(),
    rowsRead: integer('rows_read').notNull().default(0),
    rowsAccepted: integer('rows_accepted').notNull().default(0),
    rowsRejected: integer('rows_rejected').notNull().default(0),
    /** What applying it would change, per district; numbers only. */
    preview: jsonb('preview').$type<Record<string, unknown>>(),
    /** The version of the roll the preview was compared with. */
    baseVersion: integer('base_version'),
    reason: text('reason'),
    decidedAt: moment('decided_at'),
    /** When its rejected rows were erased. */
    rowsErasedAt: moment('rows_erased_at'),
  },
  (table) => [
    index('roll_import_by_time').on(table.createdAt),
    // One change of the roll waits for its second person at a time.
    uniqueIndex('roll_import_one_proposed')
      .on(sql`(true)`)
      .where(sql`${table.state} in ('proposed', 'applying')`),
    check(
      'roll_import_state_known',
      sql`${table.state} in ('uploading', 'inspecting', 'mapping', 'parsing', 'previewed', 'proposed', 'applying', 'applied', 'declined', 'withdrawn', 'failed')`,
    ),
    check(
      'roll_import_received_range',
      sql`${table.receivedBytes} between 0 and ${table.fileSize}`,
    ),
    check(
      'roll_import_failed_with_a_reason',
      sql`(${table.state} = 'failed') = (${table.problem} is not null)`,
    ),
  ],
);

/** The rows of a file between reading and decision. Rejected ones keep their cells, sealed. */
export const rollImportRow = pgTable(
  'roll_import_row',
  {
    importId: uuid('import_id')
      .notNull()
      .references(() => rollImport.id, { onDelete: 'cascade' }),
    /** As the spreadsheet numbers it: the headers are usually row 1. */
    rowNumber: integer('row_number').notNull(),
    accepted: boolean('accepted').notNull(),
    /** Why it was rejected, or what was left out of an accepted row. */
    reason: text('reason'),
    dniHash: bytes('dni_hash'),
    dniLastTwo: text('dni_last_two'),
    districtCode: text('district_code'),
    phoneSealed: bytes('phone_sealed'),
    phoneHash: bytes('phone_hash'),
    nameSealed: bytes('name_sealed'),
    nameHash: bytes('name_hash'),
    cellsSealed: bytes('cells_sealed'),
  },
  (table) => [
    primaryKey({ name: 'roll_import_row_pk', columns: [table.importId, table.rowNumber] }),
    index('roll_import_row_told')
      .on(table.importId, table.rowNumber)
      .where(sql`${table.reason} is not null`),
    check(
      'roll_import_row_accepted_whole',
      sql`not ${table.accepted} or num_nulls(${table.dniHash}, ${table.dniLastTwo}, ${table.districtCode}) = 0`,
    ),
    check(
      'roll_import_row_rejected_with_a_reason',
      sql`${table.accepted} or ${table.reason} is not null`,
    ),
  ],
);

/** Which column was what, the last time a file had these headers. */
export const rollMapping = pgTable('roll_mapping', {
  /** SHA-256 of the normalised headers. */
  signature: bytes('signature').primaryKey(),
  mapping: jsonb('mapping').$type<Record<string, unknown>>().notNull(),
  usedAt: moment('used_at').notNull().defaultNow(),
});

/** Every approved state of the roll. Counts only: people stand in `resident`. */
export const rollVersion = pgTable(
  'roll_version',
  {
    number: integer('number').primaryKey(),
    kind: text('kind', { enum: ['import', 'addition', 'removal'] }).notNull(),
    importId: uuid('import_id').references(() => rollImport.id),
    people: integer('people').notNull(),
    perDistrict: jsonb('per_district').$type<Record<string, number>>().notNull(),
    /** staff:<id> or operator. */
    askedBy: text('asked_by').notNull(),
    approvedBy: text('approved_by').notNull(),
    appliedAt: moment('applied_at').notNull().defaultNow(),
  },
  (table) => [
    check('roll_version_kind_known', sql`${table.kind} in ('import', 'addition', 'removal')`),
    check('roll_version_positive', sql`${table.number} >= 1`),
    uniqueIndex('roll_version_once_per_import').on(table.importId),
  ],
);

/** What a round copied when it was opened; its commitment stands in the manifest. */
export const rollFreeze = pgTable('roll_freeze', {
  roundId: text('round_id')
    .primaryKey()
    .references(() => round.id),
  /** Null for a roll from before versions were counted. */
  version: integer('version').references(() => rollVersion.number),
  people: integer('people').notNull(),
  perDistrict: jsonb('per_district').$type<Record<string, number>>().notNull(),
  frozenAt: moment('frozen_at').notNull().defaultNow(),
});

/** Somebody who is to come onto the roll by a written reason and two people, one at a time. */
export const rollAddition = pgTable(
  'roll_addition',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** Random bytes once the person was erased. */
    dniHash: bytes('dni_hash').notNull(),
    dniLastTwo: text('dni_last_two').notNull(),
    /** The whole number, for the second person; gone once it is decided. */
    dniSealed: bytes('dni_sealed'),
    districtCode: text('district_code').notNull(),
    phoneSealed: bytes('phone_sealed'),
    phoneHash: bytes('phone_hash'),
    nameSealed: bytes('name_sealed'),
    nameHash: bytes('name_hash'),
    reason: text('reason').notNull(),
    askedBy: text('asked_by')
      .notNull()
      .references(() => staff.id),
    askedAt: moment('asked_at').notNull().defaultNow(),
    state: text('state', { enum: ['proposed', 'applied', 'declined'] })
      .notNull()
      .default('proposed'),
    decidedAt: moment('decided_at'),
  },
  (table) => [
    check('roll_addition_state_known', sql`${table.state} in ('proposed', 'applied', 'declined')`),
    uniqueIndex('roll_addition_one_open')
      .on(table.dniHash)
      .where(sql`${table.state} = 'proposed'`),
  ],
);
