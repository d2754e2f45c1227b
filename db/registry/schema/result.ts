import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { moment } from './columns';
import { round } from './round';

/** One immutable document per tally: what the result pages, exports and priorities read. */
export const result = pgTable(
  'result',
  {
    roundId: text('round_id')
      .notNull()
      .references(() => round.id),
    version: integer('version').notNull(),
    engine: text('engine').notNull(),
    /** SHA-256 over the counted ballots and the manifest, hex. */
    inputHash: text('input_hash').notNull(),
    document: jsonb('document').$type<Record<string, unknown>>().notNull(),
    talliedAt: moment('tallied_at').notNull().defaultNow(),
    publishedAt: moment('published_at'),
  },
  (table) => [primaryKey({ name: 'result_pk', columns: [table.roundId, table.version] })],
);
