import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agent,
  dataRequest,
  resident,
  rollAddition,
  rollInclusion,
  type AGENT_STATES,
  type LIST_STATES,
} from '@/db/registry/schema';
import { HEAD, officer, rollGround, type RollGround } from '@/lib/roll/import/import.fixture';
import { forgetContactCopies, forgetStrangers } from '@/lib/roll/copies';
import { addToRoll } from '@/lib/roll/people';
import { sealText } from '@/lib/roll/person-crypto';
import { eraseLeft } from '@/lib/roll/retention';
import { hashDni, hashPhone, sealPhone } from '@/lib/roll/secrets';
import { seedCycle, TEST_CYCLE, TEST_KEYS } from '@/lib/rounds/test-round';
import { present } from '@/lib/shared/assert';
import { answerRequest, fileDataRequest } from './commands/requests';

/** A granted erasure: of every copy, and for good. */

let ground: RollGround;
let fresh: RollGround['fresh'];
let dnis = 71_000_000;
const nextDni = () => String((dnis += 1));
const hashed = (dni: string) => hashDni(TEST_KEYS.dniKey, dni);

beforeAll(async () => {
  ground = await rollGround(TEST_KEYS, seedCycle);
  ({ fresh } = ground);
  await fresh.sql`insert into round (id, cycle_id, screen_code, name_es, name_en, state, opens_at, closes_at, live_policy)
    values ('borrar', ${TEST_CYCLE}, 'BORRAR', 'x', 'x', 'draft', now(), now() + interval '1 hour', 'at-close')`;
});
afterAll(() => ground.drop());

async function person(dni: string) {
  const [row] = await fresh.db
    .select()
    .from(resident)
    .where(eq(resident.dniHash, hashed(dni)));
  return present(row, dni);
}

/** Somebody with name and phone on the roll asks for their erasure, and it is granted. */
async function erased(): Promise<string> {
  const dni = nextDni();
  await ground.applied(`${HEAD}${dni};El Tambo;964000001;Juana\n`, { scope: 'partial' });
  await grant(dni);
  return dni;
}

async function grant(dni: string): Promise<void> {
  const { id } = await person(dni);
  const filed = await fileDataRequest(fresh.db, TEST_KEYS, {
    residentId: id,
    kind: 'erasure',
    detail: 'Que se borre',
    holidays: new Set(),
  });
  if (!filed.ok) throw new Error(filed.reason);
  const [request] = await fresh.db
    .select({ id: dataRequest.id })
    .from(dataRequest)
    .where(eq(dataRequest.number, filed.value.number));
  const answer = { id: request!.id, outcome: 'granted' as const, answer: 'Se borró' };
  expect((await answerRequest(fresh.db, TEST_KEYS, officer, answer)).ok).toBe(true);
}

const NOTHING = { nameSealed: null, nameHash: null, phoneSealed: null, phoneHash: null };

async function inclusion(dni: string, state: (typeof LIST_STATES)[number]): Promise<string> {
  const decided =
    state === 'filed' ? {} : { reason: 'x', decidedBy: officer.id, decidedAt: new Date() };
  const [row] = await fresh.db
    .insert(rollInclusion)
    .values({
      number: `P-${nextDni()}`,
      roundId: 'borrar',
      districtCode: '120101',
      dniHash: hashed(dni),
      dniLastTwo: dni.slice(-2),
      dniSealed: state === 'filed' ? sealText(TEST_KEYS.people, 'dni', dni) : null,
      namesSealed: sealText(TEST_KEYS.people, 'name', 'Juana'),
      phoneSealed: sealPhone(TEST_KEYS.people, '964000001'),
      state,
      ...decided,
    })
    .returning({ id: rollInclusion.id });
  return row!.id;
}

async function registration(dni: string, state: (typeof AGENT_STATES)[number]): Promise<string> {
  const decided =
    state === 'accredited' || state === 'rejected'
      ? { reason: 'x', decidedBy: officer.id, decidedAt: new Date() }
      : {};
  const [row] = await fresh.db
    .insert(agent)
    .values({
      number: `A-${nextDni()}`,
      cycleId: TEST_CYCLE,
      dniHash: hashed(dni),
      dniLastTwo: dni.slice(-2),
      namesSealed: sealText(TEST_KEYS.people, 'name', 'Juana'),
      organisation: 'Junta vecinal',
      organisationKind: 'neighbourhood',
      districtCode: '120101',
      certificateNumber: 'C-1',
      certificateOn: '2026-10-03',
      consentHash: Buffer.alloc(32),
      state,
      ...decided,
    })
    .returning({ id: agent.id });
  return row!.id;
}

const inclusionOf = async (id: string) =>
  (await fresh.db.select().from(rollInclusion).where(eq(rollInclusion.id, id)))[0];
const agentOf = async (id: string) =>
  (await fresh.db.select().from(agent).where(eq(agent.id, id)))[0];

describe('a granted erasure', () => {
  it('is not undone by the next roll, which still moves the person, nor announced by its preview', async () => {
    const dni = await erased();
    const importId = await ground.applied(
      `${HEAD}${dni};Huancayo;964000999;Juana Rosa\n${nextDni()};Huancayo;964000998;Pedro\n`,
      { scope: 'partial' },
    );
    expect(await person(dni)).toMatchObject({ ...NOTHING, districtCode: '120101', leftAt: null });
    const { preview } = await ground.rowOf(importId);
    expect(preview).toMatchObject({ changedPhone: 0, changedName: 0, movedDistrict: 1, joined: 1 });
    // Who is new beside has what the file says.
    const [other] = await fresh.db
      .select()
      .from(resident)
      .where(and(eq(resident.districtCode, '120101'), eq(resident.phoneHash, phone('964000998'))));
    expect(other?.nameSealed).not.toBeNull();
  });

  it('is not undone by leaving the roll and being put on it again', async () => {
    const dni = await erased();
    await fresh.sql`update resident set left_at = now() where dni_hash = ${hashed(dni)}`;
    const back = {
      dniHash: hashed(dni),
      dniLastTwo: dni.slice(-2),
      districtCode: '120101',
      phoneSealed: sealPhone(TEST_KEYS.people, '964000777'),
      phoneHash: phone('964000777'),
      nameSealed: sealText(TEST_KEYS.people, 'name', 'Juana'),
      nameHash: phone('964000777'),
    };
    await fresh.db.transaction((tx) => addToRoll(tx, back));
    expect(await person(dni)).toMatchObject({ ...NOTHING, leftAt: null });
  });

  it('is kept by the database itself', async () => {
    const dni = await erased();
    await expect(
      fresh.sql`update resident set name_hash = ${Buffer.alloc(32)} where dni_hash = ${hashed(dni)}`,
    ).rejects.toThrow(/resident_contact_stays_erased/);
  });

  it('takes the copies that are decided, and those that wait once they are', async () => {
    const dni = nextDni();
    await ground.applied(`${HEAD}${dni};El Tambo;964000001;Juana\n`, { scope: 'partial' });
    const rejected = await inclusion(dni, 'rejected');
    const waiting = await inclusion(dni, 'filed');
    const refused = await registration(dni, 'rejected');
    const accredited = await registration(dni, 'accredited');
    await grant(dni);
    const none = { namesSealed: null, phoneSealed: null };
    expect(await inclusionOf(rejected)).toMatchObject(none);
    expect((await inclusionOf(waiting))?.namesSealed).not.toBeNull();
    expect(await agentOf(refused)).toMatchObject({ namesSealed: null, dniLastTwo: '' });
    expect((await agentOf(refused))?.dniHash.equals(hashed(dni))).toBe(false);
    // Published with consent, and in the file of the process.
    expect((await agentOf(accredited))?.namesSealed).not.toBeNull();
    await fresh.db
      .update(rollInclusion)
      .set({
        state: 'rejected',
        reason: 'x',
        decidedBy: officer.id,
        decidedAt: new Date(),
        dniSealed: null,
      })
      .where(eq(rollInclusion.id, waiting));
    await forgetContactCopies(fresh.db);
    expect(await inclusionOf(waiting)).toMatchObject(none);
  });
});

describe('DNIs that no erasure of a contact reaches', () => {
  const added = async (dni: string, state: 'applied' | 'declined', days: number) => {
    const [row] = await fresh.db
      .insert(rollAddition)
      .values({
        dniHash: hashed(dni),
        dniLastTwo: dni.slice(-2),
        districtCode: '120101',
        reason: 'x',
        askedBy: officer.id,
        state,
        decidedAt: new Date(Date.now() - days * 24 * 60 * 60 * 1000),
      })
      .returning({ id: rollAddition.id });
    return row!.id;
  };
  const additionOf = async (id: string) =>
    (await fresh.db.select().from(rollAddition).where(eq(rollAddition.id, id)))[0];

  it('go with the person when the months are over: of additions, inclusions and agents', async () => {
    const dni = nextDni();
    await ground.applied(`${HEAD}${dni};El Tambo;;\n`, { scope: 'partial' });
    const addition = await added(dni, 'applied', 1);
    const asked = await inclusion(dni, 'applied');
    const refused = await registration(dni, 'rejected');
    expect(await eraseLeft(fresh.db, 12)).toBe(0);
    expect((await additionOf(addition))?.dniLastTwo).toBe(dni.slice(-2));
    await fresh.sql`
      update resident set left_at = now() - interval '13 months' where dni_hash = ${hashed(dni)}`;
    expect(await eraseLeft(fresh.db, 12)).toBe(1);
    expect((await additionOf(addition))?.dniLastTwo).toBe('');
    expect((await additionOf(addition))?.dniHash.equals(hashed(dni))).toBe(false);
    expect(await inclusionOf(asked)).toMatchObject({ dniHash: null, dniLastTwo: null });
    expect((await agentOf(refused))?.dniLastTwo).toBe('');
  });

  it('of whom nobody put on the roll go after thirty days, of agents with their process', async () => {
    const [recent, old] = [nextDni(), nextDni()];
    const kept = await added(recent, 'declined', 29);
    const gone = await added(old, 'declined', 31);
    const speaker = await registration(recent, 'accredited');
    await forgetStrangers(fresh.db, 12);
    expect((await additionOf(kept))?.dniLastTwo).toBe(recent.slice(-2));
    expect((await additionOf(gone))?.dniLastTwo).toBe('');
    expect((await agentOf(speaker))?.dniLastTwo).toBe(recent.slice(-2));
    await fresh.sql`update agent set submitted_at = now() - interval '13 months' where id = ${speaker}`;
    await fresh.sql`update cycle set state = 'closed' where id = ${TEST_CYCLE}`;
    await forgetStrangers(fresh.db, 12);
    expect(await agentOf(speaker)).toMatchObject({ dniLastTwo: '', organisation: 'Junta vecinal' });
    const told = await ground.audits('roll.copies-erased');
    expect(told.map(({ details }) => details as object)).toEqual([
      { additions: 1, agents: 0 },
      { additions: 0, agents: 1 },
    ]);
    await forgetStrangers(fresh.db, 12);
    expect(await ground.audits('roll.copies-erased')).toHaveLength(2);
  });
});

function phone(number: string): Buffer {
  return hashPhone(TEST_KEYS.dniKey, number);
}
