import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, decide } from '@/lib/approvals/commands';
import type { StaffActor } from '@/lib/auth/actor';
import { issueCredential } from '@/lib/credentials/commands';
import { checkInOnPaper } from '@/lib/credentials/commands/check-in-on-paper';
import {
  blindedValue,
  seedDeskRound,
  seedPaperTable,
  seedStaff,
  TEST_GROUP,
} from '@/lib/credentials/desk.fixture';
import { seedCycle, TEST_KEYS } from '@/lib/rounds/test-round';
import { loadTablet } from '@/lib/tablets/commands/load-tablet';
import { loseTablet } from '@/lib/tablets/commands/lose-tablet';
import { prepareTablet } from '@/lib/tablets/commands/prepare-tablet';
import { closeTablet, syncTablet } from '@/lib/tablets/commands/return-tablet';
import { freshRegistry } from '@/services/supervisor/test-support';
import { createIssuer } from './issuer';
import { ensureIssuerKey } from './keys';

/** The issuer itself, its keys and its count, with tablets, phones and paper around it. */

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let folder: string;
let officer: StaffActor;
let first: StaffActor;
let second: StaffActor;
let issuer: ReturnType<typeof createIssuer>;
let rounds = 0;
let dnis = 51_000_000;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minka-room-'));
  fresh = await freshRegistry(20);
  await seedCycle(fresh.db);
  issuer = createIssuer(fresh.db, folder);
  officer = await seedStaff(fresh.db, 'oficial');
  first = await seedStaff(fresh.db, 'alcaldesa', 'administrator');
  second = await seedStaff(fresh.db, 'secretaria', 'administrator');
});
afterAll(async () => {
  await fresh.drop();
  await rm(folder, { recursive: true });
});

/** An open round of one group of so many people, with a key that the issuer has. */
async function openRound(people: number) {
  const roundId = `cupo-${(rounds += 1)}`;
  const key = await ensureIssuerKey(folder, roundId, TEST_GROUP);
  const list = Array.from({ length: people }, () => String((dnis += 1)));
  const { residents } = await seedDeskRound(
    fresh.db,
    roundId,
    list.map((dni) => ({ dni })),
    { eligible: people, key: key.publicKey },
  );
  return { roundId, list, residents };
}

const prepare = (roundId: string, list: readonly string[]) =>
  prepareTablet(fresh.db, officer, {
    roundId,
    place: 'Local comunal',
    list: list.join('\n'),
    dniKey: TEST_KEYS.dniKey,
  });

/** A tablet with signed vouchers for all of these people. */
async function loaded(roundId: string, list: readonly string[]) {
  const made = await prepare(roundId, list);
  if (!made.ok) throw new Error(made.reason);
  const tablet = { tabletId: made.value.id, device: new Uint8Array(randomBytes(32)) };
  const blinded = list.map(() => ({ group: TEST_GROUP, value: new Uint8Array(blindedValue()) }));
  const load = await loadTablet(fresh.db, issuer, officer, {
    ...tablet,
    blinded,
    boxUrl: 'http://caja',
  });
  if (!load.ok) throw new Error(load.reason);
  return tablet;
}

async function broughtBack(tablet: Awaited<ReturnType<typeof loaded>>, used: number[], of: number) {
  const minutes = {
    checkIns: used.length,
    ballots: used.length,
    vouchers: of,
    head: 'ab'.repeat(32),
  };
  expect((await closeTablet(fresh.db, officer, { ...tablet, minutes })).ok).toBe(true);
  expect((await syncTablet(fresh.db, officer, { ...tablet, used })).ok).toBe(true);
}

const byPhone = async (roundId: string, residentId: string) => {
  const blinded = new Uint8Array(blindedValue());
  const answer = await issueCredential(fresh.db, issuer, { roundId, residentId, blinded });
  return answer.ok ? 'issued' : answer.reason;
};

const rightsOf = async (roundId: string): Promise<number> => {
  const [row] = await fresh.sql<{ rights: number }[]>`
    select count(*)::int as rights from credential where round_id = ${roundId}`;
  return row?.rights ?? 0;
};

describe('a group of which most were reserved to a tablet that nobody used', () => {
  it('votes whole by phone when the tablet is back', async () => {
    const { roundId, list, residents } = await openRound(60);
    const tablet = await loaded(roundId, list.slice(0, 50));
    await broughtBack(tablet, [], 50);
    const answers = await Promise.all(residents.map((resident) => byPhone(roundId, resident)));
    expect(answers.filter((answer) => answer !== 'issued')).toEqual([]);
    expect(await rightsOf(roundId)).toBe(60);
  });

  it('goes to a second tablet with them', async () => {
    const { roundId, list } = await openRound(6);
    await broughtBack(await loaded(roundId, list), [0, 3], 6);
    const again = await prepare(roundId, list);
    expect(again).toMatchObject({ ok: true, value: { reserved: 4 } });
    expect(await prepare(roundId, list)).toEqual({ ok: false, reason: 'nobody-free' });
  });

  it('has one signature more for nobody: what was used stays in the count', async () => {
    const { roundId, list, residents } = await openRound(5);
    await broughtBack(await loaded(roundId, list.slice(0, 3)), [1], 3);
    const answers = await Promise.all(residents.map((resident) => byPhone(roundId, resident)));
    expect(answers.filter((answer) => answer === 'issued')).toHaveLength(4);
    expect(answers.filter((answer) => answer === 'already-issued')).toHaveLength(1);
    const stranger = { round: roundId, group: TEST_GROUP, blinded: new Uint8Array(blindedValue()) };
    expect(await issuer.sign(stranger)).toEqual({ ok: false, reason: 'quota-reached' });
  });
});

describe('a group whose vouchers are on a lost tablet', () => {
  /** Lost in the way to the hall, and everybody set free by two people. */
  async function lostAndFreed(people: number, reserved: number) {
    const round = await openRound(people);
    const { tabletId } = await loaded(round.roundId, round.list.slice(0, reserved));
    await loseTablet(fresh.db, first, {
      tabletId,
      reason: 'Robada',
      attendance: '',
      dniKey: TEST_KEYS.dniKey,
    });
    const asked = await ask(fresh.db, first, {
      kind: 'tablet.release',
      subject: tabletId,
      payload: { held: reserved },
      reason: 'La policía la encontró destruida',
    });
    if (!asked.ok) throw new Error(asked.reason);
    const decided = { approvalId: asked.value, decision: 'approved' } as const;
    expect((await decide(fresh.db, second, decided)).ok).toBe(true);
    return round;
  }

  it('is signed for no more than its people, and whoever is left over votes on paper', async () => {
    const { roundId, residents } = await lostAndFreed(60, 50);
    const answers = await Promise.all(residents.map((resident) => byPhone(roundId, resident)));
    expect(answers.filter((answer) => answer === 'issued')).toHaveLength(10);
    expect(answers.filter((answer) => answer === 'quota-reached')).toHaveLength(50);
    // Refused before anything was taken, however many asked at the same moment.
    expect(await rightsOf(roundId)).toBe(10);
    const tableId = await seedPaperTable(fresh.db, { roundId, number: 1, openedBy: officer.id });
    const refused = residents.filter((_, at) => answers[at] === 'quota-reached');
    for (const residentId of refused) {
      expect((await checkInOnPaper(fresh.db, officer, { residentId, tableId })).ok).toBe(true);
    }
    expect(await rightsOf(roundId)).toBe(60);
  });

  it('gets no tablet that could not be loaded', async () => {
    const { roundId, list } = await lostAndFreed(8, 5);
    expect(await prepare(roundId, list)).toEqual({ ok: false, reason: 'quota-reached' });
    expect(await rightsOf(roundId)).toBe(0);
    expect(await prepare(roundId, list.slice(0, 3))).toMatchObject({ ok: true });
    expect(await prepare(roundId, list.slice(3, 4))).toEqual({
      ok: false,
      reason: 'quota-reached',
    });
  });

  it('keeps the place of a right that was begun and cut', async () => {
    const { roundId, residents } = await lostAndFreed(3, 1);
    const cut = { sign: () => Promise.resolve({ ok: false, reason: 'unavailable' } as const) };
    const begun = { roundId, residentId: residents[1]!, blinded: new Uint8Array(blindedValue()) };
    expect(await issueCredential(fresh.db, cut, begun)).toEqual({
      ok: false,
      reason: 'unavailable',
    });
    expect(await byPhone(roundId, residents[2]!)).toBe('issued');
    expect(await byPhone(roundId, residents[0]!)).toBe('quota-reached');
    expect((await issueCredential(fresh.db, issuer, begun)).ok).toBe(true);
  });
});
