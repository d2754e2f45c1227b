import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor } from '@/lib/auth/actor';
import { voterBySession } from '@/lib/roll/queries';
import { hashDni } from '@/lib/roll/secrets';
import { seedCycle, TEST_KEYS } from '@/lib/rounds/test-round';
import { asSuperuser } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { issueCredential } from './commands';
import { leaveKiosk, openVisit } from './commands/at-the-kiosk';
import { beginVisit } from './commands/begin-visit';
import { callAgain, endVisit } from './commands/end-visit';
import { closeKiosk, setUpKiosk } from './commands/kiosks';
import { WRONG_CODES, type Help } from './desk';
import { blindedValue, seedDeskRound, seedStaff } from './desk.fixture';
import { kioskByToken, kiosks, visitById, visitsToday } from './desk-queries';
import { visitCode } from './visit-code';

const SECRET = 's'.repeat(32);

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let officer: StaffActor;
let dnis = 50_000_000;
let made = 0;

beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
  officer = await seedStaff(fresh.db, 'oficial-mesa');
});
afterAll(() => fresh.drop());

const hashed = (dni: string) => hashDni(TEST_KEYS.dniKey, dni);
const helper = (dni: string): Help => ({ helperHash: hashed(dni), reason: 'reading' });

async function setUp(people = 1) {
  const roundId = `mesa-${String((made += 1))}`;
  const who = Array.from({ length: people }, () => ({ dni: String((dnis += 1)) }));
  const { residents } = await seedDeskRound(fresh.db, roundId, who);
  const kiosk = await setUpKiosk(fresh.db, officer, { name: `Cabina ${String(made)}` });
  if (!kiosk.ok) throw new Error(kiosk.reason);
  return { roundId, residents, who, kioskId: kiosk.value.id, token: kiosk.value.token };
}
type SetUp = Awaited<ReturnType<typeof setUp>>;

function begin(of: SetUp, nth = 0, help: Help | null = null) {
  const { roundId, kioskId } = of;
  return beginVisit(fresh.db, officer, {
    roundId,
    residentId: of.residents[nth]!,
    kioskId,
    help,
  });
}

async function begun(of: SetUp, nth = 0): Promise<string> {
  const visit = await begin(of, nth);
  if (!visit.ok) throw new Error(visit.reason);
  return visit.value.visitId;
}

async function codeOf(visitId: string): Promise<string> {
  return visitCode(SECRET, visitId, (await visitById(fresh.db, visitId))?.codeTurn ?? 0);
}

const enter = (of: SetUp, code: string) =>
  openVisit(fresh.db, SECRET, { kioskToken: of.token, code });

async function entered(of: SetUp, visitId: string): Promise<string> {
  const opened = await enter(of, await codeOf(visitId));
  if (!opened.ok) throw new Error(opened.reason);
  return opened.value.sessionToken;
}

const stateOf = async (visitId: string) => (await visitById(fresh.db, visitId))?.state;

describe('a kiosk', () => {
  it('is known by its cookie until it is closed, with a reason in the audit', async () => {
    const { token, kioskId } = await setUp();
    expect(await kioskByToken(fresh.db, token)).toMatchObject({ id: kioskId });
    expect(await kioskByToken(fresh.db, 'another')).toBeNull();
    await closeKiosk(fresh.db, officer, { kioskId, reason: 'Se llevó a otra sede' });
    await closeKiosk(fresh.db, officer, { kioskId, reason: 'Otra vez' });
    expect(await kioskByToken(fresh.db, token)).toBeNull();
    const acts = await fresh.sql`select details from audit_entry
      where action = 'desk.kiosk-closed' and subject = ${`kiosk:${kioskId}`}`;
    expect(acts.map((act) => (act['details'] as { reason: string }).reason)).toEqual([
      'Se llevó a otra sede',
    ]);
  });

  it('has a name that no other kiosk in use has, and an officer who set it up', async () => {
    await setUp();
    const name = `Cabina ${String(made)}`;
    expect(await setUpKiosk(fresh.db, officer, { name })).toMatchObject({ reason: 'name-taken' });
    expect(await setUpKiosk(fresh.db, { kind: 'operator' }, { name: 'X' })).toMatchObject({
      reason: 'not-allowed',
    });
  });

  it('closes itself after ten wrong codes in a row', async () => {
    const of = await setUp();
    const visitId = await begun(of);
    const wrong = (await codeOf(visitId)) === '000000' ? '000001' : '000000';
    for (let time = 0; time < WRONG_CODES; time += 1) {
      expect(await enter(of, wrong)).toMatchObject({ reason: 'wrong-code' });
    }
    expect(await enter(of, await codeOf(visitId))).toMatchObject({ reason: 'kiosk-closed' });
    expect(await enter(of, await codeOf(visitId))).toMatchObject({ reason: 'no-kiosk' });
  });

  it('forgives wrong codes once the right one comes, and counts parallel guesses one by one', async () => {
    const of = await setUp();
    const visitId = await begun(of);
    const wrong = (await codeOf(visitId)) === '000000' ? '000001' : '000000';
    await Promise.all(Array.from({ length: 9 }, () => enter(of, wrong)));
    const [counted] = await fresh.sql`select wrong_codes from kiosk where id = ${of.kioskId}`;
    expect(counted?.['wrong_codes']).toBe(9);
    await entered(of, visitId);
    const [reset] = await fresh.sql`select wrong_codes from kiosk where id = ${of.kioskId}`;
    expect(reset?.['wrong_codes']).toBe(0);
  });
});

describe('a visit', () => {
  it('opens the kiosk once, for this person, as verified at the desk', async () => {
    const of = await setUp();
    const visitId = await begun(of);
    const code = await codeOf(visitId);
    const session = await entered(of, visitId);
    expect(await voterBySession(fresh.db, session)).toMatchObject({
      roundId: of.roundId,
      residentId: of.residents[0],
      channel: 'desk',
    });
    expect(await enter(of, code)).toMatchObject({ reason: 'wrong-code' });
    expect(await stateOf(visitId)).toBe('voting');
  });

  it('is opened by no other kiosk, and not after its ten minutes', async () => {
    const of = await setUp();
    const other = await setUp();
    const visitId = await begun(of);
    const code = await codeOf(visitId);
    expect(await enter(other, code)).toMatchObject({ reason: 'wrong-code' });
    await fresh.sql`update desk_visit set expires_at = now() where id = ${visitId}`;
    expect(await enter(of, code)).toMatchObject({ reason: 'wrong-code' });
  });

  it('asked for twice is one, and one kiosk has one person at a time', async () => {
    const of = await setUp(2);
    const ids = await Promise.all(Array.from({ length: 8 }, () => begun(of)));
    expect(new Set(ids).size).toBe(1);
    expect(await begin(of, 1)).toMatchObject({ reason: 'kiosk-busy' });
    expect((await kiosks(fresh.db)).find(({ id }) => id === of.kioskId)?.isBusy).toBe(true);
  });

  it('whose code ran out unused frees the kiosk for the next person', async () => {
    const of = await setUp(2);
    const first = await begun(of);
    await fresh.sql`update desk_visit set expires_at = now() where id = ${first}`;
    expect(await begin(of, 1)).toMatchObject({ ok: true });
    expect(await stateOf(first)).toBe('left');
  });

  it('left alone is paused: its session is over, and a new code brings the same person back', async () => {
    const of = await setUp(2);
    const visitId = await begun(of);
    const session = await entered(of, visitId);
    await leaveKiosk(fresh.db, { kioskToken: of.token, as: 'paused' });
    expect(await voterBySession(fresh.db, session)).toBeNull();
    expect(await stateOf(visitId)).toBe('paused');
    // The kiosk may hold the key of a vote that was activated: nobody else is put there.
    expect(await begin(of, 1)).toMatchObject({ reason: 'kiosk-busy' });
    expect((await visitById(fresh.db, visitId))?.codeHolds).toBe(false);
    expect(await callAgain(fresh.db, officer, { visitId })).toMatchObject({ ok: true });
    expect(await voterBySession(fresh.db, await entered(of, visitId))).not.toBeNull();
  });

  it('ends with the vote: no session, no time, and the officer sees only that it was cast', async () => {
    const of = await setUp();
    const visitId = await begun(of);
    const session = await entered(of, visitId);
    const { roundId } = of;
    const residentId = of.residents[0]!;
    const signer = {
      sign: () => Promise.resolve({ ok: true as const, signature: new Uint8Array(256) }),
    };
    const blinded = blindedValue();
    await issueCredential(fresh.db, signer, { roundId, residentId, channel: 'desk', blinded });
    await leaveKiosk(fresh.db, { kioskToken: of.token, as: 'voted' });
    expect(await voterBySession(fresh.db, session)).toBeNull();
    const [row] = await fresh.sql`select * from desk_visit where id = ${visitId}`;
    expect(row).toMatchObject({ state: 'voted', expires_at: null });
    expect(Object.values(row ?? {}).some((value) => value instanceof Date)).toBe(false);
    expect(await visitsToday(fresh.db, roundId)).toEqual([
      {
        id: visitId,
        state: 'voted',
        kioskName: expect.any(String) as string,
        dniLastTwo: of.who[0]!.dni.slice(-2),
      },
    ]);
    // The right is used: neither another visit nor paper.
    expect(await begin(of)).toMatchObject({ reason: 'taken-desk' });
  });

  it('is ended by an officer with a reason, once', async () => {
    const of = await setUp();
    const visitId = await begun(of);
    const session = await entered(of, visitId);
    expect(await endVisit(fresh.db, officer, { visitId, reason: ' ' })).toMatchObject({
      reason: 'reason-needed',
    });
    expect(await endVisit(fresh.db, officer, { visitId, reason: 'Se fue' })).toMatchObject({
      ok: true,
    });
    expect(await voterBySession(fresh.db, session)).toBeNull();
    expect(await endVisit(fresh.db, officer, { visitId, reason: 'Se fue' })).toMatchObject({
      reason: 'visit-over',
    });
    expect(await callAgain(fresh.db, officer, { visitId })).toMatchObject({ reason: 'visit-over' });
  });

  it('is refused in a round whose residents are not verified at a desk', async () => {
    const of = await setUp();
    await asSuperuser(
      fresh.owner,
      (sql) => sql`update round set channels = '{sms}' where id = ${of.roundId}`,
    );
    expect(await begin(of)).toEqual({ ok: false, reason: 'not-at-desk' });
    expect(await fresh.sql`select 1 from desk_visit where round_id = ${of.roundId}`).toHaveLength(
      0,
    );
  });

  it('is for people on the roll of an open round, and begun by officers', async () => {
    const of = await setUp();
    const { roundId, kioskId } = of;
    const stranger = (await setUp()).residents[0]!;
    const input = { roundId, kioskId, residentId: stranger, help: null };
    expect(await beginVisit(fresh.db, officer, input)).toMatchObject({ reason: 'not-on-roll' });
    expect(await beginVisit(fresh.db, { kind: 'operator' }, input)).toMatchObject({
      reason: 'not-allowed',
    });
    await fresh.sql`update round set state = 'closing' where id = ${roundId}`;
    expect(await begin(of)).toMatchObject({ reason: 'round-not-open' });
  });
});

describe('help at the booth', () => {
  it('one helper goes with three people and no fourth, also when all come at once', async () => {
    const dni = String((dnis += 1));
    const all = await Promise.all(Array.from({ length: 1 }, () => setUp(8)));
    const of = all[0]!;
    const places = await Promise.all(
      of.residents.map(async (_, nth) => {
        const kiosk = await setUpKiosk(fresh.db, officer, { name: `Ayuda ${String(nth)}` });
        if (!kiosk.ok) throw new Error(kiosk.reason);
        return kiosk.value.id;
      }),
    );
    const answers = await Promise.all(
      places.map((kioskId, nth) => begin({ ...of, kioskId }, nth, helper(dni))),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(3);
    expect(
      answers.filter((answer) => !answer.ok && answer.reason === 'helper-has-three'),
    ).toHaveLength(5);
    await expect(
      fresh.owner`insert into desk_help values (${of.roundId}, ${of.residents[7]!}, ${hashed(dni)}, 4, ${officer.id})`,
    ).rejects.toThrow('desk_help');
  });

  it('nobody helps herself, and one person has one helper', async () => {
    const of = await setUp();
    expect(await begin(of, 0, helper(of.who[0]!.dni))).toMatchObject({ reason: 'helper-is-voter' });
    const first = await begin(of, 0, helper('11111111'));
    if (!first.ok) throw new Error(first.reason);
    await endVisit(fresh.db, officer, { visitId: first.value.visitId, reason: 'Cambió de idea' });
    expect(await begin(of, 0, helper('22222222'))).toMatchObject({ reason: 'helped-by-another' });
    expect(await begin(of, 0, helper('11111111'))).toMatchObject({ ok: true });
  });
});
