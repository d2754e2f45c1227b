import { and, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  approval,
  auditEntry,
  resident,
  rollInclusion,
  round,
  staff,
  staffRole,
} from '@/db/registry/schema';
import { decide } from '@/lib/approvals/commands';
import type { StaffActor } from '@/lib/auth/actor';
import { openText, sealText } from '@/lib/roll/person-crypto';
import { hashDni } from '@/lib/roll/secrets';
import { requestOpenRound } from '@/lib/rounds/commands';
import { draftRound } from '@/lib/rounds/commands/draft-round';
import { seedCycle, seedResident, TEST_CYCLE, TEST_KEYS } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { decideMatter } from './commands/decide';
import { fileInclusion } from './commands/file-inclusion';
import { readDni } from './commands/read-dni';
import { countUnread, rejectUnread } from './commands/reject-unread';
import { matterById } from './matter';

vi.mock('@/lib/roll/keys', () => ({ rollKeys: () => TEST_KEYS }));

const ROUND = 'pp2027-inclusion';
const HOUR_MS = 60 * 60 * 1000;
const REASON = 'Se cotejó con el registro civil';
const PHONE = '964555666';
let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let dnis = 61_000_000;
const nextDni = () => String((dnis += 1));
const actorOf = (id: string, role: 'officer' | 'administrator'): StaffActor => ({
  kind: 'staff',
  id,
  displayName: id,
  roles: [role],
});
const ana = actorOf('ana', 'administrator');
const oscar = actorOf('oscar', 'officer');
const olga = actorOf('olga', 'officer');
const desk = { officer: olga, replacedReason: 'Se presentó en la mesa' };

beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
  for (const { id, roles } of [ana, oscar, olga]) {
    await fresh.db.insert(staff).values({ id, displayName: id, email: `${id}@x.invalid` });
    await fresh.db.insert(staffRole).values({ staffId: id, role: roles[0]! });
  }
  await draftWithList(ROUND);
});
afterAll(async () => {
  await fresh.drop();
});

async function draftWithList(id: string): Promise<void> {
  const at = (hours: number) => new Date(Date.now() + hours * HOUR_MS);
  const drafted = await draftRound(fresh.db, ana, {
    id,
    cycleId: TEST_CYCLE,
    screenCode: id.replaceAll('-', '').slice(-8).toUpperCase(),
    nameEs: 'Votación con lista',
    nameEn: 'Vote with a list',
    opensAt: at(6),
    closesAt: at(9),
    livePolicy: 'at-close',
    minGroup: 20,
    ranksPlan: true,
    allocates: [],
  });
  expect(drafted.ok).toBe(true);
  await fresh.db
    .update(round)
    .set({ listsOpenAt: at(-2), challengesCloseAt: at(2), finalAt: at(4) })
    .where(eq(round.id, id));
}

const asks = (dni: string, roundId = ROUND) => ({
  roundId,
  dni,
  names: 'Rosa Inga Poma',
  districtCode: '120101',
  phone: PHONE,
  grounds: 'Vivo en Huancayo desde 2019',
});

async function filed(dni: string, where: typeof desk | null = null, roundId = ROUND) {
  const answer = await fileInclusion(fresh.db, TEST_KEYS, where, asks(dni, roundId));
  if (!answer.ok) throw new Error(answer.reason);
  return rowOf(answer.value.number);
}

async function rowOf(number: string) {
  const [row] = await fresh.db.select().from(rollInclusion).where(eq(rollInclusion.number, number));
  return row!;
}

const decided = (id: string, decision: 'accept' | 'reject', by = oscar) =>
  decideMatter(fresh.db, by, 'inclusion', { id, decision, reason: REASON });

async function approve(subject: string, by: StaffActor) {
  const [asked] = await fresh.db
    .select({ id: approval.id })
    .from(approval)
    .where(and(eq(approval.subject, subject), isNull(approval.decision)));
  return decide(fresh.db, by, { approvalId: asked!.id, decision: 'approved' });
}

const onRoll = async (dni: string) =>
  (
    await fresh.db
      .select()
      .from(resident)
      .where(eq(resident.dniHash, hashDni(TEST_KEYS.dniKey, dni)))
  )[0];

const reads = async (id: string) =>
  (
    await fresh.db
      .select({ actor: auditEntry.actor })
      .from(auditEntry)
      .where(and(eq(auditEntry.subject, `inclusion:${id}`), eq(auditEntry.action, 'list.dni-read')))
  ).map(({ actor }) => actor);

describe('asking by the page to be put on the list', () => {
  it('answers alike whether the DNI is listed or not, and one request waits at a time', async () => {
    const listed = nextDni();
    await seedResident(fresh.db, { dni: listed });
    const outcomes = await Promise.all(
      [listed, nextDni()].map(async (dni) => {
        const answers = await Promise.all(
          Array.from({ length: 8 }, () => fileInclusion(fresh.db, TEST_KEYS, null, asks(dni))),
        );
        return answers.map((answer) => (answer.ok ? 'taken' : answer.reason)).sort();
      }),
    );
    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(outcomes[0]).toEqual([...Array.from({ length: 7 }, () => 'already-waiting'), 'taken']);
  });

  it('may be done again after a no, three times a day and no more', async () => {
    const dni = nextDni();
    for (let time = 0; time < 3; time += 1) {
      expect((await decided((await filed(dni)).id, 'reject')).ok).toBe(true);
    }
    expect(await fileInclusion(fresh.db, TEST_KEYS, null, asks(dni))).toEqual({
      ok: false,
      reason: 'too-many',
    });
  });

  it('never takes down a phone: nothing shows that it is that person’s', async () => {
    expect((await filed(nextDni())).phoneSealed).toBeNull();
  });

  it('shows both people the whole DNI, writes down each look, and forgets it with the decision', async () => {
    const dni = nextDni();
    const row = await filed(dni);
    const [stored] = await fresh.sql<{ text: string }[]>`
      select t::text as text from roll_inclusion t where id = ${row.id}`;
    expect(stored!.text).not.toContain(dni);
    expect(await readDni(fresh.db, TEST_KEYS, oscar, row.id)).toBe(dni);
    expect((await decided(row.id, 'accept')).ok).toBe(true);
    expect(await readDni(fresh.db, TEST_KEYS, ana, row.id)).toBe(dni);
    expect(await reads(row.id)).toEqual(['staff:oscar', 'staff:ana']);
    const councillor: StaffActor = { ...ana, roles: ['councillor'] };
    expect(await readDni(fresh.db, TEST_KEYS, councillor, row.id)).toBeNull();
    expect(await approve(row.id, ana)).toMatchObject({ ok: true });
    expect((await rowOf(row.number)).dniSealed).toBeNull();
    expect(await readDni(fresh.db, TEST_KEYS, ana, row.id)).toBeNull();
    const refused = await filed(nextDni());
    await decided(refused.id, 'reject');
    expect((await rowOf(refused.number)).dniSealed).toBeNull();
    expect(await reads(row.id)).toHaveLength(2);
  });

  it('puts the person on the roll after two people said yes, without a phone to send codes to', async () => {
    const dni = nextDni();
    const row = await filed(dni);
    // As it was filed before the page stopped asking: the phone is still nobody's word.
    await fresh.db
      .update(rollInclusion)
      .set({ phoneSealed: sealText(TEST_KEYS.people, 'phone', PHONE) })
      .where(eq(rollInclusion.id, row.id));
    await decided(row.id, 'accept');
    expect(await onRoll(dni)).toBeUndefined();
    expect(await approve(row.id, ana)).toMatchObject({ ok: true });
    const person = await onRoll(dni);
    expect(person).toMatchObject({
      districtCode: '120101',
      dniLastTwo: dni.slice(-2),
      leftAt: null,
      phoneSealed: null,
      phoneHash: null,
    });
    expect(openText(TEST_KEYS.people, 'name', person!.nameSealed!)).toBe('Rosa Inga Poma');
  });
});

describe('asking at the desk', () => {
  it('takes down the phone, and it gets the codes', async () => {
    const dni = nextDni();
    const row = await filed(dni, desk);
    expect(await matterById(fresh.db, TEST_KEYS, 'inclusion', row.id)).toMatchObject({
      phone: PHONE,
    });
    await decided(row.id, 'accept');
    await approve(row.id, ana);
    expect(openText(TEST_KEYS.people, 'phone', (await onRoll(dni))!.phoneSealed!)).toBe(PHONE);
  });

  it('takes the place of what somebody filed by the page with the same DNI', async () => {
    const dni = nextDni();
    const byPage = await filed(dni);
    const atDesk = await filed(dni, desk);
    expect(await rowOf(byPage.number)).toMatchObject({
      state: 'rejected',
      reason: desk.replacedReason,
      dniSealed: null,
    });
    expect(await rowOf(atDesk.number)).toMatchObject({ state: 'filed', receivedBy: 'olga' });
    expect(await fileInclusion(fresh.db, TEST_KEYS, desk, asks(dni))).toEqual({
      ok: false,
      reason: 'already-waiting',
    });
  });
});

describe('a flood of requests that nobody made', () => {
  const FLOODED = 'pp2027-avalancha';
  const from = new Date(Date.now() - HOUR_MS);
  const until = new Date(Date.now() + HOUR_MS);
  const all = { roundId: FLOODED, from, until, reason: 'Avalancha desde una sola conexión' };

  it('is rejected at once, with one reason and one entry in the audit, and the round can open', async () => {
    await draftWithList(FLOODED);
    for (let nth = 0; nth < 7; nth += 1) await filed(nextDni(), null, FLOODED);
    const atDesk = await filed(nextDni(), desk, FLOODED);
    expect(await countUnread(fresh.db, all)).toBe(7);
    expect(await countUnread(fresh.db, { ...all, until: from })).toBe(0);
    expect(await rejectUnread(fresh.db, oscar, { ...all, count: 7 })).toEqual({
      ok: false,
      reason: 'not-allowed',
    });
    expect(await rejectUnread(fresh.db, ana, { ...all, count: 6 })).toEqual({
      ok: false,
      reason: 'changed-since',
    });
    expect(await countUnread(fresh.db, all)).toBe(7);
    expect(await rejectUnread(fresh.db, ana, { ...all, count: 7 })).toEqual({
      ok: true,
      value: { count: 7 },
    });
    expect(await rejectUnread(fresh.db, ana, { ...all, count: 7 })).toEqual({
      ok: false,
      reason: 'not-found',
    });
    expect((await rowOf(atDesk.number)).state).toBe('filed');
    const acts = await fresh.db
      .select({ details: auditEntry.details })
      .from(auditEntry)
      .where(eq(auditEntry.action, 'list.inclusions-rejected'));
    expect(acts).toHaveLength(1);
    expect(acts[0]!.details).toMatchObject({ count: 7, reason: all.reason });

    expect((await decided(atDesk.id, 'reject')).ok).toBe(true);
    await fresh.db
      .update(round)
      .set({
        listsOpenAt: new Date(Date.now() - 3 * HOUR_MS),
        challengesCloseAt: new Date(Date.now() - 2 * HOUR_MS),
        finalAt: new Date(Date.now() - HOUR_MS),
      })
      .where(eq(round.id, FLOODED));
    expect((await requestOpenRound(fresh.db, ana, { roundId: FLOODED })).ok).toBe(true);
  });
});
