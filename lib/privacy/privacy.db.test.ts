import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  auditEntry,
  consentAcceptance,
  consentText,
  credential,
  dataIncident,
  dataRequest,
  resident,
  rollChallenge,
  rollEntry,
  round,
  roundCount,
  staff,
} from '@/db/registry/schema';
import type { StaffActor } from '@/lib/auth/actor';
import { issuedByRound } from '@/lib/credentials/queries';
import { personKeys } from '@/lib/roll/person-crypto';
import { hashDni } from '@/lib/roll/secrets';
import {
  asSuperuser,
  seedCycle,
  seedOpenRound,
  seedResident,
  TEST_KEYS,
} from '@/lib/rounds/test-round';
import { limaDay } from '@/lib/shared/lima';
import { freshRegistry } from '@/services/supervisor/test-support';
import { anonymisationPlan } from './anonymisation';
import { anonymiseDueRounds } from './commands/anonymise';
import { recordConsent } from './commands/consent';
import { closeIncident, noteTold, recordIncident } from './commands/incidents';
import {
  answerRequest,
  extendRequest,
  fileDataRequest,
  takeDataRequest,
} from './commands/requests';
import { consentHash, everyConsent } from './consents';
import { heldAbout, TOLD_TABLES } from './held';
import { requestById, requestByNumber, untoldIncidents, waitingRequests } from './queries';
import { sealWordsAgain } from './rotation';
import { addWorkingDays } from './working-days';

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let dnis = 70_000_000;
const nextDni = () => String((dnis += 1));
const NO_HOLIDAYS: ReadonlySet<string> = new Set();
const HOUR_MS = 60 * 60 * 1000;
const oscar: StaffActor = { kind: 'staff', id: 'oscar', displayName: 'Óscar', roles: ['officer'] };
const regidora: StaffActor = { ...oscar, roles: ['councillor'] };

beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
  await fresh.db
    .insert(staff)
    .values({ id: 'oscar', displayName: 'Óscar', email: 'oscar@x.invalid' });
});
afterAll(async () => {
  await fresh.drop();
});

describe('consent', () => {
  it('keeps each version’s words and hash, and one acceptance per person and version', async () => {
    const residentId = await seedResident(fresh.db, { dni: nextDni() });
    await Promise.all(
      Array.from({ length: 10 }, () =>
        recordConsent(fresh.db, { residentId, kind: 'verification' }),
      ),
    );
    const accepted = await fresh.db
      .select()
      .from(consentAcceptance)
      .where(eq(consentAcceptance.residentId, residentId));
    expect(accepted).toHaveLength(1);
    const [shown] = await fresh.db
      .select()
      .from(consentText)
      .where(eq(consentText.kind, 'verification'));
    const [first] = everyConsent();
    expect(shown!.hash.equals(consentHash(first!))).toBe(true);
    await expect(fresh.owner`update consent_text set text_es = 'otra cosa'`).rejects.toThrow(
      'append-only',
    );
  });

  it('the words of a version that was shown never change', () => {
    // A failing line here means: write a new version at the end, do not touch the old one.
    expect(
      everyConsent().map((one) => [one.kind, one.version, consentHash(one).toString('hex')]),
    ).toEqual([
      ['verification', 1, 'abb6a25d60c45646510fe876ec3779c384c494f4594f7dde75bd03889054baef'],
      ['agent', 1, '834e79b844ad7e8a567f5de9007f1ddf1157777498f140e7208f0af32ccf51dd'],
    ]);
  });
});

describe('requests about one’s own data', () => {
  const file = (residentId: string, kind: 'access' | 'erasure' | 'rectification') =>
    fileDataRequest(fresh.db, TEST_KEYS, {
      residentId,
      kind,
      detail: 'Quiero saber qué tienen de mí',
      holidays: NO_HOLIDAYS,
    });
  const idOf = async (number: string) => {
    const [row] = await fresh.db
      .select({ id: dataRequest.id })
      .from(dataRequest)
      .where(eq(dataRequest.number, number));
    return row!.id;
  };

  it('are due after twenty working days for access and ten for the rest, from the database’s day', async () => {
    const residentId = await seedResident(fresh.db, { dni: nextDni() });
    const today = limaDay(new Date());
    for (const [kind, days] of [
      ['access', 20],
      ['rectification', 10],
      ['erasure', 10],
    ] as const) {
      expect(await file(residentId, kind)).toMatchObject({
        ok: true,
        value: { dueOn: addWorkingDays(today, days) },
      });
    }
  });

  it('are taken at the desk for somebody without a phone, who may have left the roll', async () => {
    const dni = nextDni();
    const residentId = await seedResident(fresh.db, { dni });
    await fresh.db.update(resident).set({ leftAt: new Date() }).where(eq(resident.id, residentId));
    const asked = {
      dni,
      kind: 'erasure',
      detail: 'Quiero que me borren',
      holidays: NO_HOLIDAYS,
    } as const;
    expect(await takeDataRequest(fresh.db, TEST_KEYS, regidora, asked)).toEqual({
      ok: false,
      reason: 'not-allowed',
    });
    const taken = await takeDataRequest(fresh.db, TEST_KEYS, oscar, asked);
    const id = taken.ok ? taken.value.id : '';
    expect(await requestById(fresh.db, TEST_KEYS, id)).toMatchObject({ kind: 'erasure' });
    const [entry] = await fresh.db
      .select({ actor: auditEntry.actor })
      .from(auditEntry)
      .where(eq(auditEntry.subject, `data-request:${id}`));
    expect(entry?.actor).toBe('staff:oscar');
    const number = taken.ok ? taken.value.number : '';
    expect(await requestByNumber(fresh.db, number)).toMatchObject({ outcome: null });
    const answer = { id, outcome: 'refused', answer: 'Tu votación sigue en curso' } as const;
    expect((await answerRequest(fresh.db, TEST_KEYS, oscar, answer)).ok).toBe(true);
    expect(await requestByNumber(fresh.db, number)).toMatchObject({ outcome: 'refused' });
    expect(await requestByNumber(fresh.db, `${number}X`)).toBeNull();
    const nobody = { ...asked, dni: nextDni() };
    expect(await takeDataRequest(fresh.db, TEST_KEYS, oscar, nobody)).toEqual({
      ok: false,
      reason: 'nothing-held',
    });
  });

  it('of one kind wait one at a time, also when sent twenty times at once', async () => {
    const residentId = await seedResident(fresh.db, { dni: nextDni() });
    const answers = await Promise.all(Array.from({ length: 20 }, () => file(residentId, 'access')));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toEqual({ ok: false, reason: 'already-open' });
  });

  it('are lengthened once and answered once, by somebody who may', async () => {
    const residentId = await seedResident(fresh.db, { dni: nextDni() });
    const filed = await file(residentId, 'access');
    if (!filed.ok) throw new Error(filed.reason);
    const id = await idOf(filed.value.number);
    const longer = { id, reason: 'Hay que revisar el archivo', holidays: NO_HOLIDAYS };
    expect(await extendRequest(fresh.db, regidora, longer)).toEqual({
      ok: false,
      reason: 'not-allowed',
    });
    expect(await extendRequest(fresh.db, oscar, longer)).toEqual({
      ok: true,
      value: { dueOn: addWorkingDays(filed.value.dueOn, 20) },
    });
    expect(await extendRequest(fresh.db, oscar, longer)).toEqual({
      ok: false,
      reason: 'already-extended',
    });
    const answer = { id, outcome: 'granted' as const, answer: 'Todo está en la página' };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => answerRequest(fresh.db, TEST_KEYS, oscar, answer)),
    );
    expect(answers.filter((one) => one.ok)).toHaveLength(1);
    expect(await requestById(fresh.db, TEST_KEYS, id)).toMatchObject({
      outcome: 'granted',
      answer: 'Todo está en la página',
      detail: 'Quiero saber qué tienen de mí',
    });
    const [stored] = await fresh.sql<{ text: string }[]>`
      select r::text as text from data_request r where id = ${id}`;
    expect(stored!.text).not.toContain('Quiero');
  });

  it('a granted erasure takes name and phone at once and leaves the entry', async () => {
    const residentId = await seedResident(fresh.db, { dni: nextDni() });
    const filed = await file(residentId, 'erasure');
    if (!filed.ok) throw new Error(filed.reason);
    const id = await idOf(filed.value.number);
    await answerRequest(fresh.db, TEST_KEYS, oscar, {
      id,
      outcome: 'granted',
      answer: 'Borramos tu nombre y tu celular',
    });
    const [row] = await fresh.db.select().from(resident).where(eq(resident.id, residentId));
    expect(row).toMatchObject({ phoneSealed: null, phoneHash: null, nameSealed: null });
  });

  it('that are late are counted', async () => {
    const before = await waitingRequests(fresh.db, '2020-01-01');
    expect(before.late).toBe(0);
    expect(await waitingRequests(fresh.db, '2999-01-01')).toEqual({
      waiting: before.waiting,
      late: before.waiting,
    });
  });
});

describe('the words people gave us', () => {
  it('are sealed again under a new key, once, and the old key can go', async () => {
    const residentId = await seedResident(fresh.db, { dni: nextDni() });
    await fileDataRequest(fresh.db, TEST_KEYS, {
      residentId,
      kind: 'opposition',
      detail: 'No quiero que me escriban',
      holidays: NO_HOLIDAYS,
    });
    const ring = `nueva:${Buffer.alloc(32, 9).toString('base64url')}`;
    const rotated = personKeys('r'.repeat(32), ring);
    expect(await sealWordsAgain(fresh.db, rotated)).toBeGreaterThan(0);
    expect(await sealWordsAgain(fresh.db, rotated)).toBe(0);
    const withoutOld = personKeys('x'.repeat(32), ring);
    const [row] = await fresh.db
      .select({ id: dataRequest.id })
      .from(dataRequest)
      .where(eq(dataRequest.residentId, residentId));
    expect(
      await requestById(fresh.db, { ...TEST_KEYS, people: withoutOld }, row!.id),
    ).toMatchObject({ detail: 'No quiero que me escriban' });
  });
});

describe('incidents', () => {
  const input = (knownAt: Date) => ({
    requestKey: crypto.randomUUID(),
    what: 'Se perdió una tableta con la lista de un barrio',
    dataKinds: 'Últimas cifras de DNI',
    people: 120,
    measures: 'Se dio de baja la tableta',
    knownAt,
  });

  it('are recorded once per form, never known in the future, closed only after the authority was told', async () => {
    expect(await recordIncident(fresh.db, oscar, input(new Date(Date.now() + HOUR_MS)))).toEqual({
      ok: false,
      reason: 'in-the-future',
    });
    const one = input(new Date(Date.now() - 50 * HOUR_MS));
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => recordIncident(fresh.db, oscar, one)),
    );
    expect(new Set(answers.map((answer) => (answer.ok ? answer.value.id : ''))).size).toBe(1);
    const [row] = await fresh.db
      .select()
      .from(dataIncident)
      .where(eq(dataIncident.requestKey, one.requestKey));
    const id = row!.id;
    expect((await untoldIncidents(fresh.db)).map((each) => each.id)).toContain(id);
    const closing = { id, note: 'Todo resuelto y documentado' };
    expect(await closeIncident(fresh.db, oscar, closing)).toEqual({
      ok: false,
      reason: 'not-told',
    });
    await expect(
      fresh.sql`update data_incident set closed_at = now(), closing_note = 'x' where id = ${id}`,
    ).rejects.toThrow('data_incident_closed_when_told');
    expect((await noteTold(fresh.db, oscar, { id, whom: 'authority' })).ok).toBe(true);
    expect(await noteTold(fresh.db, oscar, { id, whom: 'authority' })).toEqual({
      ok: false,
      reason: 'already-told',
    });
    expect((await untoldIncidents(fresh.db)).map((each) => each.id)).not.toContain(id);
    expect((await closeIncident(fresh.db, oscar, closing)).ok).toBe(true);
    await expect(fresh.sql`delete from data_incident`).rejects.toThrow('permission denied');
  });
});

describe('what is held about somebody', () => {
  it('is told from every table that names a resident', async () => {
    const named = await fresh.owner<{ table: string }[]>`
      select distinct of.relname as table from pg_class of
      join pg_attribute a on a.attrelid = of.oid and not a.attisdropped
      where of.relkind = 'r' and of.relnamespace = 'public'::regnamespace
        and a.attname = 'resident_id'`;
    expect([...named.map(({ table }) => table), 'resident'].sort()).toEqual(
      Object.keys(TOLD_TABLES).sort(),
    );
  });

  it('holds the person’s own data in the clear and nothing of anybody else', async () => {
    const dni = nextDni();
    const residentId = await seedResident(fresh.db, { dni, phone: '964777888' });
    await seedResident(fresh.db, { dni: nextDni(), phone: '964999000' });
    await recordConsent(fresh.db, { residentId, kind: 'verification' });
    const held = await heldAbout(fresh.db, TEST_KEYS, {
      residentId,
      roundId: 'x',
      dniHash: hashDni(TEST_KEYS.dniKey, dni),
    });
    expect(held.entry).toMatchObject({ phone: '964777888', districtName: 'El Tambo' });
    expect(held.consents).toHaveLength(1);
    expect(JSON.stringify(held)).not.toContain('964999000');
  });
});

describe('a round whose results can no longer be challenged', () => {
  const ROUND = 'pp2027-pasada';
  const DAYS = 60;
  const people: string[] = [];

  beforeAll(async () => {
    for (let i = 0; i < 5; i += 1) {
      people.push(await seedResident(fresh.db, { dni: nextDni() }));
    }
    await seedOpenRound(fresh.db, {
      id: ROUND,
      residents: people.map((id) => ({ id, districtCode: '120114' })),
      manifest: '{}',
      manifestHash: 'x',
    });
    for (const [index, id] of people.slice(0, 3).entries()) {
      const hash = Buffer.alloc(32, index + 1);
      await fresh.db.insert(credential).values({
        roundId: ROUND,
        residentId: id,
        groupId: '120114',
        channel: 'phone',
        blindedHash: hash,
        blindSignature: hash,
        issuedOn: '2026-11-01',
      });
      await fresh.sql`insert into verification_attempt
        (token_hash, round_id, dni_hash, resident_id, code_hash, expires_at)
        values (${hash}, ${ROUND}, ${hash}, ${id}, ${hash}, now())`;
      await fresh.sql`insert into voter_session (token_hash, round_id, resident_id, expires_at)
        values (${hash}, ${ROUND}, ${id}, now())`;
      await fresh.sql`insert into desk_help (round_id, resident_id, helper_hash, place, recorded_by)
        values (${ROUND}, ${id}, ${hash}, 1, 'oscar')`;
    }
    await fresh.db.insert(rollChallenge).values({
      number: 'T-TEST',
      roundId: ROUND,
      kind: 'deceased',
      districtCode: '120114',
      subjectHash: Buffer.alloc(32, 7),
      residentId: people[4]!,
      evidenceSealed: Buffer.alloc(40, 1),
      filerHash: Buffer.alloc(32, 8),
    });
  });

  const publishedDaysAgo = (days: number) =>
    asSuperuser(
      fresh.owner,
      (tx) => tx`update round set state = 'published',
        published_at = now() - make_interval(days => ${days}) where id = ${ROUND}`,
    );

  it('is not touched before its time, whoever asks', async () => {
    expect(await anonymiseDueRounds(fresh.db, DAYS)).toEqual([]);
    await publishedDaysAgo(DAYS - 1);
    expect(await anonymiseDueRounds(fresh.db, DAYS)).toEqual([]);
    await publishedDaysAgo(14);
    // A municipality that says one day still waits for fifteen.
    expect(await anonymiseDueRounds(fresh.db, 1)).toEqual([]);
    await expect(
      fresh.sql`update round set anonymised_at = now() where id = ${ROUND}`,
    ).rejects.toThrow('after the time for challenges');
    await expect(fresh.sql`delete from credential where round_id = ${ROUND}`).rejects.toThrow(
      'stays given out',
    );
    await expect(fresh.owner`delete from roll_entry where round_id = ${ROUND}`).rejects.toThrow(
      'manifest',
    );
  });

  it('is shown beforehand with what would go', async () => {
    await publishedDaysAgo(DAYS);
    const plan = await anonymisationPlan(fresh.db, DAYS);
    expect(plan.find(({ id }) => id === ROUND)).toMatchObject({
      isDue: true,
      people: 5,
      rights: 3,
      verifications: 6,
      visits: 3,
      filings: 1,
    });
  });

  it('then loses every row that names a resident, once, and keeps its counts', async () => {
    const before = (await issuedByRound(fresh.db)).get(ROUND);
    const done = await Promise.all([
      anonymiseDueRounds(fresh.db, DAYS),
      anonymiseDueRounds(fresh.db, DAYS),
    ]);
    expect(done.flat()).toEqual([ROUND]);
    const tables = await fresh.owner<{ table: string }[]>`
      select of.relname as table from pg_class of
      where of.relkind = 'r' and of.relnamespace = 'public'::regnamespace
        and 2 = (select count(*) from pg_attribute a where a.attrelid = of.oid
          and not a.attisdropped and a.attname in ('round_id', 'resident_id'))`;
    expect(tables.length).toBeGreaterThan(8);
    for (const { table } of tables) {
      const left = await fresh.owner`select 1 from ${fresh.owner(table)}
        where round_id = ${ROUND} and resident_id is not null`;
      expect(left, table).toHaveLength(0);
    }
    const [challenge] = await fresh.db
      .select()
      .from(rollChallenge)
      .where(eq(rollChallenge.number, 'T-TEST'));
    expect(challenge).toMatchObject({ subjectHash: null, filerHash: null, evidenceSealed: null });
    const counts = await fresh.db.select().from(roundCount).where(eq(roundCount.roundId, ROUND));
    expect(counts.map(({ kind, people: n }) => [kind, n]).sort()).toEqual([
      ['eligible', 5],
      ['issued', 3],
    ]);
    expect((await issuedByRound(fresh.db)).get(ROUND)).toEqual(before);
    const acts = await fresh.db
      .select({ details: auditEntry.details })
      .from(auditEntry)
      .where(
        and(eq(auditEntry.action, 'privacy.anonymised'), eq(auditEntry.subject, `round:${ROUND}`)),
      );
    expect(acts).toHaveLength(1);
    expect(acts[0]!.details).toMatchObject({ rows: { roll_entry: 5, credential: 3 } });
    // The residents themselves stay on the roll of today.
    expect(await fresh.db.select().from(rollEntry).where(eq(rollEntry.roundId, ROUND))).toEqual([]);
    const [still] = await fresh.db
      .select({ n: sql<number>`count(*)::int` })
      .from(resident)
      .where(eq(resident.id, people[0]!));
    expect(still!.n).toBe(1);
    const [row] = await fresh.db.select().from(round).where(eq(round.id, ROUND));
    expect(row!.anonymisedAt).not.toBeNull();
  });
});
