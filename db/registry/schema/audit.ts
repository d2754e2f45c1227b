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

/** What the daily check of the chain found; the newest is what the council and the public are told. */
export const auditCheck = pgTable('audit_check', {
  checkedAt: moment('checked_at').primaryKey(),
  /** Entries of an unbroken chain, from the first. */
  entries: bigint('entries', { mode: 'number' }).notNull(),
  headHash: bytes('head_hash').notNull(),
  /** The first entry that was altered, is missing or out of order; null when none is. */
  problem: jsonb('problem').$type<{ kind: string; seq: number }>(),
});
