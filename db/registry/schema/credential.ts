import { sql } from 'drizzle-orm';
import { check, date, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytes } from './columns';
import { resident } from './roll';
import { round } from './round';

/** Ways in which a right is used: on an own phone, at a kiosk, on paper, on a tablet without network. */
export const CHANNELS = ['phone', 'desk', 'paper', 'tablet'] as const;

/**
 * The right to one anonymous ballot. The primary key is the promise "one per resident and round"
 * across every channel. It keeps the date of issue and no time: a time would help to link.
 */
export const credential = pgTable(
  'credential',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => round.id),
    residentId: uuid('resident_id')
      .notNull()
      .references(() => resident.id),
    groupId: text('group_id').notNull(),
    channel: text('channel', { enum: CHANNELS }).notNull(),
    /** Null on paper, where nothing is signed. */
    blindedHash: bytes('blinded_hash'),
    /** Null between the reservation and the issuer's answer: a retry completes it. */
    blindSignature: bytes('blind_signature'),
    issuedOn: date('issued_on', { mode: 'string' }).notNull(),
  },
  (table) => [
    primaryKey({ name: 'credential_one_per_resident', columns: [table.roundId, table.residentId] }),
    index('credential_by_group').on(table.roundId, table.groupId),
    check(
      'credential_channel_known',
      sql`${table.channel} in ('phone', 'desk', 'paper', 'tablet')`,
    ),
    check(
      'credential_signed_unless_paper',
      sql`case ${table.channel} when 'paper' then num_nonnulls(${table.blindedHash}, ${table.blindSignature}) = 0 when 'tablet' then true else ${table.blindedHash} is not null end`,
    ),
  ],
);

/** What the issuer signed: its own count per district group, apart from the web's rows. */
export const issuerLog = pgTable(
  'issuer_log',
  {
    roundId: text('round_id').notNull(),
    groupId: text('group_id').notNull(),
    blindedHash: bytes('blinded_hash').notNull(),
  },
  (table) => [
    primaryKey({ name: 'issuer_log_pk', columns: [table.roundId, table.blindedHash] }),
    index('issuer_log_by_group').on(table.roundId, table.groupId),
  ],
);
