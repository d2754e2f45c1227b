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
import { resident } from './roll';
import { staff } from './staff';

/** An assembly or workshop whose attendance is taken. It belongs to no round: coming is not voting. */
export const assembly = pgTable(
  'assembly',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** Made with the form that opens the list: sent twice, it opens one. */
    requestKey: uuid('request_key').notNull(),
    name: text('name').notNull(),
    place: text('place').notNull(),
    /** In Lima. */
    day: date('day', { mode: 'string' }).notNull(),
    state: text('state', { enum: ['open', 'closed'] })
      .notNull()
      .default('open'),
    openedBy: text('opened_by')
      .notNull()
      .references(() => staff.id),
    closedBy: text('closed_by').references(() => staff.id),
  },
  (table) => [
    uniqueIndex('assembly_request_unique').on(table.requestKey),
    index('assembly_by_day').on(table.day),
    check('assembly_state_known', sql`${table.state} in ('open', 'closed')`),
    check(
      'assembly_closed_by_somebody',
      sql`(${table.state} = 'closed') = (${table.closedBy} is not null)`,
    ),
  ],
);

/** Who came. No hour and no order: the hours are counted apart, so that nobody's is known. */
export const assemblyAttendance = pgTable(
  'assembly_attendance',
  {
    assemblyId: uuid('assembly_id')
      .notNull()
      .references(() => assembly.id),
    residentId: uuid('resident_id')
      .notNull()
      .references(() => resident.id),
  },
  (table) => [
    primaryKey({ name: 'assembly_attendance_pk', columns: [table.assemblyId, table.residentId] }),
  ],
);

/** How many arrived in each quarter of an hour. */
export const assemblyArrivals = pgTable(
  'assembly_arrivals',
  {
    assemblyId: uuid('assembly_id')
      .notNull()
      .references(() => assembly.id),
    /** '18:15', Lima. */
    quarter: text('quarter').notNull(),
    people: integer('people').notNull(),
  },
  (table) => [
    primaryKey({ name: 'assembly_arrivals_pk', columns: [table.assemblyId, table.quarter] }),
    check(
      'assembly_arrivals_quarter',
      sql`${table.quarter} ~ '^([01][0-9]|2[0-3]):(00|15|30|45)$'`,
    ),
    check('assembly_arrivals_positive', sql`${table.people} >= 1`),
  ],
);

/** One row per person who is on no roll (younger, or from elsewhere): counted, and nothing else. */
export const assemblyGuest = pgTable(
  'assembly_guest',
  {
    /** Made with the form: sent twice, it is one person. */
    requestKey: uuid('request_key').primaryKey(),
    assemblyId: uuid('assembly_id')
      .notNull()
      .references(() => assembly.id),
  },
  (table) => [index('assembly_guest_by_assembly').on(table.assemblyId)],
);
