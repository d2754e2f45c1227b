import { sql } from 'drizzle-orm';
import {
  check,
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

/**
 * prepared: residents are reserved · loaded: one device holds list and vouchers · closed: its minutes
 * are here · synced: its check-ins are here, the others are free again · lost: it will not come back.
 */
export const TABLET_STATES = ['prepared', 'loaded', 'closed', 'synced', 'lost'] as const;

/** A device that takes ballots where there is no network, for residents reserved to it beforehand. */
export const tablet = pgTable(
  'tablet',
  {
    /** T-4F7K: written on the device. */
    id: text('id').primaryKey(),
    roundId: text('round_id')
      .notNull()
      .references(() => round.id),
    place: text('place').notNull(),
    state: text('state', { enum: TABLET_STATES }).notNull(),
    /** With the DNI it gives the entries of the list that the device carries. */
    listSalt: bytes('list_salt').notNull(),
    /** SHA-256 of the secret of the one device that loaded it. */
    deviceHash: bytes('device_hash'),
    /** Closing minutes, as the device counted. */
    checkIns: integer('check_ins'),
    ballots: integer('ballots'),
    vouchers: integer('vouchers'),
    /** SHA-256 over the device's ballots. */
    head: bytes('head'),
    /** Why it is lost. */
    lostReason: text('lost_reason'),
    createdBy: text('created_by')
      .notNull()
      .references(() => staff.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    closedAt: moment('closed_at'),
    syncedAt: moment('synced_at'),
  },
  (table) => [
    index('tablet_by_round').on(table.roundId, table.id),
    check(
      'tablet_state_known',
      sql`${table.state} in ('prepared', 'loaded', 'closed', 'synced', 'lost')`,
    ),
    check(
      'tablet_loaded_by_a_device',
      sql`(${table.state} = 'prepared') <= (${table.deviceHash} is null)`,
    ),
    check(
      'tablet_minutes_when_closed',
      sql`${table.state} not in ('closed', 'synced') or (${table.head} is not null and ${table.checkIns} is not null and ${table.ballots} is not null and ${table.vouchers} is not null)`,
    ),
    check('tablet_ballots_within_check_ins', sql`${table.ballots} <= ${table.checkIns}`),
    check(
      'tablet_lost_with_a_reason',
      sql`(${table.state} = 'lost') = (${table.lostReason} is not null)`,
    ),
  ],
);

export const TABLET_RESIDENT_STATES = ['reserved', 'voted', 'released'] as const;

/** Who may vote on a tablet. While reserved or voted, the resident's right is taken everywhere else. */
export const tabletResident = pgTable(
  'tablet_resident',
  {
    tabletId: text('tablet_id')
      .notNull()
      .references(() => tablet.id),
    roundId: text('round_id')
      .notNull()
      .references(() => round.id),
    residentId: uuid('resident_id')
      .notNull()
      .references(() => resident.id),
    groupId: text('group_id').notNull(),
    /** Place in the device's list, which is in no order of names or numbers. */
    listIndex: integer('list_index').notNull(),
    /** What the device finds the resident by: salted, slow hash of the DNI. */
    listHash: bytes('list_hash').notNull(),
    state: text('state', { enum: TABLET_RESIDENT_STATES }).notNull(),
  },
  (table) => [
    primaryKey({ name: 'tablet_resident_pk', columns: [table.tabletId, table.residentId] }),
    uniqueIndex('tablet_resident_list_unique').on(table.tabletId, table.listIndex),
    // One tablet at a time: released residents may be reserved again elsewhere.
    uniqueIndex('tablet_resident_one_reservation')
      .on(table.roundId, table.residentId)
      .where(sql`${table.state} <> 'released'`),
    check('tablet_resident_state_known', sql`${table.state} in ('reserved', 'voted', 'released')`),
  ],
);

/** A blind signature given to a tablet ahead: which ballot it ends in, nobody can tell. */
export const tabletVoucher = pgTable(
  'tablet_voucher',
  {
    tabletId: text('tablet_id')
      .notNull()
      .references(() => tablet.id),
    groupId: text('group_id').notNull(),
    blindedHash: bytes('blinded_hash').notNull(),
    /** Null between the reservation and the issuer's answer: a retry completes it. */
    blindSignature: bytes('blind_signature'),
  },
  (table) => [
    primaryKey({ name: 'tablet_voucher_pk', columns: [table.tabletId, table.blindedHash] }),
    index('tablet_voucher_by_group').on(table.tabletId, table.groupId),
  ],
);
