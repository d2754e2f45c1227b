import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  resident,
  rollExclusion,
  round,
  verificationAttempt,
  voterSession,
} from '@/db/registry/schema';
import { attemptByToken, voterBySession } from '@/lib/roll/queries';
import { hashDni, hashToken } from '@/lib/roll/secrets';
import { seedCycle, seedOpenRound, seedResident, TEST_KEYS } from '@/lib/rounds/test-round';
import { smsCodes } from '@/lib/verification/codes';
import { freshRegistry } from '@/services/supervisor/test-support';
import { personBySession, standing } from './person';

const LISTED = 'pp2027-con-lista';
const OPEN = 'pp2027-abierta';
const HOUR_MS = 60 * 60 * 1000;
let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let dnis = 50_000_000;
const nextDni = () => String((dnis += 1));
let onOpenRound = '';

beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
  onOpenRound = await seedResident(fresh.db, { dni: nextDni() });
  await seedOpenRound(fresh.db, {
    id: OPEN,
    residents: [{ id: onOpenRound, districtCode: '120101' }],
    manifest: '{}',
    manifestHash: 'x',
  });
  const at = Date.now();
  const hours = (n: number) => new Date(at + n * HOUR_MS);
  await fresh.db.insert(round).values(
    [
      { id: LISTED, lists: [-1, 2, 3] as const },
      { id: 'pp2027-sin-lista', lists: null },
      { id: 'pp2027-despues', lists: [1, 2, 3] as const },
    ].map(({ id, lists }) => ({
      id,
      cycleId: 'pp2027',
      screenCode: id.slice(-8).toUpperCase(),
      nameEs: id,
      nameEn: id,
      state: 'draft' as const,
      opensAt: hours(5),
      closesAt: hours(6),
      livePolicy: 'at-close' as const,
      listsOpenAt: lists === null ? null : hours(lists[0]),
      challengesCloseAt: lists === null ? null : hours(lists[1]),
      finalAt: lists === null ? null : hours(lists[2]),
    })),
  );
});
afterAll(async () => {
  await fresh.drop();
});

let said = '';
const channel = () =>
  smsCodes(fresh.db, TEST_KEYS, (code) => {
    said = code;
    return code;
  });
const start = (dni: string, roundId = LISTED) =>
  channel().start({ roundId, purpose: 'person', dni });

/** What the database has after somebody asked: the same for everybody, or it tells. */
async function traces(dni: string) {
  const started = await start(dni);
  if (!started.ok) throw new Error(started.reason);
  const { attemptToken, messageId, goTo } = started.value;
  const [attempt] = await fresh.db
    .select()
    .from(verificationAttempt)
    .where(eq(verificationAttempt.tokenHash, hashToken(attemptToken)));
  const [message] = await fresh.sql<{ bytes: number; minutes: number }[]>`
    select octet_length(payload_sealed) as bytes,
      extract(epoch from expires_at - created_at)::int / 60 as minutes
    from sms_message where id = ${messageId}`;
  return {
    token: attemptToken.length,
    goTo,
    message,
    attempt: {
      round: attempt!.roundId,
      tries: attempt!.tries,
      code: attempt!.codeHash.length,
      lifetimeMs: attempt!.expiresAt.getTime() - attempt!.createdAt.getTime(),
    },
    page: await attemptByToken(fresh.db, attemptToken),
  };
}

describe('asking whether one is on the roll', () => {
  it('T10: writes and answers the same for DNIs on the list, off it, without a phone and of nobody', async () => {
    const [listed, left, mute] = [nextDni(), nextDni(), nextDni()];
    await seedResident(fresh.db, { dni: listed });
    const gone = await seedResident(fresh.db, { dni: left });
    await fresh.db.update(resident).set({ leftAt: new Date() }).where(eq(resident.id, gone));
    await seedResident(fresh.db, { dni: mute, phone: null });
    const [first, ...others] = [
      await traces(listed),
      await traces(left),
      await traces(mute),
      await traces(nextDni()),
    ];
    for (const other of others) expect(other).toEqual(first);
    expect(first.message?.bytes).toBeGreaterThan(300);
  });

  it('is possible once the list is out, and not before', async () => {
    for (const roundId of ['pp2027-sin-lista', 'pp2027-despues', 'no-such-round']) {
      expect(await start(nextDni(), roundId)).toEqual({ ok: false, reason: 'round-not-open' });
    }
    expect((await start(nextDni(), OPEN)).ok).toBe(true);
  });

  it('answers after the code alone: on the list with the district, or not', async () => {
    const dni = nextDni();
    const residentId = await seedResident(fresh.db, { dni, districtCode: '120130' });
    const started = await start(dni);
    if (!started.ok) throw new Error(started.reason);
    const checked = await channel().check(started.value.attemptToken, said);
    if (!checked.ok) throw new Error(checked.reason);
    const person = await personBySession(fresh.db, checked.value.sessionToken);
    expect(person).toEqual({
      residentId,
      roundId: LISTED,
      dniHash: hashDni(TEST_KEYS.dniKey, dni),
    });
    expect(await standing(fresh.db, person!)).toEqual({ districtCode: '120130' });
    // The session of somebody who asked about herself votes nowhere: no roll has her yet.
    expect(await voterBySession(fresh.db, checked.value.sessionToken)).toBeNull();
    expect(await standing(fresh.db, { residentId, roundId: OPEN })).toBeNull();
    expect(await standing(fresh.db, { residentId: onOpenRound, roundId: OPEN })).toEqual({
      districtCode: '120101',
    });
    const [challenge] = await fresh.sql<{ id: string }[]>`
      insert into roll_challenge (number, round_id, kind, district_code)
      values ('T-X', ${LISTED}, 'other', '120130') returning id`;
    await fresh.db
      .insert(rollExclusion)
      .values({ roundId: LISTED, residentId, challengeId: challenge!.id });
    expect(await standing(fresh.db, person!)).toBeNull();
    await fresh.db
      .update(voterSession)
      .set({ expiresAt: new Date(0) })
      .where(eq(voterSession.residentId, residentId));
    expect(await personBySession(fresh.db, checked.value.sessionToken)).toBeNull();
  });
});
