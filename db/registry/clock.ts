import { sql } from 'drizzle-orm';
import type { Registry } from './client';

/** The day in Lima, by the database's clock. */
export const TODAY = sql`(now() at time zone 'America/Lima')::date`;

/** The only clock that opens and closes anything. */
export async function databaseNow(db: Registry): Promise<Date> {
  const [row] = await db.execute<{ now: string | Date }>(sql`select clock_timestamp() as now`);
  if (row === undefined) throw new Error('The database told no time');
  return new Date(row.now);
}
