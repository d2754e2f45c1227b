import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshRegistry } from '@/services/supervisor/test-support';
import { signOutSession } from './commands';
import {
  closeSession,
  isFresh,
  openSession,
  sessionsOf,
  staffOfSession,
  touchSession,
} from './sessions';
import { tokenHash } from './tokens';

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

  it('ends after twelve hours however much it is used', async () => {
    const id = await openSession(registry.db, 'ana');
    await registry.sql`update staff_session set created_at = now() - interval '11 hours 59 minutes'`;
    expect(await staffOfSession(registry.db, id)).not.toBeNull();
    await registry.sql`update staff_session set created_at = now() - interval '12 hours 1 minute'`;
    expect(await staffOfSession(registry.db, id)).toBeNull();
    expect(await sessionsOf(registry.db, 'ana')).toEqual([]);
  });

  it('is ended alone, by its number, and by nobody else', async () => {
    const [first, second] = [
      await openSession(registry.db, 'ana'),
      await openSession(registry.db, 'ana'),
    ];
    const ana = await staffOfSession(registry.db, first);
    if (ana === null) throw new Error('no session');
    const sessionId = tokenHash(second).toString('hex');
    const stranger = { ...ana, id: 'otra' };
    const input = { staffId: 'ana', sessionId };
    expect((await signOutSession(registry.db, stranger, input)).ok).toBe(false);
    expect((await signOutSession(registry.db, ana, { ...input, staffId: 'otra' })).ok).toBe(false);
    expect(await staffOfSession(registry.db, second)).not.toBeNull();
    expect((await signOutSession(registry.db, ana, input)).ok).toBe(true);
    expect(await staffOfSession(registry.db, second)).toBeNull();
    expect(await staffOfSession(registry.db, first)).not.toBeNull();
  });
});

describe('a dangerous act', () => {
  const fresh = (id: string, demo = false) => isFresh(registry.db, id, { demo });

  it('needs a passkey touched within five minutes, by the person of the session', async () => {
    const id = await openSession(registry.db, 'ana', 'passkey');
    expect(await fresh(id)).toBe(true);
    await registry.sql`update staff_session set verified_at = now() - interval '4 minutes 50 seconds'`;
    expect(await fresh(id)).toBe(true);
    await registry.sql`update staff_session set verified_at = now() - interval '5 minutes 1 second'`;
    expect(await fresh(id)).toBe(false);
    expect(await touchSession(registry.db, id, 'otra')).toBe(false);
    expect(await fresh(id)).toBe(false);
    expect(await touchSession(registry.db, id, 'ana')).toBe(true);
    expect(await fresh(id)).toBe(true);
    await closeSession(registry.db, id);
    expect(await fresh(id)).toBe(false);
    expect(await touchSession(registry.db, id, 'ana')).toBe(false);
  });

  it('is not opened by an identity provider, nor by a click outside the demonstration', async () => {
    const oidc = await openSession(registry.db, 'ana', 'oidc');
    expect(await fresh(oidc)).toBe(false);
    expect(await fresh(oidc, true)).toBe(false);
    const click = await openSession(registry.db, 'ana', 'demo');
    expect(await fresh(click)).toBe(false);
    expect(await fresh(click, true)).toBe(true);
  });
});
