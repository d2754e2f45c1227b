import { sql } from 'drizzle-orm';

/** The day in Lima, by the database's clock. */
export const TODAY = sql`(now() at time zone 'America/Lima')::date`;
