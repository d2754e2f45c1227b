import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { letterCode, resident, round } from '@/db/registry/schema';
import type { StaffActor } from '@/lib/auth/actor';
import { sealText } from '@/lib/roll/person-crypto';
import {
  asSuperuser,
  seedCycle,
  seedOpenRound,
  seedResident,
  TEST_KEYS,
} from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { letterCodes } from './codes';
import { printedLetterCode } from './letter-code';
import { printLetters, requestLetters, type Letter } from './letter-commands';
import { lettersInput } from './letter-input';
import { letterPdf } from './letter-pdf';
import { bytesOf, pdfPages } from './test-pdf';

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
const ROUND = 'pp2027-cartas';
const DNIS = ['40000001', '40000002', '40000003', '40000004'];
const officer = { kind: 'staff', id: 'olga', roles: ['officer'] } as unknown as StaffActor;
const stranger = { kind: 'staff', id: 'olga', roles: ['councillor'] } as unknown as StaffActor;
const REASON = 'Barrio sin señal de celular';
/** One person, as in the demonstration; two are in letter-approval.db.test.ts. */
const ALONE = { twoPeople: false };

beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
  await fresh.sql`insert into staff (id, display_name, email) values ('olga', 'Olga', 'o@x.pe')`;
  const residents = [];
  for (const dni of DNIS) {
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

// Nobody gets more than three letters in a round: each test begins with nobody having any.
beforeEach(() => asSuperuser(fresh.owner, (tx) => tx`delete from letter_code`));

const wish = (first = 1, last = 10) => ({
  ...{ round: ROUND, district: '120114', first, last, reason: REASON },
});

async function printed(first?: number, last?: number): Promise<readonly Letter[]> {
  const asked = await requestLetters(fresh.db, officer, wish(first, last), ALONE);
  if (!asked.ok) throw new Error(asked.reason);
  const answer = await printLetters(fresh.db, TEST_KEYS, officer, asked.value.id, ALONE);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value.letters;
}

const dniOf = (letter: Letter) => DNIS.find((dni) => dni.endsWith(letter.dniLastTwo))!;

async function enter(dni: string, typed: string) {
  const channel = letterCodes(fresh.db, TEST_KEYS);
  const started = await channel.start({ roundId: ROUND, purpose: 'vote', dni });
  if (!started.ok) return started;
  return channel.check(started.value.attemptToken, typed);
}

describe('letters with codes', () => {
  it('are asked for by officers, with a reason, for people who are there', async () => {
    expect(await requestLetters(fresh.db, stranger, wish(), ALONE)).toMatchObject({
      reason: 'not-allowed',
    });
    expect(
      await requestLetters(fresh.db, officer, { ...wish(), round: 'nowhere' }, ALONE),
    ).toMatchObject({
      reason: 'round-takes-no-letters',
    });
    expect(await requestLetters(fresh.db, officer, wish(50, 60), ALONE)).toMatchObject({
      reason: 'nobody-there',
    });
    const typed = { round: ROUND, district: '', first: '1', last: '10', reason: REASON };
    expect(lettersInput.safeParse(typed).success).toBe(true);
    for (const wrong of [
      { last: '0' },
      { last: '5000' },
      { first: 'x' },
      { reason: '' },
      { x: 1 },
    ]) {
      expect(lettersInput.safeParse({ ...typed, ...wrong }).success).toBe(false);
    }
  });

  it('stand in the PDF alone: the database keeps hashes, and a batch is handed out once', async () => {
    await fresh.db
      .update(resident)
      .set({ nameSealed: sealText(TEST_KEYS.people, 'name', 'ÑAHUI QUISPE, MARÍA') })
      .where(sql`${resident.dniLastTwo} = '02'`);
    const asked = await requestLetters(fresh.db, officer, wish(), ALONE);
    if (!asked.ok) throw new Error(asked.reason);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        printLetters(fresh.db, TEST_KEYS, officer, asked.value.id, ALONE),
      ),
    );
    const [once, ...others] = answers.filter((answer) => answer.ok);
    expect(others).toEqual([]);
    expect(answers.filter((answer) => !answer.ok).map((answer) => answer.reason)).toEqual(
      Array.from({ length: 4 }, () => 'printed-already'),
    );
    const { letters } = once!.value;
    expect(letters.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(new Set(letters.map(({ code }) => code)).size).toBe(4);

    const stored = JSON.stringify([
      await fresh.sql`select encode(code_hash, 'escape') as hash from letter_code`,
      await fresh.sql`select * from letter_batch`,
      await fresh.sql`select details from audit_entry`,
    ]);
    for (const { code } of letters) expect(stored).not.toContain(code);

    const words = {
      ...{ title: 'Carta', municipality: 'Huancayo', greeting: 'Hola', about: 'Votación' },
      ...{ codeIs: 'Tu código', steps: ['1. Uno', '2. Dos'], secret: 'Secreto', help: 'Ayuda' },
      addressee: (one: Letter) => `Con DNI ${one.dniLastTwo}`,
      district: (one: Letter) => one.districtName,
      dni: (one: Letter) => `DNI …${one.dniLastTwo}`,
      number: (one: Letter) => `Carta ${String(one.number)}`,
    };
    const url = new URL('https://minka.example/votar/x');
    const pages = pdfPages(await bytesOf(letterPdf(letters, words, url)));
    expect(pages).toHaveLength(4);
    letters.forEach((letter, at) => {
      const lines = pages[at]!.split('\n');
      expect(lines).toContain(printedLetterCode(letter.code));
      expect(lines).toContain(letter.name ?? `Con DNI ${letter.dniLastTwo}`);
      expect(lines).toContain('El Tambo');
      expect(lines).toContain(`Carta ${String(at + 1)}`);
      for (const other of letters.filter((one) => one !== letter)) {
        expect(pages[at]).not.toContain(printedLetterCode(other.code));
      }
    });
    expect(pages.join('\n')).toContain('ÑAHUI QUISPE, MARÍA');
  });

  it('open the vote with the whole DNI, once, however they are typed', async () => {
    const [letter] = await printed();
    const typed = printedLetterCode(letter!.code).toLowerCase().replace(/-/g, ' ');
    const other = DNIS.find((dni) => dni !== dniOf(letter!))!;
    expect(await enter(other, typed)).toEqual({ ok: false, reason: 'wrong-code' });
    expect(await enter(dniOf(letter!), 'AAAA')).toEqual({ ok: false, reason: 'malformed' });
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => enter(dniOf(letter!), typed)),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((a) => !a.ok && a.reason === 'already-used')).toHaveLength(3);
  });

  it('of a new batch replace those of the one before', async () => {
    const old = await printed();
    const last = await printed(2, 2);
    const replaced = old.find(({ number }) => number === 2)!;
    expect(await enter(dniOf(replaced), replaced.code)).toEqual({
      ok: false,
      reason: 'wrong-code',
    });
    expect(await enter(dniOf(last[0]!), last[0]!.code)).toMatchObject({ ok: true });
    const kept = old.find(({ number }) => number === 3)!;
    expect(await enter(dniOf(kept), kept.code)).toMatchObject({ ok: true });
  });

  it('that were replaced while somebody was typing open nothing', async () => {
    const [letter] = await printed(1, 1);
    const channel = letterCodes(fresh.db, TEST_KEYS);
    const started = await channel.start({ roundId: ROUND, purpose: 'vote', dni: dniOf(letter!) });
    if (!started.ok) throw new Error(started.reason);
    await printed(1, 1);
    expect(await channel.check(started.value.attemptToken, letter!.code)).toEqual({
      ok: false,
      reason: 'already-used',
    });
  });

  it('answer an unknown DNI, a person without a letter and a wrong code alike', async () => {
    const [letter] = await printed(4, 4);
    await fresh.db.update(letterCode).set({ revokedAt: sql`now()` });
    const wrong = letter!.code;
    const answers = [await enter('49999999', wrong), await enter(dniOf(letter!), wrong)];
    expect(answers).toEqual([
      { ok: false, reason: 'wrong-code' },
      { ok: false, reason: 'wrong-code' },
    ]);
  });

  it('open nothing in a round that does not take them, nor the question about one’s own right', async () => {
    const channel = letterCodes(fresh.db, TEST_KEYS);
    const right = await channel.start({ roundId: ROUND, purpose: 'right', dni: DNIS[0]! });
    expect(right).toEqual({ ok: false, reason: 'round-not-open' });
    await expect(
      fresh.db
        .update(round)
        .set({ channels: ['sms'] })
        .where(sql`${round.id} = ${ROUND}`),
    ).rejects.toThrow();
    await asSuperuser(
      fresh.owner,
      (tx) => tx`update round set channels = '{sms,desk}' where id = ${ROUND}`,
    );
    expect(await channel.start({ roundId: ROUND, purpose: 'vote', dni: DNIS[0]! })).toEqual({
      ok: false,
      reason: 'round-not-open',
    });
  });
});
