import { randomBytes } from 'node:crypto';
import { and, asc, eq, gt, inArray, lte, or, sql } from 'drizzle-orm';
import type { Logger } from 'pino';
import type { Registry, RegistryDatabase } from '@/db/registry/client';
import { smsMessage } from '@/db/registry/schema';
import type { Limits } from '@/lib/limits/store';
import { openText, sealText, type PersonKeys } from '@/lib/roll/person-crypto';
import type { SmsGateway } from './gateway';

/**
 * Messages wait in the registry, sealed, until a gateway has taken them. Whoever delivers takes a
 * message in one guarded statement, so that several may; one that dies lets go after a while, and
 * then a message may come twice rather than never.
 */

const PURPOSE = 'sms';
/** Sealed payloads are as long as this one, so that the row of nobody looks like any other. */
const PADDED_BYTES = 400;
const AT_ONCE = 40;
const LOST_AFTER_SECONDS = 90;
const MOST_TRIES = 6;
const FIRST_WAIT_SECONDS = 2;
/** Digits of a number that make a block of a thousand. */
const PREFIX_DIGITS = 6;

/**
 * Puts a message in the queue, and returns its id. Null: there is nobody to send it to; the row is
 * written all the same, because a row more or less could be told apart by whoever waits for it.
 */
export async function enqueueSms(
  db: Registry,
  keys: PersonKeys,
  message: { readonly phone: string; readonly body: string } | null,
  expiresInMinutes: number,
): Promise<string> {
  const words = JSON.stringify(
    message ?? { phone: '', body: randomBytes(16).toString('base64url') },
  );
  const payload = words + ' '.repeat(Math.max(0, PADDED_BYTES - Buffer.byteLength(words)));
  const [row] = await db
    .insert(smsMessage)
    .values({
      payloadSealed: sealText(keys, PURPOSE, payload),
      state: message === null ? 'void' : 'queued',
      expiresAt: sql`now() + make_interval(mins => ${expiresInMinutes})`,
    })
    .returning({ id: smsMessage.id });
  if (row === undefined) throw new Error('no message came back');
  return row.id;
}

export interface Delivery {
  readonly keys: PersonKeys;
  /** The first, and the one that takes over. */
  readonly gateways: readonly [SmsGateway, ...SmsGateway[]];
  readonly limits: Limits;
  readonly log: Logger;
}

interface Taken {
  readonly id: string;
  readonly payloadSealed: Buffer | null;
  readonly gateway: number;
  readonly tries: number;
}

/** Delivers what is due, or one message of it; says how many it handled. */
export async function deliverDue(
  db: RegistryDatabase,
  delivery: Delivery,
  only?: string,
): Promise<number> {
  const taken = await takeDue(db, delivery.gateways.length, only);
  await Promise.all(
    taken.map((message) =>
      deliver(db, delivery, message).catch((error: unknown) => {
        delivery.log.error({ err: error }, 'sms');
      }),
    ),
  );
  return taken.length;
}

async function takeDue(db: RegistryDatabase, gateways: number, only?: string): Promise<Taken[]> {
  const due = db
    .select({ id: smsMessage.id })
    .from(smsMessage)
    .where(
      and(
        or(
          inArray(smsMessage.state, ['queued', 'sending']),
          // Taken by the first gateway, and no receipt came in its time.
          gateways < 2 ? undefined : and(eq(smsMessage.state, 'sent'), eq(smsMessage.gateway, 1)),
        ),
        lte(smsMessage.dueAt, sql`now()`),
        gt(smsMessage.expiresAt, sql`now()`),
        only === undefined ? undefined : eq(smsMessage.id, only),
      ),
    )
    .orderBy(asc(smsMessage.dueAt))
    .limit(AT_ONCE)
    .for('update', { skipLocked: true });
  return db
    .update(smsMessage)
    .set({
      state: 'sending',
      tries: sql`${smsMessage.tries} + 1`,
      // Left by the first gateway without a receipt: the second one has it now.
      gateway: sql`case when ${smsMessage.state} = 'sent' then 2 else greatest(${smsMessage.gateway}, 1) end`,
      dueAt: sql`now() + make_interval(secs => ${LOST_AFTER_SECONDS})`,
    })
    .where(inArray(smsMessage.id, due))
    .returning({
      id: smsMessage.id,
      payloadSealed: smsMessage.payloadSealed,
      gateway: smsMessage.gateway,
      tries: smsMessage.tries,
    });
}

async function deliver(db: RegistryDatabase, delivery: Delivery, taken: Taken): Promise<void> {
  const { gateways, limits, log } = delivery;
  if (taken.payloadSealed === null) return settle(db, taken, { state: 'failed' });
  const message = JSON.parse(openText(delivery.keys, PURPOSE, taken.payloadSealed)) as {
    phone: string;
    body: string;
  };
  const room = taken.tries > 1 ? 'yes' : await roomFor(limits, message.phone);
  if (room === 'no') {
    log.warn('a message was not sent: its budget is empty');
    return settle(db, taken, { state: 'capped', payloadSealed: null });
  }
  // Nobody could count: it waits as one that was never tried.
  if (room === 'unknown') return wait(db, taken, { tries: 0, seconds: FIRST_WAIT_SECONDS });
  const gateway = gateways[taken.gateway - 1] ?? gateways[0];
  const outcome = await gateway.send({ id: taken.id, ...message });
  if (outcome.taken) {
    const awaits = gateway.receiptSeconds > 0 && taken.gateway < gateways.length;
    return settle(db, taken, {
      state: 'sent',
      gatewayRef: outcome.ref,
      sentAt: sql`now()`,
      // Only a fallback still needs the words.
      ...(awaits ? {} : { payloadSealed: null }),
      dueAt: awaits
        ? sql`now() + make_interval(secs => ${gateway.receiptSeconds})`
        : sql`${smsMessage.expiresAt}`,
    });
  }
  log.warn(
    { gateway: taken.gateway, problem: outcome.problem },
    'a gateway did not take a message',
  );
  if (taken.gateway < gateways.length) {
    return wait(db, taken, { gateway: taken.gateway + 1, seconds: 0 });
  }
  if (taken.tries >= MOST_TRIES) {
    return settle(db, taken, { state: 'failed', payloadSealed: null });
  }
  return wait(db, taken, { gateway: 1, seconds: FIRST_WAIT_SECONDS * 2 ** (taken.tries - 1) });
}

/** T9: by the number, by its block of a thousand, and altogether. */
async function roomFor(limits: Limits, phone: string): Promise<'yes' | 'no' | 'unknown'> {
  for (const [budget, key] of [
    ['sms-number', phone],
    ['sms-prefix', phone.slice(0, PREFIX_DIGITS)],
    ['sms-day', 'all'],
  ] as const) {
    const spent = await limits.spend(budget, key);
    if (!spent.ok) return spent.reason === 'limited' ? 'no' : 'unknown';
  }
  return 'yes';
}

type Change = Parameters<ReturnType<RegistryDatabase['update']>['set']>[0];

/** A receipt may have come before us: then there is nothing to change any more. */
async function settle(db: RegistryDatabase, { id }: Taken, change: Change): Promise<void> {
  await db
    .update(smsMessage)
    .set(change)
    .where(and(eq(smsMessage.id, id), eq(smsMessage.state, 'sending')));
}

async function wait(
  db: RegistryDatabase,
  taken: Taken,
  { seconds, ...more }: { seconds: number; tries?: number; gateway?: number },
): Promise<void> {
  const dueAt = sql`now() + make_interval(secs => ${seconds})`;
  return settle(db, taken, { state: 'queued', dueAt, ...more });
}
