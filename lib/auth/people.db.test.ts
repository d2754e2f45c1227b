import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, decide } from '@/lib/approvals/commands';
import { isAsked } from '@/lib/approvals/queries';
import { freshRegistry } from '@/services/supervisor/test-support';
import type { StaffActor } from './actor';
import {
  addStaff,
  changeRoles,
  disableStaff,
  inviteStaff,
  removeOwnPasskey,
  signOutEverywhere,
} from './commands';
import { staffById, staffPage } from './people';
import type { Role } from './roles';
import { openSession, sessionsOf, staffOfSession } from './sessions';
import { enrolmentHolder } from './tickets';

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
});

const as = (id: string, ...roles: Role[]): StaffActor => ({
  kind: 'staff',
  id,
  displayName: id,
  roles,
});
const ana = as('ana', 'administrator');
const beto = as('beto', 'administrator');
const carla = as('carla', 'officer');

async function everybody(): Promise<void> {
  for (const { id, roles } of [ana, beto, carla]) {
    const person = { id, displayName: `Persona ${id}`, email: `${id}@example.pe`, roles };
    expect(await addStaff(registry.db, { kind: 'operator' }, person)).toEqual({
      ok: true,
      value: id,
    });
  }
}

async function givePasskey(staffId: string, id = `llave-${staffId}`): Promise<void> {
  await registry.sql`
    insert into passkey (id, staff_id, public_key, counter, transports, name)
    values (${id}, ${staffId}, '\\x00', 0, '{}', 'Prueba')`;
}

const REASON = { reason: 'Cambió de área' };

describe('people who work here', () => {
  it('are managed by administrators, and never by themselves', async () => {
    await everybody();
    const of = (staffId: string) => ({ staffId, ...REASON });
    expect(await changeRoles(registry.db, carla, { ...of('ana'), roles: ['officer'] })).toEqual({
      ok: false,
      reason: 'not-allowed',
    });
    expect(await changeRoles(registry.db, ana, { ...of('ana'), roles: ['officer'] })).toEqual({
      ok: false,
      reason: 'own-roles',
    });
    expect(await disableStaff(registry.db, ana, of('ana'))).toEqual({
      ok: false,
      reason: 'own-access',
    });
    const changed = { ...of('carla'), roles: ['councillor', 'technical-team'] as Role[] };
    expect((await changeRoles(registry.db, ana, changed)).ok).toBe(true);
    expect((await staffById(registry.db, 'carla'))?.roles).toEqual([
      'councillor',
      'technical-team',
    ]);
    expect(await changeRoles(registry.db, ana, { ...changed, reason: '  ' })).toEqual({
      ok: false,
      reason: 'reason-missing',
    });
  });

  it('lose a role, or all access, on the very next request', async () => {
    await everybody();
    const session = await openSession(registry.db, 'carla');
    expect((await staffOfSession(registry.db, session))?.roles).toEqual(['officer']);
    await changeRoles(registry.db, ana, { staffId: 'carla', roles: ['councillor'], ...REASON });
    // T11: another role begins in another session; the old cookie opens nothing.
    expect(await staffOfSession(registry.db, session)).toBeNull();
    const next = await openSession(registry.db, 'carla');
    expect((await staffOfSession(registry.db, next))?.roles).toEqual(['councillor']);
    await disableStaff(registry.db, ana, { staffId: 'carla', ...REASON });
    expect(await staffOfSession(registry.db, next)).toBeNull();
    const { people, total } = await staffPage(registry.db, { page: 1, perPage: 2 });
    expect([people.length, total]).toEqual([2, 3]);
    expect(people.every(({ disabledAt }) => disabledAt === null)).toBe(true);
  });

  it('always leave one administrator, also when two are let go at the same moment', async () => {
    await everybody();
    const both = await Promise.all([
      disableStaff(registry.db, ana, { staffId: 'beto', ...REASON }),
      disableStaff(registry.db, beto, { staffId: 'ana', ...REASON }),
    ]);
    const left =
      await registry.sql`select id from staff where disabled_at is null and id <> 'carla'`;
    expect(left.length).toBeGreaterThanOrEqual(1);
    expect(both.filter(({ ok }) => ok).length).toBe(1);
  });

  it('are signed out everywhere at once', async () => {
    await everybody();
    const sessions = [
      await openSession(registry.db, 'carla'),
      await openSession(registry.db, 'carla'),
    ];
    expect(await sessionsOf(registry.db, 'carla')).toHaveLength(2);
    expect(await signOutEverywhere(registry.db, carla, 'ana')).toEqual({
      ok: false,
      reason: 'not-allowed',
    });
    expect((await signOutEverywhere(registry.db, ana, 'carla')).ok).toBe(true);
    expect(await Promise.all(sessions.map((id) => staffOfSession(registry.db, id)))).toEqual([
      null,
      null,
    ]);
  });
});

describe('a passkey', () => {
  it('is invited for once: whoever has one gets no second by the same way', async () => {
    await everybody();
    const dora = {
      ...carla,
      id: 'dora',
      email: 'dora@example.pe',
      roles: ['councillor'] as Role[],
    };
    expect((await addStaff(registry.db, ana, dora)).ok).toBe(true);
    const invited = await inviteStaff(registry.db, ana, 'dora');
    expect(invited.ok && (await enrolmentHolder(registry.db, invited.value))?.id).toBe('dora');
    await givePasskey('dora');
    expect(await inviteStaff(registry.db, ana, 'dora')).toEqual({
      ok: false,
      reason: 'has-passkey',
    });
  });

  it('cannot be removed when it is the last, and two removals leave one', async () => {
    await everybody();
    await givePasskey('carla', 'uno');
    expect(await removeOwnPasskey(registry.db, carla, 'uno')).toEqual({
      ok: false,
      reason: 'last-passkey',
    });
    await givePasskey('carla', 'dos');
    const removals = await Promise.all([
      removeOwnPasskey(registry.db, carla, 'uno'),
      removeOwnPasskey(registry.db, carla, 'dos'),
    ]);
    expect(removals.filter(({ ok }) => ok)).toHaveLength(1);
    await givePasskey('ana', 'ajena');
    expect((await removeOwnPasskey(registry.db, carla, 'ajena')).ok).toBe(false);
  });
});

describe('letting somebody in again', () => {
  const KIND = 'staff.recovery';
  const askFor = (subject: string) =>
    ask(registry.db, ana, { kind: KIND, subject, reason: 'Perdió el teléfono' });

  async function asked(): Promise<string> {
    await everybody();
    await givePasskey('carla');
    const request = await askFor('carla');
    if (!request.ok) throw new Error(request.reason);
    return request.value;
  }

  it('takes two administrators', async () => {
    const approvalId = await asked();
    const decision = { approvalId, decision: 'approved' as const };
    expect(await decide(registry.db, ana, decision)).toEqual({ ok: false, reason: 'own-request' });
    expect(await decide(registry.db, carla, decision)).toEqual({
      ok: false,
      reason: 'not-allowed',
    });
    const session = await openSession(registry.db, 'carla');
    const decided = await decide(registry.db, beto, decision);
    const link = decided.ok ? (decided.value?.ticket ?? '') : '';
    expect((await enrolmentHolder(registry.db, link))?.id).toBe('carla');
    expect((await staffById(registry.db, 'carla'))?.passkeys).toBe(0);
    expect(await staffOfSession(registry.db, session)).toBeNull();
    expect(await isAsked(registry.db, KIND, 'carla')).toBe(false);
  });

  it('is not decided about oneself', async () => {
    await everybody();
    const request = await askFor('beto');
    const approvalId = request.ok ? request.value : '';
    expect(await decide(registry.db, beto, { approvalId, decision: 'approved' })).toEqual({
      ok: false,
      reason: 'own-request',
    });
  });

  it('is not asked for somebody who was let go', async () => {
    await everybody();
    await registry.sql`update staff set disabled_at = now() where id = 'carla'`;
    expect(await askFor('carla')).toEqual({ ok: false, reason: 'unknown-person' });
  });
});
