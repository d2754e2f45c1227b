import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  foreignKey,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { moment } from './columns';
import { deskPlace } from './desk-shift';
import { resident } from './roll';
import { round } from './round';
import { staff } from './staff';

/** One day's queue at one place for one round: it numbers the turns and knows how long they take. */
export const deskLine = pgTable(
  'desk_line',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => round.id),
    placeId: uuid('place_id')
      .notNull()
      .references(() => deskPlace.id),
    /** In Lima. */
    day: date('day', { mode: 'string' }).notNull(),
    lastNumber: integer('last_number').notNull().default(0),
    /** Who is put back in the queue goes behind everybody, under the same number. */
    lastPosition: integer('last_position').notNull().default(0),
    served: integer('served').notNull().default(0),
    servedSeconds: integer('served_seconds').notNull().default(0),
  },
  (table) => [
    primaryKey({ name: 'desk_line_pk', columns: [table.roundId, table.placeId, table.day] }),
    check(
      'desk_line_not_negative',
      sql`least(${table.lastNumber}, ${table.lastPosition}, ${table.served}, ${table.servedSeconds}) >= 0`,
    ),
  ],
);

export const TURN_STATES = ['waiting', 'called', 'serving', 'done', 'left'] as const;
export const TURN_OUTCOMES = ['kiosk', 'paper', 'without-vote'] as const;

/**
 * A place in the queue. Person and times exist only while it lasts: what stays is a number that was
 * attended, so that the queue tells nobody when who voted.
 */
export const deskTurn = pgTable(
  'desk_turn',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    roundId: text('round_id').notNull(),
    placeId: uuid('place_id').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    number: integer('number').notNull(),
    position: integer('position').notNull(),
    /** Goes first (Ley 28683). Never why: that would be about somebody's health. */
    isPreferential: boolean('is_preferential').notNull(),
    state: text('state', { enum: TURN_STATES }).notNull().default('waiting'),
    residentId: uuid('resident_id').references(() => resident.id),
    arrivedAt: moment('arrived_at').defaultNow(),
    calledBy: text('called_by').references(() => staff.id),
    servingSince: moment('serving_since'),
    timesCalled: integer('times_called').notNull().default(0),
    /** Made with the button that called: pressed twice, it calls one person. */
    callKey: uuid('call_key'),
    outcome: text('outcome', { enum: TURN_OUTCOMES }),
  },
  (table) => [
    foreignKey({
      name: 'desk_turn_in_a_line',
      columns: [table.roundId, table.placeId, table.day],
      foreignColumns: [deskLine.roundId, deskLine.placeId, deskLine.day],
    }),
    uniqueIndex('desk_turn_number_unique').on(
      table.roundId,
      table.placeId,
      table.day,
      table.number,
    ),
    uniqueIndex('desk_turn_one_per_resident')
      .on(table.roundId, table.residentId)
      .where(sql`${table.state} in ('waiting', 'called', 'serving')`),
    uniqueIndex('desk_turn_one_per_officer')
      .on(table.calledBy)
      .where(sql`${table.state} in ('called', 'serving')`),
    uniqueIndex('desk_turn_call_unique').on(table.callKey),
    check(
      'desk_turn_state_known',
      sql`${table.state} in ('waiting', 'called', 'serving', 'done', 'left')`,
    ),
    check(
      'desk_turn_person_while_it_lasts',
      sql`num_nonnulls(${table.residentId}, ${table.arrivedAt}) = case when ${table.state} in ('done', 'left') then 0 else 2 end`,
    ),
    check(
      'desk_turn_called_by_somebody',
      sql`(${table.state} not in ('called', 'serving')) or ${table.calledBy} is not null`,
    ),
    check(
      'desk_turn_timed_while_served',
      sql`(${table.state} = 'serving') = (${table.servingSince} is not null)`,
    ),
    check(
      'desk_turn_outcome_when_done',
      sql`(${table.state} = 'done') = (${table.outcome} is not null)`,
    ),
    check('desk_turn_outcome_known', sql`${table.outcome} in ('kiosk', 'paper', 'without-vote')`),
  ],
);
