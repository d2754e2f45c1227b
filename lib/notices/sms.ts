import { lt, sql } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { outboxMessage } from '@/db/registry/schema';
import type { SmsGateway } from './gateway';

/** The embedded gateway: writes the message down instead of sending it. */
export function outboxGateway(db: RegistryDatabase): SmsGateway {
  return {
    receiptSeconds: 0,
    async send({ phone, body }) {
      await db.insert(outboxMessage).values({ phone, body });
      return { taken: true, ref: null };
    },
  };
}

/** Messages carry codes and phone numbers: a day is as long as anybody needs them. */
export async function forgetOldMessages(db: RegistryDatabase): Promise<void> {
  await db.delete(outboxMessage).where(lt(outboxMessage.createdAt, sql`now() - interval '1 day'`));
}
