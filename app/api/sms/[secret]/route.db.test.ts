import { createHmac } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeRegistry } from '@/db/registry/client';
import { smsMessage } from '@/db/registry/schema';
import { enqueueSms } from '@/lib/notices/queue';
import { TEST_KEYS } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { POST } from './route';

const SECRET = 'receipts-'.repeat(4);
let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let id: string;

beforeAll(async () => {
  fresh = await freshRegistry();
  Object.assign(process.env, {
    DATABASE_URL: fresh.url,
    MINKA_SITE_URL: 'http://localhost:3000',
    MINKA_BALLOT_BOX_URL: 'http://localhost:3001',
    MINKA_SESSION_SECRET: 's'.repeat(32),
    MINKA_DNI_KEY: TEST_KEYS.dniKey,
    MINKA_ROLL_KEY: 'r'.repeat(32),
    MINKA_ISSUER_SOCKET: '/nowhere',
    MINKA_SMS_RECEIPT_SECRET: SECRET,
  });
});
afterAll(async () => {
  await closeRegistry();
  await fresh.drop();
});
beforeEach(async () => {
  const message = { phone: '964000111', body: 'x' };
  id = await enqueueSms(fresh.db, TEST_KEYS.people, message, 10);
  await fresh.db.update(smsMessage).set({ state: 'sent', gateway: 1 }).where(eq(smsMessage.id, id));
});

const tell = async (body: string, secret = SECRET, headers: Record<string, string> = {}) => {
  const request = new Request('http://localhost:3000/api/sms/x', { method: 'POST', body, headers });
  return (await POST(request, { params: Promise.resolve({ secret }) })).status;
};
const state = async () =>
  (await fresh.db.select().from(smsMessage).where(eq(smsMessage.id, id)))[0]!.state;
const said = (status: string) => JSON.stringify({ id, status });

describe('what a gateway tells about a message', () => {
  it('is noted, as JSON or as a form, once and again', async () => {
    expect(await tell(said('DELIVRD'))).toBe(204);
    expect(await tell(said('delivered'))).toBe(204);
    expect(await state()).toBe('delivered');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await tell(`id=${id}&status=delivered&operator=x`, SECRET, form)).toBe(204);
  });

  it('is believed with the secret in the address, or with a signature of the body', async () => {
    const signature = createHmac('sha256', SECRET).update(said('delivered')).digest('hex');
    const signed = { 'x-minka-signature': signature };
    expect(await tell(said('delivered'), 'wrong')).toBe(404);
    expect(await tell(said('delivered'), 'signed')).toBe(404);
    expect(await tell(said('failed'), 'signed', signed)).toBe(404);
    expect(await state()).toBe('sent');
    expect(await tell(said('delivered'), 'signed', signed)).toBe(204);
    expect(await state()).toBe('delivered');
  });

  it('that is nonsense, of nobody’s message or not final changes nothing', async () => {
    expect(await tell('{')).toBe(422);
    expect(await tell('{"status":"delivered","id":"1"}')).toBe(422);
    expect(await tell(said('buffered'))).toBe(204);
    expect(await tell('{"status":"delivered","ref":"nobody"}')).toBe(404);
    expect(await state()).toBe('sent');
  });
});
