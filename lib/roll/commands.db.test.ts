import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { round, verificationAttempt, voterSession } from '@/db/registry/schema';
import {
  asSuperuser,
  seedCycle,
  seedOpenRound,
  seedResident,
  TEST_KEYS,
} from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { confirmCode, requestCode } from './commands';
import { attemptByToken, voterBySession } from './queries';
import { hashDni, hashToken, openPhone } from './secrets';

type Fresh = Awaited<ReturnType<typeof freshRegistry>>;
let fresh: Fresh;
const ROUND = 'pp2027-prueba';
let dnis = 40_000_000;
const nextDni = () => String((dnis += 1));

beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
  await seedOpenRound(fresh.db, {
    id: ROUND,
    residents: [],
    manifest: '{}',
    manifestHash: 'hash',
  });
});
afterAll(async () => {
  await fresh.drop();
});

async function eligible(phone: string | null = '964000111'): Promise<{ dni: string; id: string }> {
  const dni = nextDni();
  const id = await seedResident(fresh.db, { dni, phone });
  await asSuperuser(
    fresh.owner,
    (sql) => sql`insert into roll_entry (round_id, resident_id, district_code)
      values (${ROUND}, ${id}, '120114')`,
  );
  return { dni, id };
}

async function request(dni: string) {
  const answer = await requestCode(fresh.db, TEST_KEYS, { roundId: ROUND, dni });
  if (!answer.ok) throw new Error(`refused: ${answer.reason}`);
  return answer.value;
}

const otherThan = (code: string) => (code === '000000' ? '000001' : '000000');

async function attemptRow(token: string) {
  const [row] = await fresh.db
    .select()
    .from(verificationAttempt)
    .where(eq(verificationAttempt.tokenHash, hashToken(token)));
  return row!;
}

describe('asking for a code', () => {
  it('an unknown DNI, one not on the round’s roll and an eligible one leave the same traces', async () => {
    const known = await eligible();
    const notOnRoll = nextDni();
    await seedResident(fresh.db, { dni: notOnRoll });
    const answers = [await request(known.dni), await request(notOnRoll), await request(nextDni())];

    const shapes = await Promise.all(
      answers.map(async (answer) => {
        const row = await attemptRow(answer.attemptToken);
        return {
          keys: Object.keys(answer).sort(),
          token: answer.attemptToken.length,
          code: /^\d{6}$/.test(answer.code),
          tries: row.tries,
          hashBytes: row.codeHash.length,
          lifetimeMs: row.expiresAt.getTime() - row.createdAt.getTime(),
          seen: await attemptByToken(fresh.db, answer.attemptToken),
        };
      }),
    );
    expect(shapes[1]).toEqual(shapes[0]);
    expect(shapes[2]).toEqual(shapes[0]);
    expect(shapes[0]!.lifetimeMs).toBe(10 * 60 * 1000);
    expect(answers.map((answer) => answer.phoneSealed !== null)).toEqual([true, false, false]);
    expect(openPhone(TEST_KEYS.people, answers[0]!.phoneSealed!)).toBe('964000111');
  });

  it('neither the DNI, the code nor the token is stored', async () => {
    const { dni } = await eligible();
    const answer = await request(dni);
    const stored = JSON.stringify(
      await fresh.sql`select encode(token_hash, 'escape') as t, encode(dni_hash, 'escape') as d,
        encode(code_hash, 'escape') as c from verification_attempt
        where token_hash = ${hashToken(answer.attemptToken)}`,
    );
    expect(stored).not.toContain(dni);
    expect(stored).not.toContain(answer.code);
    expect(stored).not.toContain(answer.attemptToken);
  });

  it.each([
    ['a DNI on the roll', true],
    ['an unknown DNI', false],
  ])('thirty parallel requests for %s make ten codes and no more', async (_name, onRoll) => {
    const dni = onRoll ? (await eligible()).dni : nextDni();
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => requestCode(fresh.db, TEST_KEYS, { roundId: ROUND, dni })),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(10);
    expect(answers.filter((a) => !a.ok && a.reason === 'too-many-codes')).toHaveLength(20);
    const rows = await fresh.db
      .select({ id: verificationAttempt.tokenHash })
      .from(verificationAttempt)
      .where(eq(verificationAttempt.dniHash, hashDni(TEST_KEYS.dniKey, dni)));
    expect(rows).toHaveLength(10);
  });

  it('no code is made for a round that is not open, or past its closing by the database’s clock', async () => {
    const { dni } = await eligible();
    await fresh.db.insert(round).values({
      id: 'past',
      cycleId: 'pp2027',
      screenCode: 'PAST',
      nameEs: 'x',
      nameEn: 'x',
      state: 'open',
      opensAt: new Date('2020-01-01T00:00:00Z'),
      closesAt: new Date('2020-01-02T00:00:00Z'),
      livePolicy: 'at-close',
      manifest: '{}',
      manifestHash: 'x',
    });
    for (const roundId of ['past', 'nowhere']) {
      const answer = await requestCode(fresh.db, TEST_KEYS, { roundId, dni });
      expect(answer).toEqual({ ok: false, reason: 'round-not-open' });
    }
    // Whether one's right was used may be asked for after the closing, not of a draft or of nothing.
    const purpose = 'right';
    expect(await requestCode(fresh.db, TEST_KEYS, { roundId: 'past', dni, purpose })).toMatchObject(
      { ok: true },
    );
    await asSuperuser(
      fresh.owner,
      (sql) => sql`update round set state = 'draft', manifest = null, manifest_hash = null
        where id = 'past'`,
    );
    for (const roundId of ['past', 'nowhere']) {
      const answer = await requestCode(fresh.db, TEST_KEYS, { roundId, dni, purpose });
      expect(answer).toEqual({ ok: false, reason: 'round-not-open' });
    }
  });
});

describe('confirming a code', () => {
  it('the right code opens a session for that resident and round', async () => {
    const { dni, id } = await eligible();
    const { attemptToken, code } = await request(dni);
    const answer = await confirmCode(fresh.db, TEST_KEYS, { attemptToken, code });
    if (!answer.ok) throw new Error(answer.reason);
    expect(await voterBySession(fresh.db, answer.value.sessionToken)).toEqual({
      roundId: ROUND,
      residentId: id,
      districtCode: '120114',
      channel: 'phone',
    });
    expect(await voterBySession(fresh.db, 'another')).toBeNull();
  });

  it('a code works once, also when it is sent twenty times at the same moment', async () => {
    const { dni, id } = await eligible();
    const { attemptToken, code } = await request(dni);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => confirmCode(fresh.db, TEST_KEYS, { attemptToken, code })),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const again = await confirmCode(fresh.db, TEST_KEYS, { attemptToken, code });
    expect(again).toEqual({ ok: false, reason: 'already-used' });
    const sessions = await fresh.db
      .select({ id: voterSession.residentId })
      .from(voterSession)
      .where(eq(voterSession.residentId, id));
    expect(sessions).toHaveLength(1);
  });

  it('of a hundred parallel guesses at most five are evaluated, and the right code is then refused', async () => {
    const { dni } = await eligible();
    const { attemptToken, code } = await request(dni);
    const guess = otherThan(code);
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        confirmCode(fresh.db, TEST_KEYS, { attemptToken, code: guess }),
      ),
    );
    const reasons = answers.map((answer) => (answer.ok ? 'ok' : answer.reason));
    expect(reasons.filter((reason) => reason === 'wrong-code')).toHaveLength(4);
    expect(reasons.filter((reason) => reason === 'too-many-tries')).toHaveLength(96);
    expect((await attemptRow(attemptToken)).tries).toBe(5);
    expect(await confirmCode(fresh.db, TEST_KEYS, { attemptToken, code })).toEqual({
      ok: false,
      reason: 'too-many-tries',
    });
  });

  it('a code past its ten minutes by the database’s clock is refused', async () => {
    const { dni } = await eligible();
    const { attemptToken, code } = await request(dni);
    await fresh.db
      .update(verificationAttempt)
      .set({ expiresAt: sql`now() - interval '1 millisecond'` })
      .where(eq(verificationAttempt.tokenHash, hashToken(attemptToken)));
    expect(await confirmCode(fresh.db, TEST_KEYS, { attemptToken, code })).toEqual({
      ok: false,
      reason: 'expired',
    });
    expect((await attemptRow(attemptToken)).tries).toBe(0);
  });

  it('the code of one browser does not open another browser’s attempt for the same DNI', async () => {
    const { dni } = await eligible();
    const mine = await request(dni);
    const theirs = await request(dni);
    const answer = await confirmCode(fresh.db, TEST_KEYS, {
      attemptToken: theirs.attemptToken,
      code: mine.code === theirs.code ? otherThan(mine.code) : mine.code,
    });
    expect(answer).toEqual({ ok: false, reason: 'wrong-code' });
  });

  it('even the right code of an unknown DNI answers like a wrong one', async () => {
    const { attemptToken, code } = await request(nextDni());
    expect(await confirmCode(fresh.db, TEST_KEYS, { attemptToken, code })).toEqual({
      ok: false,
      reason: 'wrong-code',
    });
  });

  it('a cookie nobody was given is refused', async () => {
    expect(
      await confirmCode(fresh.db, TEST_KEYS, { attemptToken: 'made-up', code: '123456' }),
    ).toEqual({ ok: false, reason: 'no-attempt' });
  });

  it('a session ends by the database’s clock', async () => {
    const { dni } = await eligible();
    const { attemptToken, code } = await request(dni);
    const answer = await confirmCode(fresh.db, TEST_KEYS, { attemptToken, code });
    if (!answer.ok) throw new Error(answer.reason);
    await fresh.db
      .update(voterSession)
      .set({ expiresAt: sql`now()` })
      .where(eq(voterSession.tokenHash, hashToken(answer.value.sessionToken)));
    expect(await voterBySession(fresh.db, answer.value.sessionToken)).toBeNull();
  });
});
