import { and, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { approval, letterBatch, letterCode, staff, staffRole } from '@/db/registry/schema';
import { decide } from '@/lib/approvals/commands';
import type { StaffActor } from '@/lib/auth/actor';
import {
  asSuperuser,
  seedCycle,
  seedOpenRound,
  seedResident,
  TEST_KEYS,
} from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { printLetters, requestLetters } from './letter-commands';
import { LETTERS_EACH, LETTERS_PRINT_KIND } from './letter-input';
import { letterBatches } from './letter-queries';

vi.mock('@/lib/roll/keys', () => ({ rollKeys: () => TEST_KEYS }));

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
const ROUND = 'pp2027-dos-cartas';
const TWO = { twoPeople: true };
const actorOf = (id: string, role: 'officer' | 'administrator'): StaffActor => ({
  kind: 'staff',
  id,
  displayName: id,
  roles: [role],
});
const ana = actorOf('ana', 'administrator');
const alba = actorOf('alba', 'administrator');
const oscar = actorOf('oscar', 'officer');
const olga = actorOf('olga', 'officer');

beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
  for (const { id, roles } of [ana, alba, oscar, olga]) {
    await fresh.db.insert(staff).values({ id, displayName: id, email: `${id}@x.invalid` });
    await fresh.db.insert(staffRole).values({ staffId: id, role: roles[0]! });
  }
  const residents = [];
  for (const dni of ['42000001', '42000002', '42000003']) {
    residents.push({
      id: await seedResident(fresh.db, { dni, phone: null }),
      districtCode: '120114',
    });
  }
  await seedOpenRound(fresh.db, { id: ROUND, residents, manifest: '{}', manifestHash: 'hash' });
  await asSuperuser(
    fresh.owner,
    (tx) => tx`update round set channels = '{letter,desk}' where id = ${ROUND}`,
  );
});
afterAll(async () => {
  await fresh.drop();
});

async function asked(by = oscar, first = 1, last = 3): Promise<string> {
  const reason = 'Barrio sin señal de celular';
  const wish = { round: ROUND, district: '120114', first, last, reason };
  const answer = await requestLetters(fresh.db, by, wish, TWO);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value.id;
}

async function decided(batch: string, by: StaffActor, decision: 'approved' | 'declined') {
  const [open] = await fresh.db
    .select({ id: approval.id })
    .from(approval)
    .where(
      and(
        eq(approval.kind, LETTERS_PRINT_KIND),
        eq(approval.subject, batch),
        isNull(approval.decision),
      ),
    );
  return decide(fresh.db, by, { approvalId: open!.id, decision });
}

const print = (batch: string, by: StaffActor) => printLetters(fresh.db, TEST_KEYS, by, batch, TWO);
const refused = (reason: string) => ({ ok: false, reason });
const codes = () => fresh.db.$count(letterCode);
const second = async (batch: string) =>
  (await letterBatches(fresh.db, ROUND, 1)).rows.find(({ id }) => id === batch)?.second;

describe('T22: letters with other people’s codes', () => {
  it('one person alone gets none: asked for they wait, whoever tries to print', async () => {
    const batch = await asked();
    expect(await second(batch)).toBe('waiting');
    for (const by of [oscar, olga, ana])
      expect(await print(batch, by)).toEqual(refused('not-approved'));
    expect(await decided(batch, oscar, 'approved')).toEqual(refused('not-allowed'));
    const own = await asked(ana);
    expect(await decided(own, ana, 'approved')).toEqual(refused('own-request'));
    expect(await print(own, ana)).toEqual(refused('not-approved'));
    expect(await codes()).toBe(0);
  });

  it('are printed once, by who asked, after another’s yes', async () => {
    const batch = await asked();
    expect(await decided(batch, ana, 'approved')).toMatchObject({ ok: true });
    expect(await second(batch)).toBe('approved');
    for (const by of [ana, olga]) expect(await print(batch, by)).toEqual(refused('not-yours'));
    expect(await codes()).toBe(0);
    const answers = await Promise.all(Array.from({ length: 4 }, () => print(batch, oscar)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await codes()).toBe(3);
    const [held] = await fresh.db.select().from(letterBatch).where(eq(letterBatch.id, batch));
    expect(held).toMatchObject({ requestedBy: 'oscar', approvedBy: 'ana' });
    await expect(
      fresh.sql`update letter_batch set approved_by = 'oscar' where id = ${batch}`,
    ).rejects.toThrow('letter_batch_approved_by_another');
  });

  it('are not printed after a no', async () => {
    const batch = await asked();
    expect(await decided(batch, ana, 'declined')).toMatchObject({ ok: true });
    expect(await second(batch)).toBe('declined');
    expect(await print(batch, oscar)).toEqual(refused('not-approved'));
  });

  it('nobody gets more than three in a round, however many batches two people agree on', async () => {
    await asSuperuser(fresh.owner, (tx) => tx`delete from letter_code`);
    const batches = [];
    for (let nth = 0; nth <= LETTERS_EACH; nth += 1) batches.push(await asked(oscar, 2, 2));
    for (const batch of batches) await decided(batch, alba, 'approved');
    const answers = [];
    for (const batch of batches) answers.push(await print(batch, oscar));
    expect(answers.map((answer) => answer.ok)).toEqual([true, true, true, false]);
    expect(answers.at(-1)).toEqual(refused('too-many-letters'));
    await expect(asked(oscar, 1, 3)).rejects.toThrow('too-many-letters');
    await asked(oscar, 3, 3);
  });

  it('of one place printed at the same moment never give anybody a fourth', async () => {
    await asSuperuser(fresh.owner, (tx) => tx`delete from letter_code`);
    const batches = await Promise.all(Array.from({ length: 6 }, () => asked(oscar, 1, 1)));
    for (const batch of batches) await decided(batch, ana, 'approved');
    const answers = await Promise.all(batches.map((batch) => print(batch, oscar)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(LETTERS_EACH);
    expect(await codes()).toBe(LETTERS_EACH);
  });
});
