import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshRegistry } from '@/services/supervisor/test-support';
import {
  closeSession,
  mintTicket,
  openSession,
  redeemTicket,
  staffOfSession,
  enrolmentHolder,
  redeemEnrolment,
} from './sessions';

let registry: Awaited<ReturnType<typeof freshRegistry>>;

beforeAll(async () => {
  registry = await freshRegistry();
});
afterAll(async () => {
  await registry.drop();
});
beforeEach(async () => {
  for (const table of ['approval', 'passkey', 'sign_in_ticket', 'staff_session', 'staff_role']) {
    await registry.owner`delete from ${registry.owner(table)}`;
  }
  await registry.owner`delete from staff`;
  await registry.sql`insert into staff (id, display_name, email) values ('ana', 'Ana', 'ana@example.pe')`;
  await registry.sql`insert into staff_role values ('ana', 'councillor')`;
});

async function ticketForAna(): Promise<string> {
  const minted = await mintTicket(registry.db, { kind: 'operator' }, 'ana', 'passkey');
  if (!minted.ok) throw new Error(minted.reason);
  return minted.value;
}

describe('a sign-in ticket', () => {
  it('opens the door once even when fifty requests carry it at the same time', async () => {
    const ticket = await ticketForAna();
    const people = await Promise.all(
      Array.from({ length: 50 }, () => redeemTicket(registry.db, ticket)),
    );
    expect(people.filter((person) => person === 'ana')).toHaveLength(1);
    expect(people.filter((person) => person === null)).toHaveLength(49);
  });

  it('to register a passkey signs nobody in, and tells whose it is without being used up', async () => {
    const minted = await mintTicket(registry.db, { kind: 'operator' }, 'ana', 'enrol');
    const link = minted.ok ? minted.value : '';
    expect(await redeemTicket(registry.db, link)).toBeNull();
    expect(await enrolmentHolder(registry.db, link)).toMatchObject({ id: 'ana' });
    expect(await redeemEnrolment(registry.db, link)).toBe('ana');
    expect(await redeemEnrolment(registry.db, link)).toBeNull();
    expect(await enrolmentHolder(registry.db, link)).toBeNull();
  });

  it('that stands for a sign-in registers no passkey', async () => {
    const ticket = await ticketForAna();
    expect(await enrolmentHolder(registry.db, ticket)).toBeNull();
    expect(await redeemEnrolment(registry.db, ticket)).toBeNull();
  });

  it('expires by the clock of the database', async () => {
    const ticket = await ticketForAna();
    await registry.sql`update sign_in_ticket set expires_at = now() - interval '1 second'`;
    expect(await redeemTicket(registry.db, ticket)).toBeNull();
  });

  it('is not minted for a stranger or for someone who was disabled', async () => {
    await registry.sql`update staff set disabled_at = now()`;
    expect(await mintTicket(registry.db, { kind: 'operator' }, 'ana', 'passkey')).toEqual({
      ok: false,
      reason: 'unknown-person',
    });
    expect(await mintTicket(registry.db, { kind: 'operator' }, 'nadie', 'enrol')).toEqual({
      ok: false,
      reason: 'unknown-person',
    });
  });

  it('is kept as a hash only', async () => {
    const ticket = await ticketForAna();
    const rows = await registry.sql`select encode(ticket_hash, 'hex') as hash from sign_in_ticket`;
    expect(JSON.stringify(rows)).not.toContain(ticket);
    expect(rows).toHaveLength(1);
  });
});

describe('a staff session', () => {
  it('carries the roles of this very moment', async () => {
    const id = await openSession(registry.db, 'ana');
    expect((await staffOfSession(registry.db, id))?.roles).toEqual(['councillor']);
    await registry.sql`insert into staff_role values ('ana', 'administrator')`;
    expect((await staffOfSession(registry.db, id))?.roles.toSorted()).toEqual([
      'administrator',
      'councillor',
    ]);
    await registry.sql`delete from staff_role`;
    expect(await staffOfSession(registry.db, id)).toBeNull();
  });

  it('ends at once when its person leaves or is disabled', async () => {
    const first = await openSession(registry.db, 'ana');
    await closeSession(registry.db, first);
    expect(await staffOfSession(registry.db, first)).toBeNull();
    const second = await openSession(registry.db, 'ana');
    await registry.sql`update staff set disabled_at = now()`;
    expect(await staffOfSession(registry.db, second)).toBeNull();
  });

  it('ends after half an hour without use', async () => {
    const id = await openSession(registry.db, 'ana');
    await registry.sql`update staff_session set last_seen_at = now() - interval '29 minutes'`;
    expect(await staffOfSession(registry.db, id)).not.toBeNull();
    await registry.sql`update staff_session set last_seen_at = now() - interval '31 minutes'`;
    expect(await staffOfSession(registry.db, id)).toBeNull();
  });

  it('is nobody for an invented id', async () => {
    expect(await staffOfSession(registry.db, 'invented')).toBeNull();
  });
});
