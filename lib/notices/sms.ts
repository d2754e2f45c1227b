import { lt, sql } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { outboxMessage } from '@/db/registry/schema';

export interface SmsMessage {
  /** Nine digits of a Peruvian mobile. */
  readonly phone: string;
  readonly body: string;
}

/** A municipality's gateway implements this one verb. */
export interface SmsProvider {
  sendSms(message: SmsMessage): Promise<void>;
}

/** The embedded provider: writes the message down instead of sending it. */
export function outboxProvider(db: RegistryDatabase): SmsProvider {
  return {
    async sendSms(message) {
      await db.insert(outboxMessage).values({ phone: message.phone, body: message.body });
    },
  };
}

/** Messages carry codes and phone numbers: a day is as long as anybody needs them. */
export async function forgetOldMessages(db: RegistryDatabase): Promise<void> {
  await db.delete(outboxMessage).where(lt(outboxMessage.createdAt, sql`now() - interval '1 day'`));
}
