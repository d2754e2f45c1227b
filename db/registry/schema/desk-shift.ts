import { sql } from 'drizzle-orm';
import {
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
import { moment } from './columns';
import { staff } from './staff';

/** Where officers attend people: everybody at one place calls from the same queue. */
export const deskPlace = pgTable(
  'desk_place',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    name: text('name').notNull(),
  },
  (table) => [uniqueIndex('desk_place_name_unique').on(sql`lower(${table.name})`)],
);

/** What stood in the registry when a shift began or ended: rights given out by way. */
export interface ShiftFigures {
  readonly phone: number;
  readonly desk: number;
  readonly paper: number;
  readonly tablet: number;
}

/** The work of one officer at one place: what was found, what was done, what is handed on. */
export const deskShift = pgTable(
  'desk_shift',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** Made with the form that opens the shift: sent twice, it opens one. */
    requestKey: uuid('request_key').notNull(),
    officerId: text('officer_id')
      .notNull()
      .references(() => staff.id),
    placeId: uuid('place_id')
      .notNull()
      .references(() => deskPlace.id),
    /** As the municipality calls the computer. */
    device: text('device').notNull(),
    openedAt: moment('opened_at').notNull().defaultNow(),
    openingFigures: jsonb('opening_figures').$type<ShiftFigures>().notNull(),
    /** Blank paper ballots on the table, counted by hand. */
    openingPapers: integer('opening_papers').notNull(),
    closedAt: moment('closed_at'),
    closingFigures: jsonb('closing_figures').$type<ShiftFigures>(),
    closingPapers: integer('closing_papers'),
    /** Given back by mistake and replaced. */
    spoiledPapers: integer('spoiled_papers'),
    /** What the next officer has to know. */
    handoverNote: text('handover_note'),
    /** Who closed it when its officer left it open; null: the officer. */
    closedBy: text('closed_by').references(() => staff.id),
    /** Why nobody else signs. */
    aloneReason: text('alone_reason'),
    signedBy: text('signed_by').references(() => staff.id),
    signedAt: moment('signed_at'),
  },
  (table) => [
    uniqueIndex('desk_shift_request_unique').on(table.requestKey),
    uniqueIndex('desk_shift_one_open')
      .on(table.officerId)
      .where(sql`${table.closedAt} is null`),
    index('desk_shift_by_opening').on(table.openedAt),
    check('desk_shift_papers_not_negative', sql`${table.openingPapers} >= 0`),
    check(
      'desk_shift_closing_not_negative',
      sql`least(${table.closingPapers}, ${table.spoiledPapers}) >= 0`,
    ),
    check(
      'desk_shift_closed_as_a_whole',
      sql`num_nonnulls(${table.closedAt}, ${table.closingFigures}, ${table.closingPapers}, ${table.spoiledPapers}, ${table.handoverNote}) in (0, 5)`,
    ),
    check(
      'desk_shift_signed_after_closing',
      sql`num_nonnulls(${table.signedBy}, ${table.signedAt}) = 0 or (${table.closedAt} is not null and num_nonnulls(${table.signedBy}, ${table.signedAt}) = 2)`,
    ),
    check('desk_shift_signed_by_another', sql`${table.signedBy} <> ${table.officerId}`),
    check(
      'desk_shift_closed_by_another',
      sql`${table.closedBy} is null or (${table.closedAt} is not null and ${table.closedBy} <> ${table.officerId})`,
    ),
    check('desk_shift_signed_by_a_third', sql`${table.signedBy} <> ${table.closedBy}`),
    check(
      'desk_shift_alone_after_closing',
      sql`${table.aloneReason} is null or ${table.closedAt} is not null`,
    ),
  ],
);

export const SHIFT_COUNTS = [
  'lookups',
  'unknown',
  'queued',
  'called',
  'kiosk',
  'paper',
  'without-vote',
  'left',
  'attended',
  'helped',
] as const;

/** How often what happened in a shift. Figures and no rows per act: nothing here dates a visit. */
export const deskShiftCount = pgTable(
  'desk_shift_count',
  {
    shiftId: uuid('shift_id')
      .notNull()
      .references(() => deskShift.id),
    what: text('what', { enum: SHIFT_COUNTS }).notNull(),
    times: integer('times').notNull(),
  },
  (table) => [
    primaryKey({ name: 'desk_shift_count_pk', columns: [table.shiftId, table.what] }),
    check(
      'desk_shift_count_known',
      sql`${table.what} in ('lookups', 'unknown', 'queued', 'called', 'kiosk', 'paper', 'without-vote', 'left', 'attended', 'helped')`,
    ),
    check('desk_shift_count_positive', sql`${table.times} >= 1`),
  ],
);

export const INCIDENT_KINDS = [
  'identity',
  'roll',
  'equipment',
  'network',
  'paper',
  'conduct',
  'other',
] as const;

/** Something out of the ordinary, written down once and never changed. */
export const deskIncident = pgTable(
  'desk_incident',
  {
    /** Made with the form: sent twice, it is one. */
    id: uuid('id').primaryKey(),
    shiftId: uuid('shift_id')
      .notNull()
      .references(() => deskShift.id),
    at: moment('at').notNull().defaultNow(),
    kind: text('kind', { enum: INCIDENT_KINDS }).notNull(),
    words: text('words').notNull(),
  },
  (table) => [
    index('desk_incident_by_shift').on(table.shiftId, table.at),
    check(
      'desk_incident_kind_known',
      sql`${table.kind} in ('identity', 'roll', 'equipment', 'network', 'paper', 'conduct', 'other')`,
    ),
  ],
);
