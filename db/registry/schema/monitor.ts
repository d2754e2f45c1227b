import { boolean, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { moment } from './columns';
import { round } from './round';

/** One look at the figures that must agree while a round is voted; the last ones are kept. */
export const monitorCheck = pgTable(
  'monitor_check',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => round.id),
    checkedAt: moment('checked_at').notNull(),
    holds: boolean('holds').notNull(),
    /** What does not agree, by name. */
    problems: jsonb('problems').$type<{ kind: string; group?: string | undefined }[]>().notNull(),
    figures: jsonb('figures').$type<Record<string, unknown>>().notNull(),
  },
  (table) => [primaryKey({ name: 'monitor_check_pk', columns: [table.roundId, table.checkedAt] })],
);
