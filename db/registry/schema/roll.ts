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
import { district } from './district';
import { round } from './round';

/**
 * A resident as the roll knows her: no birth date, the DNI only as a keyed hash, name and phone
 * sealed. The current roll is who has no `left_at`; rounds copied theirs when they opened.
 */
export const resident = pgTable(
  'resident',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** HMAC-SHA-256 of the eight digits under MINKA_DNI_KEY; random bytes once erased. */
    dniHash: bytes('dni_hash').notNull(),
    dniLastTwo: text('dni_last_two').notNull(),
    districtCode: text('district_code')
      .notNull()
      .references(() => district.code),
    /** AES-256-GCM under a key of MINKA_PERSON_KEYS; see lib/roll/person-crypto. */
    phoneSealed: bytes('phone_sealed'),
    /** Keyed hash, so that numbers shared by many can be found without opening any. */
    phoneHash: bytes('phone_hash'),
    nameSealed: bytes('name_sealed'),
    /** Keyed hash: an import finds changed names without opening any. */
    nameHash: bytes('name_hash'),
    /** When an approved version of the roll no longer had this person. */
    leftAt: moment('left_at'),
    /** When name and phone went at the person's own request: nothing brings them back by itself. */
    contactErasedAt: moment('contact_erased_at'),
    /** When name, phone and DNI were erased: only what rounds refer to is left. */
    erasedAt: moment('erased_at'),
  },
  (table) => [
    uniqueIndex('resident_dni_hash_unique').on(table.dniHash),
    index('resident_by_district').on(table.districtCode),
    index('resident_by_phone')
      .on(table.phoneHash)
      .where(sql`${table.phoneHash} is not null`),
    index('resident_left')
      .on(table.leftAt)
      .where(sql`${table.leftAt} is not null`),
    check(
      'resident_contact_stays_erased',
      sql`${table.contactErasedAt} is null or num_nonnulls(${table.phoneSealed}, ${table.phoneHash}, ${table.nameSealed}, ${table.nameHash}) = 0`,
    ),
    check(
      'resident_erased_whole',
      sql`${table.erasedAt} is null or (${table.leftAt} is not null and num_nonnulls(${table.phoneSealed}, ${table.phoneHash}, ${table.nameSealed}, ${table.nameHash}) = 0)`,
    ),
  ],
);

/** Who may vote in a round: frozen when it opens. */
export const rollEntry = pgTable(
  'roll_entry',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => round.id),
    residentId: uuid('resident_id')
      .notNull()
      .references(() => resident.id),
    districtCode: text('district_code')
      .notNull()
      .references(() => district.code),
  },
  (table) => [
    primaryKey({ name: 'roll_entry_pk', columns: [table.roundId, table.residentId] }),
    index('roll_entry_by_district').on(table.roundId, table.districtCode),
  ],
);

/** One try at verification. Unknown DNIs get the same row with no resident behind it. */
export const verificationAttempt = pgTable(
  'verification_attempt',
  {
    /** SHA-256 of the opaque token in the voter's cookie. */
    tokenHash: bytes('token_hash').primaryKey(),
    roundId: text('round_id')
      .notNull()
      .references(() => round.id),
    dniHash: bytes('dni_hash').notNull(),
    residentId: uuid('resident_id').references(() => resident.id),
    /** Where the code comes from: a message to the phone on the roll, or a printed letter. */
    channel: text('channel', { enum: ['sms', 'letter'] })
      .notNull()
      .default('sms'),
    codeHash: bytes('code_hash').notNull(),
    tries: integer('tries').notNull().default(0),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
  },
  (table) => [
    index('verification_attempt_by_dni').on(table.dniHash, table.createdAt),
    check('verification_attempt_channel_known', sql`${table.channel} in ('sms', 'letter')`),
    check('verification_attempt_tries_range', sql`${table.tries} between 0 and 5`),
  ],
);

/** A verified resident of one round, for as long as it takes to activate the vote. */
export const voterSession = pgTable(
  'voter_session',
  {
    tokenHash: bytes('token_hash').primaryKey(),
    roundId: text('round_id')
      .notNull()
      .references(() => round.id),
    residentId: uuid('resident_id')
      .notNull()
      .references(() => resident.id),
    /** Where the person was verified: by code on a phone, or by DNI at the desk. */
    channel: text('channel', { enum: ['phone', 'desk'] })
      .notNull()
      .default('phone'),
    createdAt: moment('created_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [check('voter_session_channel_known', sql`${table.channel} in ('phone', 'desk')`)],
);

/** Messages of the embedded provider: the demo shows them at /demo/outbox. */
export const outboxMessage = pgTable(
  'outbox_message',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    phone: text('phone').notNull(),
    body: text('body').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [index('outbox_message_by_phone').on(table.phone, table.createdAt)],
);
