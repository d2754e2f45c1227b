import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staff, tablet, tabletResident } from '@/db/registry/schema';
import { seedCycle, seedOpenRound, seedResident } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { ownRight } from './own-right';
import { takeRight, type Channel } from './right';

type Fresh = Awaited<ReturnType<typeof freshRegistry>>;
let fresh: Fresh;
const ROUND = 'pp2027-derecho';
let dnis = 41_000_000;

beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
  await seedOpenRound(fresh.db, { id: ROUND, residents: [], manifest: '{}', manifestHash: 'hash' });
});
afterAll(async () => {
  await fresh.drop();
});

const someone = (): Promise<string> => seedResident(fresh.db, { dni: String((dnis += 1)) });

describe('whether a right was used', () => {
  it('says that it is free', async () => {
    const residentId = await someone();
    expect(await ownRight(fresh.db, { roundId: ROUND, residentId })).toBeNull();
  });

  it.each<[Channel, boolean]>([
    ['phone', false],
    ['desk', false],
    ['paper', true],
    ['tablet', false],
  ])('says %s and the day in Lima, and nothing that is finer than a day', async (channel, done) => {
    const residentId = await someone();
    const of = { roundId: ROUND, residentId };
    const blindedHash = channel === 'paper' ? null : Buffer.alloc(32, residentId);
    await takeRight(fresh.db, { ...of, groupId: '120101', channel, blindedHash });
    const [clock] = await fresh.sql<{ day: string }[]>`
      select to_char(now() at time zone 'America/Lima', 'YYYY-MM-DD') as day`;
    expect(await ownRight(fresh.db, of)).toEqual({ channel, day: clock?.day, isComplete: done });
  });

  it('is complete once the issuer has signed', async () => {
    const residentId = await someone();
    const of = { roundId: ROUND, residentId };
    const right = { ...of, groupId: '120101', channel: 'phone' as const };
    await takeRight(fresh.db, { ...right, blindedHash: Buffer.alloc(32, residentId) });
    await fresh.sql`update credential set blind_signature = ${Buffer.alloc(256, 1)}
      where round_id = ${ROUND} and resident_id = ${residentId}`;
    expect(await ownRight(fresh.db, of)).toMatchObject({ isComplete: true });
  });

  it('is used on a tablet once that is back and says so', async () => {
    const residentId = await someone();
    const of = { roundId: ROUND, residentId };
    await takeRight(fresh.db, { ...of, groupId: '120101', channel: 'tablet', blindedHash: null });
    await fresh.db
      .insert(staff)
      .values({ id: 'own-right', displayName: 'Prueba', email: 'p@minka.pe' });
    const device = { roundId: ROUND, place: 'Plaza', createdBy: 'own-right' };
    const listSalt = Buffer.alloc(16);
    const reserved = { ...of, groupId: '120101', listIndex: 0, listHash: Buffer.alloc(32) };
    for (const [id, state] of [
      ['T-1', 'released'],
      ['T-2', 'reserved'],
    ] as const) {
      await fresh.db.insert(tablet).values({ ...device, id, state: 'prepared', listSalt });
      await fresh.db.insert(tabletResident).values({ ...reserved, tabletId: id, state });
    }
    expect(await ownRight(fresh.db, of)).toMatchObject({ channel: 'tablet', isComplete: false });
    await fresh.sql`update tablet_resident set state = 'voted'
      where tablet_id = 'T-2' and resident_id = ${residentId}`;
    expect(await ownRight(fresh.db, of)).toMatchObject({ channel: 'tablet', isComplete: true });
  });

  it('says nothing of another resident or of another round', async () => {
    const residentId = await someone();
    const right = { roundId: ROUND, residentId, groupId: '120101', channel: 'paper' as const };
    await takeRight(fresh.db, { ...right, blindedHash: null });
    expect(await ownRight(fresh.db, { roundId: 'otra', residentId })).toBeNull();
    const other = await someone();
    expect(await ownRight(fresh.db, { roundId: ROUND, residentId: other })).toBeNull();
  });
});
