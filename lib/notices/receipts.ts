import { and, eq, inArray, isNotNull, lt, or, sql } from 'drizzle-orm';
import type { RegistryDatabase } from '@/db/registry/client';
import { smsMessage } from '@/db/registry/schema';

/** What a gateway says of a message it took; it knows it by our id or by its own. */
export interface Receipt {
  readonly id?: string | undefined;
  readonly ref?: string | undefined;
  readonly delivered: boolean;
}

/**
 * Notes a receipt; false when nobody here knows the message. Told twice it is noted once, and what
 * arrived stays arrived. A message that did not arrive goes to the other gateway at the next turn.
 */
export async function noteReceipt(db: RegistryDatabase, receipt: Receipt): Promise<boolean> {
  const { id, ref, delivered } = receipt;
  if (id === undefined && ref === undefined) return false;
  const which = or(
    id === undefined ? undefined : eq(smsMessage.id, id),
    ref === undefined ? undefined : eq(smsMessage.gatewayRef, ref),
  );
  const noted = await db
    .update(smsMessage)
    .set(
      delivered
        ? { state: 'delivered', payloadSealed: null, dueAt: sql`${smsMessage.expiresAt}` }
        : {
            state: sql`case when ${smsMessage.payloadSealed} is null then 'failed' else ${smsMessage.state} end`,
            dueAt: sql`now()`,
          },
    )
    .where(and(which, inArray(smsMessage.state, ['sending', 'sent'])))
    .returning({ id: smsMessage.id });
  if (noted.length > 0) return true;
  const [known] = await db.select({ id: smsMessage.id }).from(smsMessage).where(which);
  return known !== undefined;
}

/** What a message said is forgotten when its code is worth nothing; the row itself after two days. */
export async function forgetOldSms(db: RegistryDatabase): Promise<void> {
  await db
    .update(smsMessage)
    .set({
      payloadSealed: null,
      state: sql`case when ${smsMessage.state} in ('queued', 'sending') then 'failed' else ${smsMessage.state} end`,
    })
    .where(
      and(
        lt(smsMessage.expiresAt, sql`now()`),
        or(isNotNull(smsMessage.payloadSealed), inArray(smsMessage.state, ['queued', 'sending'])),
      ),
    );
  await db.delete(smsMessage).where(lt(smsMessage.createdAt, sql`now() - interval '2 days'`));
}
