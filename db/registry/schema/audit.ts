import { bigint, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { bytes, moment } from './columns';

/** Append-only: every administrative act, chained by hash. Nothing here joins a person to a choice. */
export const auditEntry = pgTable(
  'audit_entry',
  {
    seq: bigint('seq', { mode: 'number' }).primaryKey(),
    at: moment('at').notNull(),
    /** staff:<id>, operator, worker, system */
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    subject: text('subject').notNull(),
    details: jsonb('details').$type<Record<string, unknown>>().notNull(),
    previousHash: bytes('previous_hash').notNull(),
    hash: bytes('hash').notNull(),
  },
  (table) => [index('audit_entry_by_subject').on(table.subject)],
);
