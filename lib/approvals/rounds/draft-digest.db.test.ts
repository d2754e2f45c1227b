import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StaffActor } from '@/lib/auth/actor';
import { draftRound } from '@/lib/rounds/commands/draft-round';
import { roundById } from '@/lib/rounds/queries';
import { seedCycle, seedResident, TEST_CYCLE } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { decide } from '../commands';
import { approvalsPage } from '../queries';
import { openOrAsk } from './two-people';

/** T22: a second person's yes is to the draft that she could look at, in every part of it. */

const HOUR_MS = 60 * 60 * 1000;
const as = (id: string): StaffActor => ({
  kind: 'staff',
  id,
  displayName: id,
  roles: ['administrator'],
});

let registry: Awaited<ReturnType<typeof freshRegistry>>;
let resident: string;
let roundId: string;
let rounds = 0;

beforeAll(async () => {
  registry = await freshRegistry();
  await seedCycle(registry.db);
  resident = await seedResident(registry.db, { dni: '61000001' });
  for (const id of ['ana', 'beto']) {
    await registry.sql`insert into staff (id, display_name, email) values (${id}, ${id}, ${`${id}@example.pe`})`;
    await registry.sql`insert into staff_role values (${id}, 'administrator')`;
  }
});
afterAll(async () => {
  await registry.drop();
});

beforeEach(async () => {
  await registry.owner`delete from approval`;
  rounds += 1;
  roundId = `borrador-${String(rounds)}`;
  const drafted = await draftRound(registry.db, as('ana'), {
    id: roundId,
    cycleId: TEST_CYCLE,
    screenCode: `BO${String(rounds)}`,
    nameEs: 'Votación de prueba',
    nameEn: 'Test vote',
    opensAt: new Date(Date.now() + 5 * HOUR_MS),
    closesAt: new Date(Date.now() + 9 * HOUR_MS),
    livePolicy: 'at-close',
    minGroup: 20,
    ranksPlan: true,
    allocates: [{ envelopeId: 'pp2027-province', rule: 'equal-shares' }],
  });
  if (!drafted.ok) throw new Error(drafted.reason);
});

async function askedToOpen(): Promise<string> {
  const reason = 'Terminó la revisión de las propuestas';
  const asked = await openOrAsk(registry.db, as('ana'), { roundId, reason }, { twoPeople: true });
  expect(asked).toEqual({ ok: true, value: 'asked' });
  const { approvals } = await approvalsPage(registry.db, { page: 1, perPage: 1 });
  return approvals[0]!.id;
}

/** What changes between the asking and the yes; each is true to the schema. */
const CHANGES: Readonly<Record<string, () => Promise<unknown>>> = {
  'how voters show who they are': () =>
    registry.owner`update round set channels = '{letter,desk}' where id = ${roundId}`,
  'its days': () =>
    registry.owner`update round set closes_at = closes_at + interval '1 hour' where id = ${roundId}`,
  'the calendar of its list': () => registry.owner`
    update round set lists_open_at = now(), challenges_close_at = now() + interval '1 hour',
      final_at = now() + interval '2 hours' where id = ${roundId}`,
  'the roll': () => registry.owner`
    insert into roll_version (number, kind, people, per_district, asked_by, approved_by)
    select coalesce(max(number), 0) + 1, 'addition', 2, '{}', 'staff:ana', 'staff:beto'
    from roll_version`,
  'who is left out of the roll': () => registry.owner`
    with filed as (
      insert into roll_challenge (number, round_id, district_code, kind)
      values (${`T-${roundId}`}, ${roundId}, '120114', 'other') returning id)
    insert into roll_exclusion (round_id, resident_id, challenge_id)
    select ${roundId}, ${resident}, id from filed`,
  'how a question is counted': () =>
    registry.owner`update contest set rule = rule || '{"name": "otra"}' where round_id = ${roundId}`,
  'the money': () =>
    registry.owner`update envelope set amount_cents = amount_cents + 1 where id = 'pp2027-province'`,
  'what a proposal costs': () =>
    registry.owner`update proposal set cost_cents = cost_cents + 1 where code = '2027-001'`,
  'which proposals are asked about': () => registry.owner`
    update proposal set envelope_id = 'pp2027-province' where code = '2027-003'`,
  'a row of the plan': () =>
    registry.owner`update plan_row set title_es = title_es || ' y más' where code = 'SOC-1'`,
};

describe('T22: a yes to opening a draft', () => {
  it.each(Object.keys(CHANGES))('is refused once this has changed: %s', async (what) => {
    const approvalId = await askedToOpen();
    await CHANGES[what]!();
    const decision = { approvalId, decision: 'approved' } as const;
    expect(await decide(registry.db, as('beto'), decision)).toEqual({
      ok: false,
      reason: 'changed-since',
    });
    expect((await roundById(registry.db, roundId))?.state).toBe('draft');
  });

  // Last: what is being voted changes no more, and the others ask about the same money.
  it('opens it as it stands when nothing has changed', async () => {
    const approvalId = await askedToOpen();
    const decision = { approvalId, decision: 'approved' } as const;
    expect((await decide(registry.db, as('beto'), decision)).ok).toBe(true);
    expect((await roundById(registry.db, roundId))?.state).toBe('opening');
  });
});
