import { eq, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rateLimit, smsMessage } from '@/db/registry/schema';
import { BUDGETS } from '@/lib/limits/budgets';
import { limitsOver } from '@/lib/limits/store';
import { personKeys } from '@/lib/roll/person-crypto';
import { freshRegistry } from '@/services/supervisor/test-support';
import type { OutgoingSms, SendOutcome, SmsGateway } from './gateway';
import { deliverDue, enqueueSms, type Delivery } from './queue';
import { forgetOldSms, noteReceipt } from './receipts';

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
const KEYS = personKeys('r'.repeat(32));

beforeAll(async () => {
  fresh = await freshRegistry();
});
afterAll(async () => {
  await fresh.drop();
});
beforeEach(async () => {
  await fresh.db.delete(smsMessage);
  await fresh.db.delete(rateLimit);
});

/** A gateway that remembers; `answers` are its next ones, then it takes everything. */
function gatewayOf(answers: SendOutcome[] = [], receiptSeconds = 0) {
  const sent: OutgoingSms[] = [];
  const gateway: SmsGateway = {
    receiptSeconds,
    send: (message) => {
      sent.push(message);
      return Promise.resolve(answers.shift() ?? { taken: true, ref: `ref-${message.id}` });
    },
  };
  return { gateway, sent };
}

const delivery = (...gateways: [SmsGateway, ...SmsGateway[]]): Delivery => ({
  keys: KEYS,
  gateways,
  limits: limitsOver(fresh.db, { secret: 's'.repeat(32), factor: 1 }),
  log: pino({ level: 'silent' }),
});

const enqueue = (phone = '964000111', body = 'código 123 456') =>
  enqueueSms(fresh.db, KEYS, { phone, body }, 10);

async function row(id: string) {
  const [found] = await fresh.db.select().from(smsMessage).where(eq(smsMessage.id, id));
  return found!;
}

const hurry = () => fresh.sql`update sms_message set due_at = now() where state <> 'void'`;
const NO: SendOutcome = { taken: false, problem: 'status 500' };

describe('messages in the queue', () => {
  it('leave once, whoever delivers and however many do, and what they said is forgotten', async () => {
    const id = await enqueue();
    const { gateway, sent } = gatewayOf();
    const stored = (await row(id)).payloadSealed!;
    expect(stored.toString('latin1')).not.toContain('964000111');
    await Promise.all(Array.from({ length: 10 }, () => deliverDue(fresh.db, delivery(gateway))));
    expect(sent).toEqual([{ id, phone: '964000111', body: 'código 123 456' }]);
    expect(await row(id)).toMatchObject({
      state: 'sent',
      gatewayRef: `ref-${id}`,
      payloadSealed: null,
    });
  });

  it('to nobody are rows like the others, and never leave', async () => {
    const nobody = await enqueueSms(fresh.db, KEYS, null, 10);
    const somebody = await enqueue();
    const rows = [await row(nobody), await row(somebody)];
    expect(rows[0]!.payloadSealed!.length).toBe(rows[1]!.payloadSealed!.length);
    const { gateway, sent } = gatewayOf();
    await deliverDue(fresh.db, delivery(gateway));
    expect(sent.map(({ id }) => id)).toEqual([somebody]);
  });

  it('go to the other gateway when the first fails', async () => {
    const id = await enqueue();
    const first = gatewayOf([NO]);
    const second = gatewayOf();
    const both = delivery(first.gateway, second.gateway);
    await deliverDue(fresh.db, both);
    await deliverDue(fresh.db, both);
    expect([first.sent.length, second.sent.length]).toEqual([1, 1]);
    expect(await row(id)).toMatchObject({ state: 'sent', gateway: 2, payloadSealed: null });
  });

  it('are tried again, ever later, and given up after six tries', async () => {
    const id = await enqueue();
    const { gateway, sent } = gatewayOf(Array.from({ length: 9 }, () => NO));
    await deliverDue(fresh.db, delivery(gateway));
    const waiting = await row(id);
    expect(waiting.state).toBe('queued');
    expect(waiting.dueAt.getTime()).toBeGreaterThan(waiting.createdAt.getTime() + 1000);
    expect(await deliverDue(fresh.db, delivery(gateway))).toBe(0);
    for (let turn = 0; turn < 8; turn += 1) {
      await hurry();
      await deliverDue(fresh.db, delivery(gateway));
    }
    expect(sent).toHaveLength(6);
    expect(await row(id)).toMatchObject({ state: 'failed', payloadSealed: null });
  });

  it('without a receipt in its time go to the other gateway; with one they do not', async () => {
    const told = await enqueue();
    const untold = await enqueue('964000112');
    const first = gatewayOf([], 45);
    const second = gatewayOf();
    const both = delivery(first.gateway, second.gateway);
    await deliverDue(fresh.db, both);
    expect(await noteReceipt(fresh.db, { ref: `ref-${told}`, delivered: true })).toBe(true);
    expect(await deliverDue(fresh.db, both)).toBe(0);
    await hurry();
    await deliverDue(fresh.db, both);
    expect(second.sent.map(({ id }) => id)).toEqual([untold]);
    expect(await row(told)).toMatchObject({ state: 'delivered', payloadSealed: null });
    expect(await row(untold)).toMatchObject({ state: 'sent', gateway: 2, payloadSealed: null });
  });

  it('that did not arrive go to the other gateway at once; told twice or by a stranger, nothing changes', async () => {
    const id = await enqueue();
    const first = gatewayOf([], 45);
    const second = gatewayOf();
    const both = delivery(first.gateway, second.gateway);
    await deliverDue(fresh.db, both);
    expect(await noteReceipt(fresh.db, { id, delivered: false })).toBe(true);
    await deliverDue(fresh.db, both);
    expect(second.sent).toHaveLength(1);
    expect(await noteReceipt(fresh.db, { id, delivered: true })).toBe(true);
    expect(await noteReceipt(fresh.db, { id, delivered: false })).toBe(true);
    expect((await row(id)).state).toBe('delivered');
    expect(await noteReceipt(fresh.db, { ref: 'never heard of', delivered: true })).toBe(false);
    expect(await noteReceipt(fresh.db, { delivered: true })).toBe(false);
  });

  it('whose deliverer died are taken up by another', async () => {
    const id = await enqueue();
    await fresh.db.update(smsMessage).set({ state: 'sending', dueAt: sql`now()`, tries: 1 });
    const { gateway, sent } = gatewayOf();
    await deliverDue(fresh.db, delivery(gateway));
    expect(sent.map((one) => one.id)).toEqual([id]);
  });

  it('past their end are not sent any more, and forgotten', async () => {
    const id = await enqueue();
    await fresh.db.update(smsMessage).set({ expiresAt: sql`now()` });
    const { gateway, sent } = gatewayOf();
    await deliverDue(fresh.db, delivery(gateway));
    expect(sent).toEqual([]);
    await forgetOldSms(fresh.db);
    expect(await row(id)).toMatchObject({ state: 'failed', payloadSealed: null });
    await fresh.db.update(smsMessage).set({ createdAt: sql`now() - interval '3 days'` });
    await forgetOldSms(fresh.db);
    expect(await fresh.db.select().from(smsMessage)).toEqual([]);
  });
});

describe('T9: a thousand messages', () => {
  async function thousand(phoneOf: (nth: number) => string): Promise<number> {
    await Promise.all(Array.from({ length: 1000 }, (_, nth) => enqueue(phoneOf(nth))));
    const { gateway, sent } = gatewayOf();
    const once = delivery(gateway);
    while ((await deliverDue(fresh.db, once)) > 0);
    return sent.length;
  }

  it('to one number: ten leave', async () => {
    expect(await thousand(() => '964000111')).toBe(BUDGETS['sms-number'].points);
    const [capped] = await fresh.sql`select count(*)::int as n from sms_message
      where state = 'capped' and payload_sealed is null`;
    expect(capped!['n']).toBe(1000 - BUDGETS['sms-number'].points);
  });

  it('to a block of a thousand numbers that had its share already: none leaves', async () => {
    const limits = limitsOver(fresh.db, { secret: 's'.repeat(32), factor: 1 });
    await limits.spend('sms-prefix', '964000');
    await fresh.db
      .update(rateLimit)
      .set({ points: BUDGETS['sms-prefix'].points })
      .where(sql`${rateLimit.key} like 'sms-prefix:%'`);
    expect(await thousand((nth) => `964000${String(nth).padStart(3, '0')}`)).toBe(0);
  });

  it('when nobody can count: none leaves, and all of them wait', async () => {
    const id = await enqueue();
    await fresh.owner`alter table rate_limit rename to away`;
    const { gateway, sent } = gatewayOf();
    await deliverDue(fresh.db, delivery(gateway));
    await fresh.owner`alter table away rename to rate_limit`;
    expect(sent).toEqual([]);
    expect((await row(id)).state).toBe('queued');
    await hurry();
    await deliverDue(fresh.db, delivery(gateway));
    expect(sent).toHaveLength(1);
  });
});
