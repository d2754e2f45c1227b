import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  index,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, moment } from './columns';

export const STAFF_ROLES = ['administrator', 'officer', 'technical-team', 'councillor'] as const;

export const staff = pgTable(
  'staff',
  {
    id: text('id').primaryKey(),
    displayName: text('display_name').notNull(),
    email: text('email').notNull(),
    /** When set, nobody signs in as this person any more. */
    disabledAt: moment('disabled_at'),
    isDemo: text('is_demo', { enum: ['yes', 'no'] })
      .notNull()
      .default('no'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [uniqueIndex('staff_email_unique').on(sql`lower(${table.email})`)],
);

export const staffRole = pgTable(
  'staff_role',
  {
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    role: text('role', { enum: STAFF_ROLES }).notNull(),
  },
  (table) => [
    primaryKey({ name: 'staff_role_pk', columns: [table.staffId, table.role] }),
    check(
      'staff_role_known',
      sql`${table.role} in ('administrator', 'officer', 'technical-team', 'councillor')`,
    ),
  ],
);

/** A signed-in browser. The cookie carries the opaque id; this row is asked on every request. */
export const staffSession = pgTable(
  'staff_session',
  {
    idHash: bytes('id_hash').primaryKey(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    lastSeenAt: moment('last_seen_at').notNull().defaultNow(),
    revokedAt: moment('revoked_at'),
  },
  (table) => [index('staff_session_by_staff').on(table.staffId)],
);

/**
 * demo: one click in the demonstration · enrol: the way to a first passkey, or to a new one after a
 * loss · passkey: what a verified passkey is exchanged for, within a minute.
 */
export const TICKET_KINDS = ['demo', 'enrol', 'passkey'] as const;

/** A single-use right: to sign in, or to register a passkey. */
export const signInTicket = pgTable(
  'sign_in_ticket',
  {
    ticketHash: bytes('ticket_hash').primaryKey(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    kind: text('kind', { enum: TICKET_KINDS }).notNull().default('enrol'),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
  },
  (table) => [
    check('sign_in_ticket_kind_known', sql`${table.kind} in ('demo', 'enrol', 'passkey')`),
  ],
);

/** A passkey of a member of staff: the public half only; the private one never leaves the device. */
export const passkey = pgTable(
  'passkey',
  {
    /** Credential id, base64url. */
    id: text('id').primaryKey(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    /** COSE key. */
    publicKey: bytes('public_key').notNull(),
    counter: bigint('counter', { mode: 'number' }).notNull(),
    transports: text('transports').array().notNull(),
    /** "Mi teléfono": told apart by its owner. */
    name: text('name').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    lastUsedAt: moment('last_used_at'),
    removedAt: moment('removed_at'),
  },
  (table) => [index('passkey_by_staff').on(table.staffId)],
);

/** A challenge that was handed out: good once, for five minutes. */
export const passkeyChallenge = pgTable(
  'passkey_challenge',
  {
    challenge: text('challenge').primaryKey(),
    purpose: text('purpose', { enum: ['sign-in', 'enrol'] }).notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    check('passkey_challenge_purpose_known', sql`${table.purpose} in ('sign-in', 'enrol')`),
  ],
);

/** An act that needs a second administrator; today, letting somebody back in who lost the passkeys. */
export const approval = pgTable(
  'approval',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    kind: text('kind', { enum: ['staff.recovery'] }).notNull(),
    /** staff id */
    subject: text('subject').notNull(),
    reason: text('reason').notNull(),
    requestedBy: text('requested_by')
      .notNull()
      .references(() => staff.id),
    requestedAt: moment('requested_at').notNull().defaultNow(),
    decidedBy: text('decided_by').references(() => staff.id),
    decidedAt: moment('decided_at'),
    decision: text('decision', { enum: ['approved', 'declined'] }),
  },
  (table) => [
    check('approval_kind_known', sql`${table.kind} in ('staff.recovery')`),
    check('approval_by_two_people', sql`${table.decidedBy} <> ${table.requestedBy}`),
    check(
      'approval_decided_as_a_whole',
      sql`num_nonnulls(${table.decidedBy}, ${table.decidedAt}, ${table.decision}) in (0, 3)`,
    ),
    uniqueIndex('approval_one_open')
      .on(table.kind, table.subject)
      .where(sql`${table.decision} is null`),
  ],
);
