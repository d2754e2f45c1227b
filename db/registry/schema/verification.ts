import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { bytes, moment } from './columns';
import { district } from './district';
import { resident } from './roll';
import { round } from './round';
import { staff } from './staff';

/**
 * queued: waits for its turn · sending: a worker has it · sent: the gateway took it · delivered: the
 * gateway's receipt says so · failed: nobody took it · capped: a budget refused it · void: there was
 * nobody to send it to, and the row stands so that asking costs the same for everybody.
 */
export const SMS_STATES = [
  'queued',
  'sending',
  'sent',
  'delivered',
  'failed',
  'capped',
  'void',
] as const;

/** A message on its way to a phone. What it says is sealed, and forgotten once it has no use. */
export const smsMessage = pgTable(
  'sms_message',
  {
    /** Goes to the gateway as {{id}}, and comes back in its receipt. */
    id: uuid('id').primaryKey().defaultRandom(),
    /** Number and words under MINKA_ROLL_KEY; of a void message random bytes; null when forgotten. */
    payloadSealed: bytes('payload_sealed'),
    state: text('state', { enum: SMS_STATES }).notNull().default('queued'),
    /** Which gateway has it: 1 the first, 2 the other one; 0 none yet. */
    gateway: smallint('gateway').notNull().default(0),
    tries: integer('tries').notNull().default(0),
    /** What the gateway calls it, when it says. */
    gatewayRef: text('gateway_ref'),
    /** Not before this moment; while sending, when it counts as lost. */
    dueAt: moment('due_at').notNull().defaultNow(),
    createdAt: moment('created_at').notNull().defaultNow(),
    sentAt: moment('sent_at'),
    /** After it the code in it is worth nothing, and it is not sent any more. */
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    index('sms_message_due')
      .on(table.dueAt)
      .where(sql`${table.state} in ('queued', 'sending', 'sent')`),
    index('sms_message_by_gateway_ref').on(table.gatewayRef),
    index('sms_message_by_age').on(table.createdAt),
    check(
      'sms_message_state_known',
      sql`${table.state} in ('queued', 'sending', 'sent', 'delivered', 'failed', 'capped', 'void')`,
    ),
    check('sms_message_gateway_known', sql`${table.gateway} between 0 and 2`),
  ],
);

/** Letters with codes that were printed in one go. */
export const letterBatch = pgTable(
  'letter_batch',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    roundId: text('round_id')
      .notNull()
      .references(() => round.id),
    /** Null: the whole roll. */
    districtCode: text('district_code').references(() => district.code),
    /** From which letter to which, counted from 1 in the order they are printed in. */
    firstLetter: integer('first_letter').notNull(),
    lastLetter: integer('last_letter').notNull(),
    reason: text('reason').notNull(),
    requestedBy: text('requested_by')
      .notNull()
      .references(() => staff.id),
    requestedAt: moment('requested_at').notNull().defaultNow(),
    /** The second person, without whom nothing is printed unless one is enough (MINKA_TWO_PEOPLE). */
    approvedBy: text('approved_by').references(() => staff.id),
    approvedAt: moment('approved_at'),
    /** When its PDF was handed out: once. Its codes were drawn at that moment, and are nowhere else. */
    printedAt: moment('printed_at'),
    letters: integer('letters').notNull().default(0),
  },
  (table) => [
    index('letter_batch_by_round').on(table.roundId, table.requestedAt),
    check(
      'letter_batch_range',
      sql`${table.firstLetter} >= 1 and ${table.lastLetter} >= ${table.firstLetter}`,
    ),
    check(
      'letter_batch_approved_by_another',
      sql`num_nonnulls(${table.approvedBy}, ${table.approvedAt}) in (0, 2) and ${table.approvedBy} is distinct from ${table.requestedBy}`,
    ),
  ],
);

/** The code in a letter, as a hash. A resident has one that counts: the last that was printed. */
export const letterCode = pgTable(
  'letter_code',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    roundId: text('round_id')
      .notNull()
      .references(() => round.id),
    residentId: uuid('resident_id')
      .notNull()
      .references(() => resident.id),
    batchId: uuid('batch_id')
      .notNull()
      .references(() => letterBatch.id),
    codeHash: bytes('code_hash').notNull(),
    usedAt: moment('used_at'),
    revokedAt: moment('revoked_at'),
  },
  (table) => [
    uniqueIndex('letter_code_one_that_counts')
      .on(table.roundId, table.residentId)
      .where(sql`${table.revokedAt} is null`),
    index('letter_code_by_batch').on(table.batchId),
  ],
);

/**
 * A visit to the identity provider that has not come back. State, nonce and the PKCE verifier are
 * derived from the browser's cookie: nothing here lets anybody finish somebody else's visit.
 */
export const voterIdentityAttempt = pgTable('voter_identity_attempt', {
  /** SHA-256 of the opaque token in the cookie. */
  tokenHash: bytes('token_hash').primaryKey(),
  roundId: text('round_id')
    .notNull()
    .references(() => round.id),
  purpose: text('purpose', { enum: ['vote', 'right'] }).notNull(),
  expiresAt: moment('expires_at').notNull(),
  usedAt: moment('used_at'),
});

/** What was spent of a budget: rate-limiter-flexible's table. The key is a keyed hash. */
export const rateLimit = pgTable(
  'rate_limit',
  {
    key: varchar('key', { length: 255 }).primaryKey(),
    points: integer('points').notNull().default(0),
    /** The end of its window; the row is forgotten after it. */
    expire: moment('expire'),
  },
  (table) => [index('rate_limit_by_expire').on(table.expire)],
);
