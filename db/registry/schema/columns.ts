import { bigint, customType, timestamp } from 'drizzle-orm/pg-core';

export const bytes = customType<{ data: Buffer; driverData: Buffer }>({
  dataType: () => 'bytea',
});

/** Integer céntimos. JavaScript integers are exact up to S/ 90 billion. */
export const cents = (name: string) => bigint(name, { mode: 'number' });

/** A moment, stored in UTC. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
