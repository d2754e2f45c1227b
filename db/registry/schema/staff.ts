import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, moment } from './columns';

export const STAFF_ROLES = [
  'administrator',
  'officer',
  'technical-team',
  'councillor',
  'moderator',
  'facilitator',
  'oversight',
  'auditor',
] as const;

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
    /** `issuer subject` at the municipality's identity provider; null until the first entry by it. */
    identity: text('identity').unique(),
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
      sql`${table.role} in ('administrator', 'officer', 'technical-team', 'councillor', 'moderator', 'facilitator', 'oversight', 'auditor')`,
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
    /** What opened it: a passkey, the municipality's identity provider, or a click of the demo. */
    openedWith: text('opened_with', { enum: ['demo', 'passkey', 'oidc'] })
      .notNull()
      .default('passkey'),
    /** When a passkey answered last in this session; null when none has. */
    verifiedAt: moment('verified_at'),
  },
  (table) => [
    index('staff_session_by_staff').on(table.staffId),
    check('staff_session_opened_known', sql`${table.openedWith} in ('demo', 'passkey', 'oidc')`),
  ],
);

/**
 * demo: one click in the demonstration · enrol: the way to a first passkey, or to a new one after a
 * loss · passkey: what a verified passkey is exchanged for, within a minute · oidc: the same for an
 * answer of the municipality's identity provider.
 */
export const TICKET_KINDS = ['demo', 'enrol', 'passkey', 'oidc'] as const;

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
    check('sign_in_ticket_kind_known', sql`${table.kind} in ('demo', 'enrol', 'passkey', 'oidc')`),
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
    purpose: text('purpose', { enum: ['sign-in', 'enrol', 'step-up'] }).notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [
    check(
      'passkey_challenge_purpose_known',
      sql`${table.purpose} in ('sign-in', 'enrol', 'step-up')`,
    ),
  ],
);

/** A way in by the identity provider that was begun and not ended: good once, for ten minutes. */
export const identityAttempt = pgTable('identity_attempt', {
  stateHash: bytes('state_hash').primaryKey(),
  nonce: text('nonce').notNull(),
  /** PKCE: without it the provider's answer is worth nothing. */
  codeVerifier: text('code_verifier').notNull(),
  expiresAt: moment('expires_at').notNull(),
});

/** How an act that takes two people may end. */
export const APPROVAL_DECISIONS = ['approved', 'declined', 'withdrawn', 'expired'] as const;

/** An act that takes two people: one asks, another decides, and a yes does it in the same moment. */
export const approval = pgTable(
  'approval',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    /** One of the kinds in lib/approvals/kinds.ts: `round.open`. */
    kind: text('kind').notNull(),
    /** On what: a round's id, a person's. */
    subject: text('subject').notNull(),
    /** Exactly what is done if it is approved; never changed after it was asked. */
    payload: jsonb('payload')
      .$type<Record<string, unknown>>()
      .notNull()
      .default(sql`'{}'::jsonb`),
    reason: text('reason').notNull(),
    requestedBy: text('requested_by')
      .notNull()
      .references(() => staff.id),
    requestedAt: moment('requested_at').notNull().defaultNow(),
    expiresAt: moment('expires_at')
      .notNull()
      .default(sql`now() + interval '7 days'`),
    decidedBy: text('decided_by').references(() => staff.id),
    decidedAt: moment('decided_at'),
    decision: text('decision', { enum: APPROVAL_DECISIONS }),
  },
  (table) => [
    check('approval_kind_known', sql`${table.kind} ~ '^[a-z-]+[.][a-z-]+$'`),
    check(
      'approval_decision_known',
      sql`${table.decision} in ('approved', 'declined', 'withdrawn', 'expired')`,
    ),
    check(
      'approval_by_two_people',
      sql`(${table.decidedBy} <> ${table.requestedBy}) = (${table.decision} in ('approved', 'declined'))`,
    ),
    check(
      'approval_decided_as_a_whole',
      sql`(${table.decision} is null) = (${table.decidedAt} is null) and (${table.decision} is null or ${table.decision} = 'expired') = (${table.decidedBy} is null)`,
    ),
    uniqueIndex('approval_one_open')
      .on(table.kind, table.subject)
      .where(sql`${table.decision} is null`),
  ],
);
