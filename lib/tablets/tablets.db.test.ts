import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask, decide } from '@/lib/approvals/commands';
import type { StaffActor } from '@/lib/auth/actor';
import { issueCredential } from '@/lib/credentials/commands';
import { blindedValue, seedDeskRound, seedStaff, TEST_GROUP } from '@/lib/credentials/desk.fixture';
import type { BlindSigner } from '@/lib/credentials/types';
import { recordNote } from '@/lib/record/format';
import { unsentNotes } from '@/lib/rounds/notes';
import { asSuperuser, seedCycle, TEST_KEYS } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { loadTablet } from './commands/load-tablet';
import { prepareTablet } from './commands/prepare-tablet';
import { loseTablet } from './commands/lose-tablet';
import { closeTablet, syncTablet } from './commands/return-tablet';
import { tabletById, tabletsPending, vouchersAtLarge } from './queries';

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let officer: StaffActor;
let administrator: StaffActor;
let rounds = 0;
let dnis = 50_000_000;

let signed = 0;
const SIGNER: BlindSigner = {
  sign: ({ blinded }) => {
    signed += 1;
    return Promise.resolve({ ok: true, signature: blinded.map((byte) => byte ^ 0xff) });
  },
};
const DEVICE = new Uint8Array(randomBytes(32));
const HEAD = 'ab'.repeat(32);

beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
  officer = await seedStaff(fresh.db, 'oficial');
  administrator = await seedStaff(fresh.db, 'alcaldesa', 'administrator');
});
afterAll(async () => {
  await fresh.drop();
});
beforeEach(() => {
  signed = 0;
});

/** An open round with so many residents of one group, and a tablet prepared for all of them. */
async function prepared(people: number) {
  const roundId = `tableta-${(rounds += 1)}`;
  const list = Array.from({ length: people }, () => String((dnis += 1)));
  const { residents } = await seedDeskRound(
    fresh.db,
    roundId,
    list.map((dni) => ({ dni })),
  );
  const made = await prepareTablet(fresh.db, officer, {
    roundId,
    place: 'Local comunal',
    list: list.join('\n'),
    dniKey: TEST_KEYS.dniKey,
  });
  if (!made.ok) throw new Error(made.reason);
  return { roundId, list, residents, tabletId: made.value.id };
}

async function loaded(people: number) {
  const start = await prepared(people);
  const blinded = start.list.map(() => ({
    group: TEST_GROUP,
    value: new Uint8Array(blindedValue()),
  }));
  const input = { tabletId: start.tabletId, device: DEVICE, blinded, boxUrl: 'http://caja' };
  const load = await loadTablet(fresh.db, SIGNER, officer, input);
  if (!load.ok) throw new Error(load.reason);
  return { ...start, input, load: load.value };
}

const minutes = (checkIns: number, vouchers: number) => ({
  checkIns,
  ballots: checkIns,
  vouchers,
  head: HEAD,
});

const byPhone = (roundId: string, residentId: string) =>
  issueCredential(fresh.db, SIGNER, {
    roundId,
    residentId,
    channel: 'phone',
    blinded: new Uint8Array(blindedValue()),
  });

const statesOf = async (tabletId: string): Promise<string[]> => {
  const rows = await fresh.sql<{ state: string }[]>`
    select state from tablet_resident where tablet_id = ${tabletId} order by state`;
  return rows.map(({ state }) => state);
};

describe('a resident who is reserved to a tablet', () => {
  it('gets nothing by phone until the tablet is back, and then only who did not vote on it', async () => {
    const { roundId, residents, tabletId, load } = await loaded(3);
    for (const residentId of residents) {
      expect(await byPhone(roundId, residentId)).toEqual({ ok: false, reason: 'already-issued' });
    }
    const returned = { tabletId, device: DEVICE };
    await closeTablet(fresh.db, officer, { ...returned, minutes: minutes(1, 3) });
    const synced = await syncTablet(fresh.db, officer, { ...returned, used: [1] });
    expect(synced).toEqual({ ok: true, value: { voted: 1, released: 2 } });
    expect(load.list).toHaveLength(3);
    const answers = await Promise.all(residents.map((resident) => byPhone(roundId, resident)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(2);
  });

  it('is reserved once, by whichever comes first of a phone and two tablets at the same moment', async () => {
    const roundId = `tableta-${(rounds += 1)}`;
    const list = Array.from({ length: 20 }, () => String((dnis += 1)));
    const { residents } = await seedDeskRound(
      fresh.db,
      roundId,
      list.map((dni) => ({ dni })),
    );
    const input = { roundId, place: 'Plaza', list: list.join(' , '), dniKey: TEST_KEYS.dniKey };
    await Promise.all([
      prepareTablet(fresh.db, officer, input),
      prepareTablet(fresh.db, officer, input),
      ...residents.map((residentId) => byPhone(roundId, residentId)),
    ]);
    const [held] = await fresh.sql<{ rights: number; reserved: number }[]>`
      select count(*)::int as rights,
        (select count(*)::int from tablet_resident where round_id = ${roundId}) as reserved
      from credential where round_id = ${roundId}`;
    const [tablets] = await fresh.sql<{ rights: number }[]>`
      select count(*)::int as rights from credential
      where round_id = ${roundId} and channel = 'tablet'`;
    expect(held?.rights).toBe(20);
    expect(held?.reserved).toBe(tablets?.rights);
  });

  it('is named when the list holds strangers, people who voted, and what is no DNI', async () => {
    const { roundId, list, residents } = await prepared(1);
    const more = String((dnis += 1));
    const other = await prepareTablet(fresh.db, officer, {
      roundId,
      place: 'Otra',
      list: [...list, more, 'x'].join('\n'),
      dniKey: TEST_KEYS.dniKey,
    });
    expect(other).toEqual({ ok: false, reason: 'nobody-free' });
    expect(residents).toHaveLength(1);
  });

  it('keeps the right in the database against whoever would delete it', async () => {
    const { roundId } = await prepared(1);
    await expect(fresh.sql`delete from credential where round_id = ${roundId}`).rejects.toThrow(
      /stays given out/,
    );
    await expect(fresh.owner`delete from credential where round_id = ${roundId}`).rejects.toThrow(
      /stays given out/,
    );
  });
});

describe('loading a tablet', () => {
  it('gives the same signatures again to the same device, and signs nothing twice', async () => {
    const { input, load } = await loaded(3);
    expect(signed).toBe(3);
    const again = await loadTablet(fresh.db, SIGNER, officer, input);
    expect(again.ok && again.value.signatures).toEqual(load.signatures);
    expect(signed).toBe(3);
  });

  it.each([
    ['another device', { device: new Uint8Array(randomBytes(32)) }, 'other-device'],
    ['an unknown tablet', { tabletId: 'T-0000' }, 'not-found'],
    [
      'other values than before',
      { blinded: [{ group: TEST_GROUP, value: new Uint8Array(blindedValue()) }] },
      'vouchers-differ',
    ],
    [
      'a value that no key can sign',
      { blinded: [{ group: TEST_GROUP, value: new Uint8Array(256).fill(255) }] },
      'malformed',
    ],
    [
      'a group without a key',
      { blinded: [{ group: 'zona-9', value: new Uint8Array(blindedValue()) }] },
      'malformed',
    ],
  ] as const)('is refused to %s', async (_, change, reason) => {
    const { input } = await loaded(1);
    expect(await loadTablet(fresh.db, SIGNER, officer, { ...input, ...change })).toEqual({
      ok: false,
      reason,
    });
  });

  it('gives exactly as many vouchers as people, however many devices ask at once', async () => {
    const { tabletId, list } = await prepared(2);
    const ask = (people: number) =>
      loadTablet(fresh.db, SIGNER, officer, {
        tabletId,
        device: new Uint8Array(randomBytes(32)),
        blinded: Array.from({ length: people }, () => ({
          group: TEST_GROUP,
          value: new Uint8Array(blindedValue()),
        })),
        boxUrl: 'http://caja',
      });
    expect(await ask(3)).toEqual({ ok: false, reason: 'vouchers-differ' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(list.length)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(signed).toBe(2);
  });
});

describe('bringing a tablet back', () => {
  it('ends in the same state however often and in whatever order it is sent', async () => {
    const { tabletId, roundId } = await loaded(4);
    const returned = { tabletId, device: DEVICE };
    expect(await syncTablet(fresh.db, officer, { ...returned, used: [0] })).toEqual({
      ok: false,
      reason: 'wrong-state',
    });
    expect(await tabletsPending(fresh.db, roundId)).toBe(1);
    for (let time = 0; time < 10; time++) {
      expect(await closeTablet(fresh.db, officer, { ...returned, minutes: minutes(2, 4) })).toEqual(
        {
          ok: true,
          value: null,
        },
      );
      expect(await syncTablet(fresh.db, officer, { ...returned, used: [3, 0] })).toEqual({
        ok: true,
        value: { voted: 2, released: 2 },
      });
    }
    expect(await statesOf(tabletId)).toEqual(['released', 'released', 'voted', 'voted']);
    expect(await tabletsPending(fresh.db, roundId)).toBe(0);
    const [note, ...others] = await unsentNotes(fresh.db, roundId);
    expect(others).toEqual([]);
    expect(recordNote.parse(JSON.parse(note?.text ?? ''))).toMatchObject({
      type: 'tablet-minutes',
      minutes: tabletId,
      checkIns: 2,
      ballots: 2,
      vouchers: 4,
      headSha256: HEAD,
    });
  });

  it('refuses minutes that do not add up, or that differ from the first ones', async () => {
    const { tabletId } = await loaded(2);
    const close = (changes: object) =>
      closeTablet(fresh.db, officer, {
        tabletId,
        device: DEVICE,
        minutes: { ...minutes(1, 2), ...changes },
      });
    for (const wrong of [{ ballots: 2 }, { checkIns: 3, ballots: 3 }, { vouchers: 3 }]) {
      expect(await close(wrong)).toEqual({ ok: false, reason: 'sums-differ' });
    }
    expect((await close({})).ok).toBe(true);
    expect(await close({ head: 'cd'.repeat(32) })).toEqual({ ok: false, reason: 'minutes-differ' });
  });

  it('refuses another list of voters than the minutes allow, or than was sent first', async () => {
    const { tabletId } = await loaded(3);
    await closeTablet(fresh.db, officer, { tabletId, device: DEVICE, minutes: minutes(1, 3) });
    const sync = (used: number[], device = DEVICE) =>
      syncTablet(fresh.db, officer, { tabletId, device, used });
    expect(await sync([0, 1])).toEqual({ ok: false, reason: 'sums-differ' });
    expect(await sync([9])).toEqual({ ok: false, reason: 'unknown-entry' });
    expect(await sync([0], new Uint8Array(32))).toEqual({ ok: false, reason: 'other-device' });
    expect((await sync([0])).ok).toBe(true);
    expect(await sync([1])).toEqual({ ok: false, reason: 'check-ins-differ' });
  });

  it('is an officer’s act', async () => {
    const { tabletId } = await loaded(1);
    const councillor = await seedStaff(fresh.db, `regidor-${tabletId}`, 'councillor');
    const returned = { tabletId, device: DEVICE };
    const refused = { ok: false, reason: 'not-allowed' };
    expect(
      await closeTablet(fresh.db, councillor, { ...returned, minutes: minutes(0, 1) }),
    ).toEqual(refused);
    expect(await syncTablet(fresh.db, councillor, { ...returned, used: [] })).toEqual(refused);
  });
});

describe('a tablet that is lost', () => {
  const lose = (tabletId: string, actor: StaffActor, reason: string, attendance = '') =>
    loseTablet(fresh.db, actor, { tabletId, reason, attendance, dniKey: TEST_KEYS.dniKey });

  it('leaves those on the attendance sheet as voters and keeps the others reserved: its vouchers still work', async () => {
    const { tabletId, list, roundId, residents } = await loaded(3);
    expect(await lose(tabletId, officer, 'Cayó al río')).toEqual({
      ok: false,
      reason: 'not-allowed',
    });
    expect(await lose(tabletId, administrator, ' ')).toEqual({
      ok: false,
      reason: 'reason-missing',
    });
    expect(await lose(tabletId, administrator, 'Cayó al río', list[0])).toEqual({
      ok: true,
      value: { voted: 1, released: 0, held: 2 },
    });
    expect(await lose(tabletId, administrator, 'Otra vez')).toEqual({
      ok: false,
      reason: 'wrong-state',
    });
    for (const resident of residents) {
      expect(await byPhone(roundId, resident)).toEqual({ ok: false, reason: 'already-issued' });
    }
    expect(await vouchersAtLarge(fresh.db, tabletId)).toBe(2);
    expect(await tabletById(fresh.db, tabletId)).toMatchObject({ state: 'lost', reserved: 2 });
    // Found again in a drawer: nothing of it counts any more.
    const found = { tabletId, device: DEVICE };
    expect(await closeTablet(fresh.db, officer, { ...found, minutes: minutes(3, 3) })).toEqual({
      ok: false,
      reason: 'wrong-state',
    });
  });

  it('sets everybody free at once while it was only prepared: nothing of it can be used', async () => {
    const { tabletId, roundId, residents } = await prepared(2);
    expect(await lose(tabletId, administrator, 'No hubo asamblea')).toEqual({
      ok: true,
      value: { voted: 0, released: 2, held: 0 },
    });
    for (const resident of residents) expect((await byPhone(roundId, resident)).ok).toBe(true);
  });

  it('sets the others free by two people who know the risk, and by nobody alone', async () => {
    const { tabletId, roundId, residents, list } = await loaded(3);
    const second = await seedStaff(fresh.db, `segunda-${tabletId}`, 'administrator');
    const release = (actor: StaffActor, held: number) =>
      ask(fresh.db, actor, {
        kind: 'tablet.release',
        subject: tabletId,
        payload: { held },
        reason: 'El equipo se quemó en el local',
      });
    expect(await release(administrator, 3)).toEqual({ ok: false, reason: 'wrong-state' });
    await lose(tabletId, administrator, 'Se quemó', list[2]);
    expect(await release(officer, 2)).toEqual({ ok: false, reason: 'not-allowed' });
    expect(await release(administrator, 3)).toEqual({ ok: false, reason: 'changed-since' });
    const asked = await release(administrator, 2);
    if (!asked.ok) throw new Error(asked.reason);
    const yes = { approvalId: asked.value, decision: 'approved' } as const;
    expect(await decide(fresh.db, administrator, yes)).toEqual({
      ok: false,
      reason: 'own-request',
    });
    expect(await statesOf(tabletId)).toEqual(['reserved', 'reserved', 'voted']);
    expect(await decide(fresh.db, second, yes)).toEqual({ ok: true, value: null });
    expect(await statesOf(tabletId)).toEqual(['released', 'released', 'voted']);
    const answers = await Promise.all(residents.map((resident) => byPhone(roundId, resident)));
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, false]);
    // Out there they stay, whoever was set free.
    expect(await vouchersAtLarge(fresh.db, tabletId)).toBe(2);
    expect(await release(administrator, 2)).toEqual({ ok: false, reason: 'wrong-state' });
  });

  it('sets nobody free once voting is over', async () => {
    const { tabletId, roundId } = await loaded(1);
    await lose(tabletId, administrator, 'Robada');
    await asSuperuser(
      fresh.owner,
      (sql) => sql`update round set closes_at = now() where id = ${roundId}`,
    );
    expect(
      await ask(fresh.db, administrator, {
        kind: 'tablet.release',
        subject: tabletId,
        payload: { held: 1 },
        reason: 'Robada',
      }),
    ).toEqual({ ok: false, reason: 'wrong-state' });
  });
});
