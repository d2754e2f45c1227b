import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes } from './columns';
import { credential } from './credential';
import { round } from './round';
import { staff } from './staff';

export const PAPER_TABLE_STATES = [
  'open',
  'closed',
  'keying',
  'arbitration',
  'reconciled',
] as const;

/**
 * A table that gives out paper ballots, with its closing minutes and the officers who key its pile.
 * Triggers keep the order of its states: nothing is keyed before the public record has the minutes,
 * and nothing changes once the pile is reconciled.
 */
export const paperTable = pgTable(
  'paper_table',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** Made with the form that opens the table: sent twice, it opens one. */
    requestKey: uuid('request_key').notNull(),
    roundId: text('round_id')
      .notNull()
      .references(() => round.id),
    /** 3 is `mesa-3` in the public record. */
    number: integer('number').notNull(),
    /** District group whose ballots go into this urn. */
    groupId: text('group_id').notNull(),
    place: text('place').notNull(),
    /** Blank ballots the table received. */
    papers: integer('papers').notNull(),
    state: text('state', { enum: PAPER_TABLE_STATES }).notNull().default('open'),
    openedBy: text('opened_by')
      .notNull()
      .references(() => staff.id),
    closedBy: text('closed_by').references(() => staff.id),
    checkIns: integer('check_ins'),
    /** Valid papers from the urn, blank ones included. */
    ballots: integer('ballots'),
    /** Void papers from the urn. */
    spoiled: integer('spoiled'),
    /** Papers that never went into the urn. */
    unused: integer('unused'),
    /** Of the photo of the signed sheet. */
    photoSha256: bytes('photo_sha256'),
    firstBy: text('first_by').references(() => staff.id),
    secondBy: text('second_by').references(() => staff.id),
    thirdBy: text('third_by').references(() => staff.id),
    firstDone: boolean('first_done').notNull().default(false),
    secondDone: boolean('second_done').notNull().default(false),
  },
  (table) => [
    uniqueIndex('paper_table_request_unique').on(table.requestKey),
    uniqueIndex('paper_table_number_unique').on(table.roundId, table.number),
    check(
      'paper_table_state_known',
      sql`${table.state} in ('open', 'closed', 'keying', 'arbitration', 'reconciled')`,
    ),
    check('paper_table_papers_range', sql`${table.papers} between 1 and 20000`),
    check(
      'paper_table_minutes_when_closed',
      sql`num_nulls(${table.closedBy}, ${table.checkIns}, ${table.ballots}, ${table.spoiled}, ${table.unused}, ${table.photoSha256}) = case when ${table.state} = 'open' then 6 else 0 end`,
    ),
    check(
      'paper_table_minutes_not_negative',
      sql`least(${table.checkIns}, ${table.ballots}, ${table.spoiled}, ${table.unused}) >= 0`,
    ),
    check(
      'paper_table_minutes_account_for_papers',
      sql`${table.ballots} + ${table.spoiled} + ${table.unused} = ${table.papers}`,
    ),
    check(
      'paper_table_urn_within_check_ins',
      sql`${table.ballots} + ${table.spoiled} <= ${table.checkIns}`,
    ),
    check('paper_table_two_officers', sql`${table.firstBy} <> ${table.secondBy}`),
    check(
      'paper_table_third_officer',
      sql`${table.thirdBy} <> ${table.firstBy} and ${table.thirdBy} <> ${table.secondBy}`,
    ),
    check(
      'paper_table_reconciled_by_two',
      sql`${table.state} not in ('arbitration', 'reconciled') or (${table.firstBy} is not null and ${table.secondBy} is not null and ${table.firstDone} and ${table.secondDone})`,
    ),
  ],
);

/** The photo of the signed closing sheet, as it was uploaded. */
export const paperPhoto = pgTable(
  'paper_photo',
  {
    tableId: uuid('table_id')
      .primaryKey()
      .references(() => paperTable.id),
    mediaType: text('media_type', { enum: ['image/jpeg', 'image/png'] }).notNull(),
    content: bytes('content').notNull(),
  },
  (table) => [
    check('paper_photo_type_known', sql`${table.mediaType} in ('image/jpeg', 'image/png')`),
  ],
);

/** Who was given a paper ballot where, and the numbered stub that says so. The ballot has no number. */
export const paperCheckIn = pgTable(
  'paper_check_in',
  {
    roundId: text('round_id').notNull(),
    residentId: uuid('resident_id').notNull(),
    tableId: uuid('table_id')
      .notNull()
      .references(() => paperTable.id),
    stub: integer('stub').notNull(),
  },
  (table) => [
    primaryKey({ name: 'paper_check_in_pk', columns: [table.roundId, table.residentId] }),
    foreignKey({
      name: 'paper_check_in_takes_the_right',
      columns: [table.roundId, table.residentId],
      foreignColumns: [credential.roundId, credential.residentId],
    }),
    uniqueIndex('paper_check_in_stub_unique').on(table.tableId, table.stub),
    check('paper_check_in_stub_positive', sql`${table.stub} >= 1`),
  ],
);

/**
 * One paper as one officer keyed it: pass 1 and 2 by two who do not see each other's, pass 3 only
 * where they differ. The number is pencilled on the paper when the urn is emptied.
 */
export const paperEntry = pgTable(
  'paper_entry',
  {
    tableId: uuid('table_id')
      .notNull()
      .references(() => paperTable.id),
    pass: smallint('pass').notNull(),
    number: integer('number').notNull(),
    /** Choices per contest; null: the whole paper is void. */
    choices: jsonb('choices').$type<Record<string, string[]>>(),
  },
  (table) => [
    primaryKey({ name: 'paper_entry_pk', columns: [table.tableId, table.pass, table.number] }),
    check('paper_entry_pass_range', sql`${table.pass} between 1 and 3`),
    check('paper_entry_number_positive', sql`${table.number} >= 1`),
  ],
);
