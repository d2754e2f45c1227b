import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decide } from '@/lib/approvals/commands';
import { addOrAsk, changeRolesOrAsk } from '@/lib/approvals/people';
import { approvalsPage } from '@/lib/approvals/queries';
import { checkChain } from '@/lib/audit/chain';
import { freshRegistry } from '@/services/supervisor/test-support';
import type { StaffActor } from './actor';
import { addStaff, changeRoles, inviteStaff } from './commands';
import { staffById } from './people';
import type { Role } from './roles';
import { openSession } from './sessions';
import { enrolmentHolder } from './tickets';

/** T22, T33: one administrator alone makes no second person, neither a new one nor out of another. */

let registry: Awaited<ReturnType<typeof freshRegistry>>;
const as = (id: string, ...roles: Role[]): StaffActor => ({
  kind: 'staff',
  id,
  displayName: id,
  roles,
});
const ana = as('ana', 'administrator');
const beto = as('beto', 'administrator');
const REASON = 'Entra por concurso en enero';

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
  for (const one of [ana, beto, as('rosa', 'councillor')]) await byOperator(one);
});

async function byOperator({ id, roles }: StaffActor): Promise<void> {
  const person = { id, displayName: `Persona ${id}`, email: `${id}@example.pe`, roles };
  expect((await addStaff(registry.db, { kind: 'operator' }, person)).ok).toBe(true);
}

const newPerson = (...roles: Role[]) => ({
  id: 'eva',
  displayName: 'Eva Nueva',
  email: 'eva@example.pe',
  roles,
  reason: REASON,
});

async function openRequest(): Promise<string> {
  const { approvals } = await approvalsPage(registry.db, { page: 1, perPage: 1 });
  return approvals[0]!.id;
}
const accept = (actor: StaffActor, approvalId: string) =>
  decide(registry.db, actor, { approvalId, decision: 'approved' });
const rolesOf = async (id: string) => (await staffById(registry.db, id))?.roles;
const refused = (reason: string) => ({ ok: false, reason });

describe('T22: the granting administrator alone → pending', () => {
  it.each(['administrator', 'officer'] as const)(
    'a new person with the role of %s has no role and no link until another says yes',
    async (role) => {
      expect(await addStaff(registry.db, ana, newPerson(role))).toEqual(refused('two-people'));
      expect(await staffById(registry.db, 'eva')).toBeNull();
      const asked = await addOrAsk(registry.db, ana, newPerson(role, 'councillor'));
      expect(asked).toEqual({ ok: true, value: 'asked' });
      expect(await rolesOf('eva')).toEqual([]);
      expect(await inviteStaff(registry.db, ana, 'eva')).toEqual(refused('two-people'));
      const approvalId = await openRequest();
      expect(await accept(ana, approvalId)).toEqual(refused('own-request'));
      expect(await accept(as('eva', 'administrator'), approvalId)).toEqual(refused('own-request'));
      expect(await rolesOf('eva')).toEqual([]);

      const decided = await accept(beto, approvalId);
      const link = decided.ok ? (decided.value?.ticket ?? '') : '';
      expect((await enrolmentHolder(registry.db, link))?.id).toBe('eva');
      expect((await rolesOf('eva'))?.toSorted()).toEqual([role, 'councillor'].toSorted());
      // And whoever asked cannot get in between by a link of her own.
      expect(await inviteStaff(registry.db, ana, 'eva')).toEqual(refused('two-people'));
      expect((await enrolmentHolder(registry.db, link))?.id).toBe('eva');
      expect((await checkChain(registry.db)).problem).toBeNull();
    },
  );

  it('somebody who is here keeps the old roles until another says yes, and is not who says it', async () => {
    const input = { staffId: 'rosa', roles: ['administrator'] as Role[], reason: REASON };
    expect(await changeRoles(registry.db, ana, input)).toEqual(refused('two-people'));
    const kept = await inviteStaff(registry.db, ana, 'rosa');
    expect(await changeRolesOrAsk(registry.db, ana, input)).toEqual({ ok: true, value: 'asked' });
    expect(await rolesOf('rosa')).toEqual(['councillor']);
    const approvalId = await openRequest();
    expect(await accept(as('rosa', 'administrator'), approvalId)).toEqual(refused('own-request'));
    expect((await accept(beto, approvalId)).ok).toBe(true);
    expect(await rolesOf('rosa')).toEqual(['administrator']);
    // The link of before, which the first administrator may have kept, opens nothing now.
    expect(await enrolmentHolder(registry.db, kept.ok ? kept.value : '')).toBeNull();
  });

  it('a yes is to these roles in place of those: with others by then it is refused', async () => {
    const input = { staffId: 'rosa', roles: ['officer'] as Role[], reason: REASON };
    await changeRolesOrAsk(registry.db, ana, input);
    const approvalId = await openRequest();
    await changeRoles(registry.db, beto, { ...input, roles: ['auditor'] });
    expect(await accept(beto, approvalId)).toEqual(refused('changed-since'));
    expect(await rolesOf('rosa')).toEqual(['auditor']);
  });

  it('other roles, and taking roles away, are done by one', async () => {
    const done = { ok: true, value: 'done' };
    expect(await addOrAsk(registry.db, ana, newPerson('councillor', 'auditor'))).toEqual(done);
    const less = { staffId: 'beto', roles: ['moderator'] as Role[], reason: REASON };
    expect(await changeRolesOrAsk(registry.db, ana, less)).toEqual(done);
    expect(await rolesOf('beto')).toEqual(['moderator']);
  });

  it('is not asked for without a reason, by others, or where nobody else could decide', async () => {
    const person = newPerson('officer');
    expect(await addOrAsk(registry.db, ana, { ...person, reason: ' ' })).toEqual(
      refused('reason-missing'),
    );
    expect(await addOrAsk(registry.db, as('rosa', 'councillor'), person)).toEqual(
      refused('not-allowed'),
    );
    await registry.sql`update staff set disabled_at = now() where id = 'beto'`;
    expect(await addOrAsk(registry.db, ana, person)).toEqual(refused('nobody-to-decide'));
    // Nothing is left behind: the same person can be added later, and at the machine at once.
    expect(await staffById(registry.db, 'eva')).toBeNull();
    expect((await addStaff(registry.db, { kind: 'operator' }, person)).ok).toBe(true);
    expect(await rolesOf('eva')).toEqual(['officer']);
  });
});

describe('T33: one administrator alone makes no link', () => {
  it('to an account that takes part in acts of two people', async () => {
    expect(await inviteStaff(registry.db, ana, 'beto')).toEqual(refused('two-people'));
  });

  it('to an account that was ever used', async () => {
    expect((await inviteStaff(registry.db, ana, 'rosa')).ok).toBe(true);
    await openSession(registry.db, 'rosa', 'oidc');
    expect(await inviteStaff(registry.db, ana, 'rosa')).toEqual(refused('two-people'));
    await registry.owner`delete from staff_session`;
    await registry.sql`update staff set identity = 'https://muni.pe rosa' where id = 'rosa'`;
    expect(await inviteStaff(registry.db, ana, 'rosa')).toEqual(refused('two-people'));
    await registry.sql`update staff set identity = null`;
    await registry.sql`
      insert into passkey (id, staff_id, public_key, counter, transports, name, removed_at)
      values ('vieja', 'rosa', '\\x00', 0, '{}', 'Perdida', now())`;
    expect(await inviteStaff(registry.db, ana, 'rosa')).toEqual(refused('two-people'));
  });
});
