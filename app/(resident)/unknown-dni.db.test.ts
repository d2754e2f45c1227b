import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeRegistry } from '@/db/registry/client';
import { smsMessage, verificationAttempt, voterSession } from '@/db/registry/schema';
import {
  asSuperuser,
  seedCycle,
  seedOpenRound,
  seedResident,
  TEST_KEYS,
} from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { askAboutMe, giveMyCode } from './padron/actions';
import { askForCode, giveCode, forgetMe } from './votar/[round]/actions';

/**
 * T10: what a browser is answered when it types a DNI, through the actions themselves: where it is
 * sent and which cookies it gets. Times are measured by bench/verification.ts.
 */

interface SetCookie {
  readonly name: string;
  readonly value: string;
  readonly options: unknown;
}
const browser = vi.hoisted(() => ({ cookies: new Map<string, SetCookie>(), later: 0 }));
class Sent extends Error {}

vi.mock('next/headers', () => ({
  headers: () => Promise.resolve(new Headers()),
  cookies: () =>
    Promise.resolve({
      get: (name: string) => browser.cookies.get(name),
      set: (name: string, value: string, options: unknown) => {
        browser.cookies.set(name, { name, value, options });
      },
      delete: ({ name }: { name: string }) => browser.cookies.delete(name),
    }),
}));
vi.mock('next/navigation', () => ({
  redirect: (to: string) => {
    throw new Sent(to);
  },
  notFound: () => {
    throw new Sent('404');
  },
}));
vi.mock('next/server', () => ({ after: () => (browser.later += 1) }));
vi.mock('next-intl/server', () => ({
  getTranslations: () => Promise.resolve((key: string) => `${key} 123 456`),
}));

const ROUND = 'pp2027-dni';
const UNKNOWN = '49999999';
let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let dnis = 43_000_000;

beforeAll(async () => {
  fresh = await freshRegistry();
  Object.assign(process.env, {
    DATABASE_URL: fresh.url,
    MINKA_SITE_URL: 'http://localhost:3000',
    MINKA_BALLOT_BOX_URL: 'http://localhost:3001',
    MINKA_SESSION_SECRET: 's'.repeat(32),
    MINKA_DNI_KEY: TEST_KEYS.dniKey,
    MINKA_ROLL_KEY: 'r'.repeat(32),
    MINKA_ISSUER_SOCKET: '/tmp/none.sock',
  });
  await seedCycle(fresh.db);
  await seedOpenRound(fresh.db, { id: ROUND, residents: [], manifest: '{}', manifestHash: 'h' });
  await asSuperuser(
    fresh.owner,
    (tx) => tx`update round set channels = '{sms,letter}' where id = ${ROUND}`,
  );
});
afterAll(async () => {
  await closeRegistry();
  await fresh.drop();
});
beforeEach(async () => {
  await fresh.db.delete(verificationAttempt);
  await fresh.db.delete(smsMessage);
});

async function onRoll(): Promise<string> {
  const dni = String((dnis += 1));
  const id = await seedResident(fresh.db, { dni, phone: '964300001' });
  await asSuperuser(
    fresh.owner,
    (tx) => tx`insert into roll_entry (round_id, resident_id, district_code)
      values (${ROUND}, ${id}, '120114')`,
  );
  return dni;
}

function form(fields: Readonly<Record<string, string>>): FormData {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) made.set(name, value);
  return made;
}

/** Where an action sends the browser. */
async function sentTo(act: () => Promise<never>): Promise<string> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Sent) return error.message;
    throw error;
  }
}

/** All that a browser learns, with the random part of a cookie as its length. */
function learnt(location: string) {
  const { cookies, later } = browser;
  const set = [...cookies.values()].map((one) => ({ ...one, value: one.value.length }));
  return { location, later, set };
}

const WAYS = {
  'to vote, by message': {
    ask: (dni: string) => askForCode(ROUND, 'vote', 'sms', form({ dni })),
    give: (code: string) => giveCode(ROUND, 'vote', form({ code })),
    wrong: '000000',
  },
  'about one’s right, by message': {
    ask: (dni: string) => askForCode(ROUND, 'right', 'sms', form({ dni })),
    give: (code: string) => giveCode(ROUND, 'right', form({ code })),
    wrong: '000000',
  },
  'to vote, by letter': {
    ask: (dni: string) => askForCode(ROUND, 'vote', 'letter', form({ dni })),
    give: (code: string) => giveCode(ROUND, 'vote', form({ code })),
    wrong: '0000-0000-000',
  },
  'about oneself': {
    ask: (dni: string) => askAboutMe(ROUND, 'padron', form({ dni })),
    give: (code: string) => giveMyCode(ROUND, 'padron', form({ code })),
    wrong: '000000',
  },
};

describe('T10: a DNI on the roll and one of nobody', () => {
  it.each(Object.entries(WAYS))('are answered alike: %s', async (_name, { ask, give, wrong }) => {
    const answers = [];
    for (const dni of [await onRoll(), UNKNOWN]) {
      browser.cookies.clear();
      browser.later = 0;
      const asked = learnt(await sentTo(() => ask(dni)));
      const given = [];
      for (let time = 0; time < 6; time += 1) given.push(learnt(await sentTo(() => give(wrong))));
      answers.push({ asked, given });
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[0]!.asked.location).toContain('/codigo');
    expect(answers[0]!.asked.set).toMatchObject([{ name: 'minka-attempt', value: 43 }]);
    expect(
      answers[0]!.given.map(({ location }) => /problema=([a-z-]+)/.exec(location)?.[1]),
    ).toEqual([
      ...Array.from({ length: 4 }, () => 'wrong-code'),
      'too-many-tries',
      'too-many-tries',
    ]);
    // The two differ where nobody sees it: that is what makes the comparison one.
    const rows = await fresh.db.select().from(verificationAttempt);
    expect(rows.map(({ residentId }) => residentId !== null).sort()).toEqual([false, true]);
    expect(await fresh.db.select().from(voterSession)).toEqual([]);
  });

  it('are turned away alike after as many codes as a day has', async () => {
    const answers = [];
    for (const dni of [await onRoll(), UNKNOWN]) {
      const given = [];
      for (let time = 0; time < 11; time += 1) {
        browser.cookies.clear();
        given.push(await sentTo(() => askForCode(ROUND, 'vote', 'sms', form({ dni }))));
      }
      answers.push(given);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[0]!.at(-1)).toContain('too-many-codes');
  });
});

describe('T15: what a form was bound to', () => {
  const made = form({ dni: '43000001', code: '000000' });
  const odd = [{ a: 1 }, 7, '', '../admin', 'x'.repeat(300), null, ['vote']] as never[];

  it.each(odd)('is looked at before anything is done: %j', async (value) => {
    const acts = [
      () => askForCode(value, 'vote', 'sms', made),
      () => askForCode(ROUND, value, 'sms', made),
      () => askForCode(ROUND, 'vote', value, made),
      () => askForCode(ROUND, 'vote', 'sms', value),
      () => giveCode(value, 'vote', made),
      () => giveCode(ROUND, value, made),
      () => giveCode(ROUND, 'vote', value),
      () => forgetMe(value),
      () => askAboutMe(value, 'padron', made),
      () => askAboutMe(ROUND, value, made),
      () => askAboutMe(ROUND, 'padron', value),
      () => giveMyCode(value, 'padron', made),
      () => giveMyCode(ROUND, value, made),
      () => giveMyCode(ROUND, 'padron', value),
    ];
    for (const act of acts) expect(await sentTo(act)).toBe('404');
    expect(await fresh.db.select().from(verificationAttempt)).toEqual([]);
  });
});
