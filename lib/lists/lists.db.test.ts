import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  approval,
  auditEntry,
  rollChallenge,
  rollEntry,
  rollExclusion,
  round,
  staff,
  staffRole,
} from '@/db/registry/schema';
import { decide } from '@/lib/approvals/commands';
import type { StaffActor } from '@/lib/auth/actor';
import { openText } from '@/lib/roll/person-crypto';
import { hashDni } from '@/lib/roll/secrets';
import { requestOpenRound } from '@/lib/rounds/commands';
import { draftRound } from '@/lib/rounds/commands/draft-round';
import { seedCycle, seedResident, TEST_CYCLE, TEST_KEYS } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { decideMatter } from './commands/decide';
import { fileChallenge, type Filer } from './commands/file-challenge';
import { setListDates } from './commands/set-dates';
import { matterById } from './matter';
import { challengeCounts, listRounds, matterByNumber } from './queries';

vi.mock('@/lib/roll/keys', () => ({ rollKeys: () => TEST_KEYS }));

const ROUND = 'pp2027-listas';
const HOUR_MS = 60 * 60 * 1000;
const REASON = 'Se cotejó con el registro civil';
let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let dnis = 60_000_000;
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

beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
  for (const { id, roles } of [ana, oscar, olga]) {
    await fresh.db.insert(staff).values({ id, displayName: id, email: `${id}@x.invalid` });
    await fresh.db.insert(staffRole).values({ staffId: id, role: roles[0]! });
  }
});
afterAll(async () => {
  await fresh.drop();
});

/** A draft whose lists are open; `closed`: the time for challenges is over. */
async function draftWithLists(id = ROUND, phase: 'open' | 'closed' | 'later' = 'open') {
  const at = Date.now();
  const drafted = await draftRound(fresh.db, ana, {
    id,
    cycleId: TEST_CYCLE,
    screenCode: id.replaceAll('-', '').slice(-8).toUpperCase(),
    nameEs: 'Votación con listas',
    nameEn: 'Vote with lists',
    opensAt: new Date(at + 6 * HOUR_MS),
    closesAt: new Date(at + 9 * HOUR_MS),
    livePolicy: 'at-close',
    minGroup: 20,
    ranksPlan: true,
    allocates: [],
  });
  expect(drafted.ok).toBe(true);
  const hours = { open: [-2, 2, 4], closed: [-3, -1, 2], later: [1, 2, 4] }[phase];
  const [listsOpenAt, challengesCloseAt, finalAt] = hours.map((h) => new Date(at + h * HOUR_MS));
  await fresh.db
    .update(round)
    .set({ listsOpenAt: listsOpenAt!, challengesCloseAt: challengesCloseAt!, finalAt: finalAt! })
    .where(eq(round.id, id));
}

const filer = (): Filer => ({ kind: 'resident', dniHash: hashDni(TEST_KEYS.dniKey, nextDni()) });
const about = (subjectDni: string, roundId = ROUND) => ({
  roundId,
  subjectDni,
  kind: 'deceased' as const,
  districtCode: '120114',
  evidence: 'Falleció en marzo, adjunto partida',
});

async function filed(subjectDni: string, who: Filer = filer()) {
  const answer = await fileChallenge(fresh.db, TEST_KEYS, who, about(subjectDni));
  if (!answer.ok) throw new Error(answer.reason);
  const [row] = await fresh.db
    .select()
    .from(rollChallenge)
    .where(eq(rollChallenge.number, answer.value.number));
  return row!;
}

async function approve(kind: string, subject: string, by: StaffActor) {
  const [asked] = await fresh.db
    .select({ id: approval.id })
    .from(approval)
    .where(and(eq(approval.kind, kind), eq(approval.subject, subject)));
  return decide(fresh.db, by, { approvalId: asked!.id, decision: 'approved' });
}

describe('the calendar of a list', () => {
  it('is in order, ends before the opening, and cannot be cut short once something was filed', async () => {
    await draftWithLists('pp2027-fechas');
    const at = Date.now();
    const dates = (a: number, b: number, c: number) => ({
      listsOpenAt: new Date(at + a * HOUR_MS),
      challengesCloseAt: new Date(at + b * HOUR_MS),
      finalAt: new Date(at + c * HOUR_MS),
    });
    const set = (of: ReturnType<typeof dates> | null, actor = ana) =>
      setListDates(fresh.db, actor, { roundId: 'pp2027-fechas', dates: of });
    for (const wrong of [dates(2, 1, 3), dates(1, 3, 2), dates(1, 2, 8)]) {
      expect(await set(wrong)).toEqual({ ok: false, reason: 'bad-order' });
    }
    expect(await set(dates(-1, 2, 3), oscar)).toEqual({ ok: false, reason: 'not-allowed' });
    expect(await set(dates(-1, 2, 3))).toMatchObject({ ok: true });
    const answer = await fileChallenge(fresh.db, TEST_KEYS, filer(), {
      ...about(nextDni()),
      roundId: 'pp2027-fechas',
    });
    expect(answer.ok).toBe(true);
    expect(await set(dates(-1, 1, 3))).toEqual({ ok: false, reason: 'already-filed' });
    expect(await set(null)).toEqual({ ok: false, reason: 'already-filed' });
    expect(await set(dates(-1, 3, 4))).toMatchObject({ ok: true });
  });
});

describe('filing a challenge', () => {
  beforeAll(() => draftWithLists());

  it('answers the same for a DNI on the list and one that nobody has, and shows nobody', async () => {
    const known = nextDni();
    await seedResident(fresh.db, { dni: known, districtCode: '120101' });
    const rows = [await filed(known), await filed(nextDni())];
    expect(rows.map((row) => row.residentId !== null)).toEqual([true, false]);
    const answers = await Promise.all(
      rows.map(async ({ number }) => {
        const state = await matterByNumber(fresh.db, number);
        return { ...state, number: number.length, filedAt: null };
      }),
    );
    expect(answers[1]).toEqual(answers[0]);
    // The public counts follow the filer's own words: the entry is in another district.
    expect(await challengeCounts(fresh.db, ROUND)).toEqual([
      { name: 'El Tambo', filed: 2, accepted: 0, rejected: 0 },
    ]);
  });

  it('is one challenge however often the same person files it, also at the same moment', async () => {
    const who = filer();
    const subject = nextDni();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => fileChallenge(fresh.db, TEST_KEYS, who, about(subject))),
    );
    const numbers = answers.map((answer) => (answer.ok ? answer.value.number : answer.reason));
    expect(new Set(numbers).size).toBe(1);
    expect(numbers[0]).toMatch(/^T-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]$/);
  });

  it('keeps neither DNI nor evidence in the clear', async () => {
    const subject = nextDni();
    const row = await filed(subject);
    const [stored] = await fresh.sql<{ text: string }[]>`
      select t::text as text from roll_challenge t where id = ${row.id}`;
    expect(stored!.text).not.toContain(subject);
    expect(stored!.text).not.toContain('partida');
    expect(openText(TEST_KEYS.people, 'evidence', row.evidenceSealed!)).toContain('partida');
    const trail = await fresh.sql<{ text: string }[]>`select e::text as text from audit_entry e`;
    expect(trail.some(({ text }) => text.includes(subject))).toBe(false);
  });

  it('is refused before the list is out, after the term, and once the round is no draft', async () => {
    await draftWithLists('pp2027-luego', 'later');
    await draftWithLists('pp2027-tarde', 'closed');
    for (const roundId of ['pp2027-luego', 'pp2027-tarde', 'no-such-round']) {
      const answer = await fileChallenge(fresh.db, TEST_KEYS, filer(), about(nextDni(), roundId));
      expect(answer).toEqual({ ok: false, reason: 'lists-closed' });
    }
  });

  it('at the desk needs somebody who may', async () => {
    const officer: StaffActor = { ...oscar, roles: ['technical-team'] };
    const answer = await fileChallenge(
      fresh.db,
      TEST_KEYS,
      { kind: 'desk', dni: nextDni(), officer },
      about(nextDni()),
    );
    expect(answer).toEqual({ ok: false, reason: 'not-allowed' });
  });
});

describe('deciding', () => {
  const input = (id: string, decision: 'accept' | 'reject') => ({ id, decision, reason: REASON });

  it('is never done by who took it down, whatever the code says', async () => {
    const dni = nextDni();
    await seedResident(fresh.db, { dni });
    const row = await filed(dni, { kind: 'desk', dni: nextDni(), officer: oscar });
    expect(await decideMatter(fresh.db, oscar, 'challenge', input(row.id, 'reject'))).toEqual({
      ok: false,
      reason: 'own-filing',
    });
    await expect(
      fresh.sql`update roll_challenge set state = 'rejected', reason = 'x', decided_by = 'oscar',
        decided_at = now() where id = ${row.id}`,
    ).rejects.toThrow('roll_challenge_not_by_who_filed');
  });

  it('takes somebody off the list only through a second person, and leaves them out of the roll', async () => {
    const dni = nextDni();
    const residentId = await seedResident(fresh.db, { dni });
    const row = await filed(dni);
    expect(await decideMatter(fresh.db, oscar, 'challenge', input(row.id, 'accept'))).toMatchObject(
      {
        ok: true,
      },
    );
    const excluded = () =>
      fresh.db.select().from(rollExclusion).where(eq(rollExclusion.residentId, residentId));
    expect(await excluded()).toHaveLength(0);
    expect((await matterByNumber(fresh.db, row.number))?.reason).toBeNull();
    for (const officer of [oscar, olga]) {
      expect(await approve('list.challenge', row.id, officer)).toEqual({
        ok: false,
        reason: 'not-allowed',
      });
    }
    expect(await excluded()).toHaveLength(0);
    expect(await approve('list.challenge', row.id, ana)).toMatchObject({ ok: true });
    expect(await excluded()).toHaveLength(1);
    expect(await matterByNumber(fresh.db, row.number)).toMatchObject({
      state: 'applied',
      reason: REASON,
    });
    expect(await decideMatter(fresh.db, olga, 'challenge', input(row.id, 'reject'))).toEqual({
      ok: false,
      reason: 'already-decided',
    });
  });

  it('of an administrator takes another administrator', async () => {
    const dni = nextDni();
    await seedResident(fresh.db, { dni });
    const row = await filed(dni);
    expect((await decideMatter(fresh.db, ana, 'challenge', input(row.id, 'accept'))).ok).toBe(true);
    expect(await approve('list.challenge', row.id, ana)).toEqual({
      ok: false,
      reason: 'own-request',
    });
  });

  it('of two officers at the same moment one decides', async () => {
    const dni = nextDni();
    await seedResident(fresh.db, { dni });
    const row = await filed(dni);
    const answers = await Promise.all([
      decideMatter(fresh.db, oscar, 'challenge', input(row.id, 'accept')),
      decideMatter(fresh.db, olga, 'challenge', input(row.id, 'reject')),
      decideMatter(fresh.db, ana, 'challenge', input(row.id, 'reject')),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const acts = await fresh.db
      .select({ seq: auditEntry.seq })
      .from(auditEntry)
      .where(
        and(
          eq(auditEntry.subject, `challenge:${row.id}`),
          eq(auditEntry.action, 'list.challenge-decided'),
        ),
      );
    expect(acts).toHaveLength(1);
  });

  it('can be done again after the second person said no', async () => {
    const dni = nextDni();
    await seedResident(fresh.db, { dni });
    const row = await filed(dni);
    await decideMatter(fresh.db, oscar, 'challenge', input(row.id, 'accept'));
    expect(await decideMatter(fresh.db, olga, 'challenge', input(row.id, 'reject'))).toEqual({
      ok: false,
      reason: 'already-decided',
    });
    const [asked] = await fresh.db.select().from(approval).where(eq(approval.subject, row.id));
    await decide(fresh.db, ana, { approvalId: asked!.id, decision: 'declined' });
    expect(await decideMatter(fresh.db, olga, 'challenge', input(row.id, 'reject'))).toMatchObject({
      ok: true,
    });
  });

  it('accepts no challenge of somebody who is not on the list', async () => {
    const row = await filed(nextDni());
    expect(await matterById(fresh.db, TEST_KEYS, 'challenge', row.id)).toMatchObject({
      isListed: false,
      names: null,
    });
    expect(await decideMatter(fresh.db, oscar, 'challenge', input(row.id, 'accept'))).toEqual({
      ok: false,
      reason: 'not-on-list',
    });
  });
});

describe('a round that people ask about', () => {
  it('says whether it verifies by message: otherwise no code comes', async () => {
    const id = 'pp2027-sin-codigos';
    await draftWithLists(id);
    const takesCodes = async () =>
      (await listRounds(fresh.db)).find((one) => one.id === id)?.takesCodes;
    expect(await takesCodes()).toBe(true);
    await fresh.db
      .update(round)
      .set({ channels: ['letter', 'desk'] })
      .where(eq(round.id, id));
    expect(await takesCodes()).toBe(false);
  });
});

describe('opening the round', () => {
  it('is refused while something about its list is undecided or can still be filed', async () => {
    const id = 'pp2027-abrir';
    await draftWithLists(id);
    const open = () => requestOpenRound(fresh.db, ana, { roundId: id });
    expect(await open()).toEqual({ ok: false, reason: 'list-unfinished' });
    const dni = nextDni();
    await seedResident(fresh.db, { dni });
    const answer = await fileChallenge(fresh.db, TEST_KEYS, filer(), about(dni, id));
    if (!answer.ok) throw new Error(answer.reason);
    const past = (hours: number) => new Date(Date.now() - hours * HOUR_MS);
    await fresh.db
      .update(round)
      .set({ listsOpenAt: past(3), challengesCloseAt: past(2), finalAt: past(1) })
      .where(eq(round.id, id));
    expect(await open()).toEqual({ ok: false, reason: 'list-unfinished' });
    const [row] = await fresh.db
      .select()
      .from(rollChallenge)
      .where(eq(rollChallenge.number, answer.value.number));
    const rejected = { id: row!.id, decision: 'reject' as const, reason: REASON };
    expect((await decideMatter(fresh.db, oscar, 'challenge', rejected)).ok).toBe(true);
    expect((await open()).ok).toBe(true);
    // The list does not move any more.
    expect(await decideMatter(fresh.db, olga, 'challenge', rejected)).toEqual({
      ok: false,
      reason: 'round-opened',
    });
    await expect(
      fresh.sql`update round set final_at = final_at + interval '1 minute' where id = ${id}`,
    ).rejects.toThrow('manifest');
    expect(await fresh.db.select().from(rollEntry).where(eq(rollEntry.roundId, id))).toEqual([]);
  });
});
