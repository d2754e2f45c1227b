import 'server-only';
import { desc, eq } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { outboxMessage } from '@/db/registry/schema';

export interface OutboxEntry {
  id: string;
  phone: string;
  body: string;
  createdAt: Date;
}

/** The newest messages of the embedded provider, of one phone or of all. */
export async function outboxMessages(
  db: Registry,
  options: { phone?: string | undefined; limit: number },
): Promise<OutboxEntry[]> {
  return db
    .select({
      id: outboxMessage.id,
      phone: outboxMessage.phone,
      body: outboxMessage.body,
      createdAt: outboxMessage.createdAt,
    })
    .from(outboxMessage)
    .where(options.phone === undefined ? undefined : eq(outboxMessage.phone, options.phone))
    .orderBy(desc(outboxMessage.createdAt))
    .limit(options.limit);
}
