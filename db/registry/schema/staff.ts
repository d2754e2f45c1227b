import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
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

/** A single-use right to sign in: minted by the demo page or by the operator's command. */
export const signInTicket = pgTable('sign_in_ticket', {
  ticketHash: bytes('ticket_hash').primaryKey(),
  staffId: text('staff_id')
    .notNull()
    .references(() => staff.id),
  expiresAt: moment('expires_at').notNull(),
  usedAt: moment('used_at'),
});
