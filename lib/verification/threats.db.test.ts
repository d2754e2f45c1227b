import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schema from '@/db/registry/schema';
import { smsMessage, verificationAttempt, voterSession } from '@/db/registry/schema';
import { limitsOver } from '@/lib/limits/store';
import { openText } from '@/lib/roll/person-crypto';
import { hashDni, hashPhone, sealPhone } from '@/lib/roll/secrets';
import {
  asSuperuser,
  seedCycle,
  seedOpenRound,
  seedResident,
  TEST_KEYS,
} from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { letterCodes, smsCodes } from './codes';

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
const ROUND = 'pp2027-amenazas';
let dnis = 41_000_000;

beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
  await fresh.sql`insert into staff (id, display_name, email) values ('olga', 'Olga', 'o@x.pe')`;
  await seedOpenRound(fresh.db, { id: ROUND, residents: [], manifest: '{}', manifestHash: 'hash' });
});
afterAll(async () => {
  await fresh.drop();
});

async function onRoll(phone: string): Promise<string> {
  const dni = String((dnis += 1));
  const id = await seedResident(fresh.db, { dni, phone });
  await asSuperuser(
    fresh.owner,
    (tx) => tx`insert into roll_entry (round_id, resident_id, district_code)
      values (${ROUND}, ${id}, '120114')`,
  );
  return dni;
}

const smsOf = (db: typeof fresh.db) => smsCodes(db, TEST_KEYS, (code) => `Tu código es ${code}`);
const letterOf = (db: typeof fresh.db) => letterCodes(db, TEST_KEYS);
const channel = () => smsOf(fresh.db);

async function asked(dni: string, by = channel()) {
  const started = await by.start({ roundId: ROUND, purpose: 'vote', dni });
  if (!started.ok) throw new Error(started.reason);
  return started.value;
}

describe('T8: ten thousand guesses from a hundred addresses', () => {
  it('at most five are looked at per code, and the right one among them late opens nothing', async () => {
    const { attemptToken } = await asked(await onRoll('964100001'));
    const limits = limitsOver(fresh.db, { secret: 's'.repeat(32), factor: 1 });
    const reasons = new Map<string, number>();
    const guess = async (nth: number): Promise<void> => {
      const spent = await limits.spend('code-check', `203.0.113.${String(nth % 100)}`);
      const code = String(nth % 10_000).padStart(6, '0');
      const answer = spent.ok ? await channel().check(attemptToken, code) : null;
      const reason = answer === null ? 'limited' : answer.ok ? 'opened' : answer.reason;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    };
    for (let from = 0; from < 10_000; from += 500) {
      await Promise.all(Array.from({ length: 500 }, (_, at) => guess(from + at)));
    }
    const [row] = await fresh.db
      .select({ tries: verificationAttempt.tries })
      .from(verificationAttempt)
      .where(sql`${verificationAttempt.residentId} is not null`);
    expect(row!.tries).toBe(5);
    expect(reasons.get('wrong-code')).toBe(4);
    expect(reasons.get('opened')).toBeUndefined();
    expect((reasons.get('too-many-tries') ?? 0) + (reasons.get('limited') ?? 0)).toBe(9996);
    expect(await fresh.db.select().from(voterSession)).toEqual([]);
  });
});

describe('T10: known and unknown DNIs', () => {
  /** Every statement with the number of its parameters, in the order they reach the database. */
  async function statementsOf(dni: string, by: typeof smsOf = smsOf): Promise<string[]> {
    const seen: string[] = [];
    const logger = {
      logQuery: (query: string, params: unknown[]) => {
        seen.push(`${String(params.length)} ${query}`);
      },
    };
    await asked(dni, by(drizzle(fresh.sql, { schema, logger })));
    return seen;
  }

  it('cost the same statements, with the same parameters, in the same order', async () => {
    const known = await statementsOf(await onRoll('964100002'));
    const unknown = await statementsOf('49999999');
    expect(known.some((one) => one.includes('insert into "sms_message"'))).toBe(true);
    expect(unknown).toEqual(known);
  });

  it('cost the same statements by letter too, whether there is a letter or not', async () => {
    await asSuperuser(
      fresh.owner,
      (tx) => tx`update round set channels = '{sms,letter}' where id = ${ROUND}`,
    );
    const withLetter = await onRoll('964100004');
    await fresh.owner`insert into letter_batch (id, round_id, first_letter, last_letter, reason, requested_by)
      values (gen_random_uuid(), ${ROUND}, 1, 1, 'Barrio sin señal', 'olga')`;
    await fresh.owner`insert into letter_code (round_id, resident_id, batch_id, code_hash)
      select ${ROUND}, r.id, b.id, '\\x01' from resident r, letter_batch b
      where r.dni_hash = ${hashDni(TEST_KEYS.dniKey, withLetter)}`;
    const known = await statementsOf(withLetter, letterOf);
    expect(known.some((one) => one.includes('insert into "verification_attempt"'))).toBe(true);
    expect(await statementsOf(await onRoll('964100005'), letterOf)).toEqual(known);
    expect(await statementsOf('49999997', letterOf)).toEqual(known);
  });

  it('get answers and rows of the same shape; only what is sealed differs', async () => {
    await fresh.db.delete(smsMessage);
    const answers = [await asked(await onRoll('964100003')), await asked('49999998')];
    expect(Object.keys(answers[0]!)).toEqual(Object.keys(answers[1]!));
    const rows = await fresh.db.select().from(smsMessage);
    expect(rows.map(({ state }) => state).sort()).toEqual(['queued', 'void']);
    expect(new Set(rows.map(({ payloadSealed }) => payloadSealed!.length)).size).toBe(1);
    const guesses = await Promise.all(
      answers.map(({ attemptToken }) => channel().check(attemptToken, '000000')),
    );
    expect(guesses[1]).toEqual(guesses[0]);
  });
});

describe('a number that people share', () => {
  async function states(people: number, phone: string): Promise<string[]> {
    const residents: string[] = [];
    for (let nth = 0; nth < people; nth += 1) residents.push(await onRoll(phone));
    await fresh.db.delete(smsMessage);
    await asked(residents[0]!);
    return (await fresh.db.select().from(smsMessage)).map(({ state }) => state);
  }

  it('by three gets its codes, and by four none: nothing tells the one who asks', async () => {
    expect(await states(3, '964200001')).toEqual(['queued']);
    expect(await states(4, '964200002')).toEqual(['void']);
  });

  it('is counted among who is on the roll now', async () => {
    const dni = await onRoll('964200003');
    for (let nth = 0; nth < 3; nth += 1) await onRoll('964200003');
    await asSuperuser(
      fresh.owner,
      (tx) => tx`update resident set left_at = now() where id in (
        select id from resident where phone_hash = ${hashPhone(TEST_KEYS.dniKey, '964200003')}
          and dni_last_two <> ${dni.slice(-2)} limit 1)`,
    );
    await fresh.db.delete(smsMessage);
    await asked(dni);
    const [message] = await fresh.db.select().from(smsMessage);
    expect(message!.state).toBe('queued');
    const words = openText(TEST_KEYS.people, 'sms', message!.payloadSealed!);
    expect(JSON.parse(words)).toMatchObject({ phone: '964200003' });
    expect(() => openText(TEST_KEYS.people, 'sms', sealPhone(TEST_KEYS.people, 'x'))).toThrow();
  });
});
