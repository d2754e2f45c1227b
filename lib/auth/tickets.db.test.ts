import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, decide } from '@/lib/approvals/commands';
import { freshRegistry } from '@/services/supervisor/test-support';
import type { StaffActor } from './actor';
import { addOwnPasskey, disableStaff, inviteStaff } from './commands';
import { enrolmentHolder, mintTicket, redeemEnrolment, redeemTicket } from './tickets';

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
  for (const [id, role] of [
    ['ana', 'councillor'],
    ['beto', 'administrator'],
    ['cira', 'administrator'],
  ] as const) {
    await registry.sql`insert into staff (id, display_name, email) values (${id}, ${id}, ${`${id}@example.pe`})`;
    await registry.sql`insert into staff_role values (${id}, ${role})`;
  }
});

const as = (id: string): StaffActor => ({
  kind: 'staff',
  id,
  displayName: id,
  roles: ['administrator'],
});
const enrol = (link: string) => registry.db.transaction((tx) => redeemEnrolment(tx, link));
const holderOf = async (link: string) => (await enrolmentHolder(registry.db, link))?.id ?? null;

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
    expect(people.filter((person) => person?.staffId === 'ana')).toHaveLength(1);
    expect(people.filter((person) => person === null)).toHaveLength(49);
  });

  it('to register a passkey signs nobody in, and tells whose it is without being used up', async () => {
    const minted = await mintTicket(registry.db, { kind: 'operator' }, 'ana', 'enrol');
    const link = minted.ok ? minted.value : '';
    expect(await redeemTicket(registry.db, link)).toBeNull();
    expect(await enrolmentHolder(registry.db, link)).toMatchObject({ id: 'ana' });
    expect(await enrol(link)).toBe('ana');
    expect(await enrol(link)).toBeNull();
    expect(await enrolmentHolder(registry.db, link)).toBeNull();
  });

  it('that stands for a sign-in registers no passkey', async () => {
    const ticket = await ticketForAna();
    expect(await enrolmentHolder(registry.db, ticket)).toBeNull();
    expect(await enrol(ticket)).toBeNull();
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

describe('T33: a link to register a passkey that somebody has kept', () => {
  async function linkFor(staffId: string): Promise<string> {
    const invited = await inviteStaff(registry.db, as('beto'), staffId);
    if (!invited.ok) throw new Error(invited.reason);
    return invited.value;
  }

  it('is dead from the moment another one is made', async () => {
    const kept = await linkFor('ana');
    const given = await linkFor('ana');
    expect(await holderOf(kept)).toBeNull();
    expect(await enrol(kept)).toBeNull();
    expect(await enrol(given)).toBe('ana');
  });

  it('is dead once the person has registered a passkey by any other', async () => {
    // Two that are alive together, as before there was only one: neither outlives the other.
    const given = await linkFor('ana');
    const kept = await linkFor('ana');
    await registry.sql`update sign_in_ticket set used_at = null`;
    expect(await enrol(given)).toBe('ana');
    expect(await holderOf(kept)).toBeNull();
    expect(await enrol(kept)).toBeNull();
  });

  it('is worth one passkey when two of them are used at the same moment', async () => {
    const links = [await linkFor('ana'), await linkFor('ana')];
    await registry.sql`update sign_in_ticket set used_at = null`;
    const used = await Promise.all([...links, ...links].map(enrol));
    expect(used.filter((staffId) => staffId === 'ana')).toHaveLength(1);
  });

  it('is dead after the person was let in again, or has asked for one of her own', async () => {
    const kept = await linkFor('ana');
    const asked = await ask(registry.db, as('beto'), {
      kind: 'staff.recovery',
      subject: 'ana',
      reason: 'Perdió el teléfono',
    });
    const approvalId = asked.ok ? asked.value : '';
    const decided = await decide(registry.db, as('cira'), { approvalId, decision: 'approved' });
    const given = decided.ok ? (decided.value?.ticket ?? '') : '';
    expect(await holderOf(kept)).toBeNull();
    expect(await holderOf(given)).toBe('ana');
    const own = await addOwnPasskey(registry.db, as('ana'));
    expect(await holderOf(given)).toBeNull();
    expect(await enrol(own.ok ? own.value : '')).toBe('ana');
  });

  it('registers nothing for somebody who was let go, in whatever order', async () => {
    const kept = await linkFor('ana');
    const input = { staffId: 'ana', reason: 'Dejó el concejo' };
    expect((await disableStaff(registry.db, as('beto'), input)).ok).toBe(true);
    // Neither while she is out, nor should she ever come back.
    expect(await enrol(kept)).toBeNull();
    await registry.sql`update staff set disabled_at = null where id = 'ana'`;
    expect(await enrol(kept)).toBeNull();
    const late = await linkFor('ana');
    await registry.sql`update staff set disabled_at = now() where id = 'ana'`;
    expect(await enrol(late)).toBeNull();
  });
});
