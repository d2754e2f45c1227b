import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectRegistry } from '@/db/registry/client';
import { seedCycle } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { issueCredential } from './commands';
import { checkInOnPaper } from './commands/check-in-on-paper';
import { blindedValue, seedDeskRound, seedPaperTable, seedStaff } from './desk.fixture';
import type { BlindSigner } from './types';

type Fresh = Awaited<ReturnType<typeof freshRegistry>>;

const SIGNER: BlindSigner = {
  sign: () => Promise.resolve({ ok: true, signature: new Uint8Array(randomBytes(256)) }),
};
const EACH = 500;
const CONNECTIONS = 12;
type Database = Fresh['db'];

let fresh: Fresh;
let round = 0;
let dnis = 40_000_000;

async function start(to: Fresh) {
  const roundId = `derecho-${String((round += 1))}`;
  const officer = await seedStaff(to.db, `oficial-${roundId}`);
  const { residents } = await seedDeskRound(to.db, roundId, [{ dni: String((dnis += 1)) }]);
  const residentId = residents[0]!;
  const tableId = await seedPaperTable(to.db, { roundId, number: 1, openedBy: officer.id });
  return { roundId, officer, residentId, tableId };
}

/** Every way at once over connections of its own, so that none waits until another is done. */
async function askEverywhere(to: Fresh, of: Awaited<ReturnType<typeof start>>) {
  const { roundId, residentId, tableId, officer } = of;
  const pools = Array.from({ length: 3 }, () => connectRegistry(to.url, CONNECTIONS));
  const [phone, desk, paper] = pools.map(({ db }) => db) as [Database, Database, Database];
  // All connections are up before the race, or whoever has the first one would run it alone.
  await Promise.all(
    pools.flatMap(({ sql }) => Array.from({ length: CONNECTIONS }, () => sql`select 1`)),
  );
  const issue = (db: Database, channel: 'phone' | 'desk') =>
    issueCredential(db, SIGNER, { roundId, residentId, channel, blinded: blindedValue() });
  const answers = await Promise.allSettled(
    Array.from({ length: EACH }, () => [
      issue(phone, 'phone'),
      issue(desk, 'desk'),
      checkInOnPaper(paper, officer, { residentId, tableId }),
    ]).flat(),
  );
  await Promise.all(pools.map(({ sql }) => sql.end({ timeout: 5 })));
  const rows = await to.sql<{ channel: string }[]>`
    select channel from credential where round_id = ${roundId} and resident_id = ${residentId}`;
  const stubs = await to.sql<{ stub: number }[]>`
    select stub from paper_check_in where resident_id = ${residentId}`;
  const first = answers.filter(
    ({ status, ...rest }) =>
      status === 'fulfilled' &&
      'value' in rest &&
      rest.value.ok &&
      !('isRepeated' in rest.value.value && rest.value.value.isRepeated),
  );
  return { rows, stubs, won: first.length, failed: answers.filter((a) => a.status === 'rejected') };
}

beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
});
afterAll(() => fresh.drop());

describe('one right per resident and round', () => {
  it('500 by phone, 500 at the desk and 500 on paper at once: exactly one gets it', async () => {
    const of = await start(fresh);
    const { rows, stubs, won, failed } = await askEverywhere(fresh, of);
    expect(failed).toEqual([]);
    expect(rows).toHaveLength(1);
    expect(won).toBe(1);
    expect(stubs).toHaveLength(rows[0]?.channel === 'paper' ? 1 : 0);
  });

  it('without the primary key more than one gets it: the key is what keeps the promise', async () => {
    const unguarded = await freshRegistry();
    try {
      await seedCycle(unguarded.db);
      const of = await start(unguarded);
      await unguarded.owner`alter table credential drop constraint credential_one_per_resident cascade`;
      const { rows } = await askEverywhere(unguarded, of);
      expect(rows.length).toBeGreaterThan(1);
    } finally {
      await unguarded.drop();
    }
  });

  it('who activated by phone gets no paper, and the officer reads why', async () => {
    const { roundId, officer, residentId, tableId } = await start(fresh);
    const blinded = blindedValue();
    const issued = await issueCredential(fresh.db, SIGNER, { roundId, residentId, blinded });
    expect(issued.ok).toBe(true);
    expect(await checkInOnPaper(fresh.db, officer, { residentId, tableId })).toEqual({
      ok: false,
      reason: 'taken-phone',
    });
  });

  it('who took paper activates nowhere, and the same table gives the same stub again', async () => {
    const { roundId, officer, residentId, tableId } = await start(fresh);
    const checkIn = () => checkInOnPaper(fresh.db, officer, { residentId, tableId });
    expect(await checkIn()).toEqual({ ok: true, value: { stub: 1, isRepeated: false } });
    expect(await checkIn()).toEqual({ ok: true, value: { stub: 1, isRepeated: true } });
    for (const channel of ['phone', 'desk'] as const) {
      const blinded = blindedValue();
      expect(
        await issueCredential(fresh.db, SIGNER, { roundId, residentId, channel, blinded }),
      ).toEqual({ ok: false, reason: 'already-issued' });
    }
    const another = await seedPaperTable(fresh.db, { roundId, number: 2, openedBy: officer.id });
    expect(await checkInOnPaper(fresh.db, officer, { residentId, tableId: another })).toEqual({
      ok: false,
      reason: 'taken-paper',
    });
  });

  it('a credential says by which way it was issued, and only paper has nothing signed', async () => {
    const { roundId, residentId } = await start(fresh);
    const of = { roundId, residentId, channel: 'desk' as const, blinded: blindedValue() };
    expect((await issueCredential(fresh.db, SIGNER, of)).ok).toBe(true);
    const [row] = await fresh.sql`select channel from credential where resident_id = ${residentId}`;
    expect(row?.['channel']).toBe('desk');
    const other = await start(fresh);
    const insert = (channel: string, blinded: Buffer | null) =>
      fresh.sql`insert into credential values
        (${other.roundId}, ${other.residentId}, '120114', ${channel}, ${blinded}, null, current_date)`;
    await expect(insert('paper', Buffer.alloc(32))).rejects.toThrow(
      'credential_signed_unless_paper',
    );
    await expect(insert('phone', null)).rejects.toThrow('credential_signed_unless_paper');
    await expect(insert('pigeon', null)).rejects.toThrow('credential_channel_known');
  });

  it('only an officer checks anybody in', async () => {
    const { residentId, tableId } = await start(fresh);
    const other = await seedStaff(fresh.db, 'regidora-papel', 'councillor');
    for (const actor of [other, { kind: 'operator' } as const]) {
      expect(await checkInOnPaper(fresh.db, actor, { residentId, tableId })).toEqual({
        ok: false,
        reason: 'not-allowed',
      });
    }
  });

  it('a table gives paper to its own group, and no more papers than it has', async () => {
    const roundId = `derecho-${String((round += 1))}`;
    const officer = await seedStaff(fresh.db, `oficial-${roundId}`);
    const people = Array.from({ length: 102 }, (_, nth) => ({
      dni: String((dnis += 1)),
      districtCode: nth === 0 ? '120101' : '120114',
    }));
    const { residents } = await seedDeskRound(fresh.db, roundId, people);
    const tableId = await seedPaperTable(fresh.db, { roundId, number: 1, openedBy: officer.id });
    const reasons: string[] = [];
    for (const residentId of residents) {
      const answer = await checkInOnPaper(fresh.db, officer, { residentId, tableId });
      reasons.push(answer.ok ? String(answer.value.stub) : answer.reason);
    }
    expect(reasons[0]).toBe('other-group');
    expect(reasons.slice(1, 101)).toEqual(Array.from({ length: 100 }, (_, n) => String(n + 1)));
    expect(reasons[101]).toBe('no-papers-left');
    // The refusal undid the taking: this resident still votes some other way.
    const last = residents[101]!;
    const blinded = blindedValue();
    expect(
      (await issueCredential(fresh.db, SIGNER, { roundId, residentId: last, blinded })).ok,
    ).toBe(true);
  });
});
