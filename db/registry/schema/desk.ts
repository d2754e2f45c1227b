import { sql } from 'drizzle-orm';
import {
  check,
  date,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, moment } from './columns';
import { resident } from './roll';
import { round } from './round';
import { staff } from './staff';

/** A browser at the desk on which people vote one after another. It is nobody's: no staff session. */
export const kiosk = pgTable(
  'kiosk',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** As the officers call it: Cabina 1. */
    name: text('name').notNull(),
    /** SHA-256 of the opaque token in the kiosk's cookie. */
    tokenHash: bytes('token_hash').notNull(),
    /** In a row; at the limit the kiosk is closed and has to be set up again. */
    wrongCodes: integer('wrong_codes').notNull().default(0),
    setUpBy: text('set_up_by')
      .notNull()
      .references(() => staff.id),
    revokedAt: moment('revoked_at'),
  },
  (table) => [
    uniqueIndex('kiosk_token_unique').on(table.tokenHash),
    uniqueIndex('kiosk_name_in_use_unique')
      .on(table.name)
      .where(sql`${table.revokedAt} is null`),
  ],
);

export const VISIT_STATES = ['waiting', 'voting', 'paused', 'voted', 'left'] as const;

/**
 * A person with a checked DNI who is handed over to a kiosk. It has a time only while it lasts: what
 * stays says the day, so that nothing here dates a ballot.
 */
export const deskVisit = pgTable(
  'desk_visit',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    roundId: text('round_id')
      .notNull()
      .references(() => round.id),
    residentId: uuid('resident_id')
      .notNull()
      .references(() => resident.id),
    kioskId: uuid('kiosk_id')
      .notNull()
      .references(() => kiosk.id),
    state: text('state', { enum: VISIT_STATES }).notNull().default('waiting'),
    /** Each code opens the kiosk once; calling again gives the next. */
    codeTurn: integer('code_turn').notNull().default(1),
    /** Until when the code holds; null when the visit is over. */
    expiresAt: moment('expires_at'),
    openedBy: text('opened_by')
      .notNull()
      .references(() => staff.id),
    /** In Lima. */
    day: date('day', { mode: 'string' }).notNull(),
  },
  (table) => [
    uniqueIndex('desk_visit_one_per_resident')
      .on(table.roundId, table.residentId)
      .where(sql`${table.state} in ('waiting', 'voting', 'paused')`),
    uniqueIndex('desk_visit_one_per_kiosk')
      .on(table.kioskId)
      .where(sql`${table.state} in ('waiting', 'voting', 'paused')`),
    check(
      'desk_visit_state_known',
      sql`${table.state} in ('waiting', 'voting', 'paused', 'voted', 'left')`,
    ),
    check(
      'desk_visit_timed_while_it_lasts',
      sql`(${table.state} in ('voted', 'left')) = (${table.expiresAt} is null)`,
    ),
  ],
);

/** What the help is for, as the officer says it: never a diagnosis. */
export const HELP_REASONS = ['reading', 'marking', 'language', 'other'] as const;

/** Who helped whom at the booth: a helper has three places in a round, and no fourth. */
export const deskHelp = pgTable(
  'desk_help',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => round.id),
    residentId: uuid('resident_id')
      .notNull()
      .references(() => resident.id),
    /** HMAC of the helper's DNI, as on the roll; the helper need not be on it. */
    helperHash: bytes('helper_hash').notNull(),
    place: smallint('place').notNull(),
    /** Null only in rows from before it was asked. */
    reason: text('reason', { enum: HELP_REASONS }),
    recordedBy: text('recorded_by')
      .notNull()
      .references(() => staff.id),
  },
  (table) => [
    // One helper per person.
    primaryKey({ name: 'desk_help_pk', columns: [table.roundId, table.residentId] }),
    uniqueIndex('desk_help_place_unique').on(table.roundId, table.helperHash, table.place),
    check('desk_help_at_most_three', sql`${table.place} between 1 and 3`),
    check(
      'desk_help_reason_known',
      sql`${table.reason} in ('reading', 'marking', 'language', 'other')`,
    ),
  ],
);
