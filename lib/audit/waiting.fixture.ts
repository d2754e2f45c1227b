import type { Sql } from 'postgres';

/** Until some session of this database waits for a lock that another one holds. */
export async function untilSomebodyWaits(owner: Sql): Promise<void> {
  for (;;) {
    const [row] = await owner<{ waiting: boolean }[]>`
      select exists (select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock') as waiting`;
    if (row?.waiting === true) return;
  }
}
