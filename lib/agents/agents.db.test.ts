import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditEntry, staff } from '@/db/registry/schema';
import type { StaffActor } from '@/lib/auth/actor';
import { hashDni } from '@/lib/roll/secrets';
import { seedCycle, TEST_CYCLE, TEST_KEYS } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { decideAgent, submitAgent, withdrawAgent } from './commands';
import {
  agentById,
  agentByNumber,
  agentsPage,
  everyPublicAgent,
  ownAgent,
  publicAgents,
} from './queries';

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
const oscar: StaffActor = { kind: 'staff', id: 'oscar', displayName: 'Óscar', roles: ['officer'] };
const olga: StaffActor = { ...oscar, id: 'olga' };
const REASON = 'Constancia cotejada con el registro';
let dnis = 80_000_000;

function person(officer: StaffActor | null = null) {
  const dni = String((dnis += 1));
  return { dniHash: hashDni(TEST_KEYS.dniKey, dni), dniLastTwo: dni.slice(-2), officer };
}
const form = (organisation = 'Junta vecinal San Carlos') => ({
  names: 'Juana Quispe Rojas',
  organisation,
  organisationKind: 'neighbourhood' as const,
  districtCode: '120101',
  certificateNumber: 'C-0042',
  certificateOn: '2026-10-03',
  consent: 'yes' as const,
});
const pageOne = { page: 1, perPage: 50 };

beforeAll(async () => {
  fresh = await freshRegistry();
  await seedCycle(fresh.db);
  for (const id of ['oscar', 'olga']) {
    await fresh.db.insert(staff).values({ id, displayName: id, email: `${id}@x.invalid` });
  }
});
afterAll(async () => {
  await fresh.drop();
});

async function submitted(who = person(), organisation?: string): Promise<string> {
  const answer = await submitAgent(fresh.db, TEST_KEYS, who, form(organisation));
  if (!answer.ok) throw new Error(answer.reason);
  const { lines } = await agentsPage(fresh.db, TEST_CYCLE, pageOne);
  return lines.find(({ number }) => number === answer.value.number)!.id;
}

describe('agentes participantes', () => {
  it('one person registers once in a cycle, also when sent twenty times at once', async () => {
    const who = person();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => submitAgent(fresh.db, TEST_KEYS, who, form())),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toEqual({
      ok: false,
      reason: 'already-registered',
    });
  });

  it('are public only once accredited, with name, organisation and district and nothing else', async () => {
    const before = (await publicAgents(fresh.db, TEST_KEYS, TEST_CYCLE, pageOne)).total;
    const id = await submitted(person(), 'Comunidad campesina de Paccha');
    expect((await publicAgents(fresh.db, TEST_KEYS, TEST_CYCLE, pageOne)).total).toBe(before);
    const decision = { id, decision: 'accredit' as const, reason: REASON };
    expect(await decideAgent(fresh.db, { ...oscar, roles: ['technical-team'] }, decision)).toEqual({
      ok: false,
      reason: 'not-allowed',
    });
    const answers = await Promise.all([
      decideAgent(fresh.db, oscar, decision),
      decideAgent(fresh.db, olga, { ...decision, decision: 'reject' }),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const other = await submitted(person(), 'Asociación de mujeres de Palián');
    expect((await decideAgent(fresh.db, oscar, { ...decision, id: other })).ok).toBe(true);
    const listed = (await publicAgents(fresh.db, TEST_KEYS, TEST_CYCLE, pageOne)).agents;
    expect(Object.keys(listed[0]!).sort()).toEqual(
      ['districtName', 'id', 'name', 'organisation', 'organisationKind'].sort(),
    );
    expect(listed[0]).toMatchObject({ name: 'Juana Quispe Rojas', districtName: 'Huancayo' });
    expect(JSON.stringify(listed)).not.toContain('C-0042');
    const exported = [];
    for await (const portion of everyPublicAgent(fresh.db, TEST_KEYS, TEST_CYCLE)) {
      exported.push(...portion);
    }
    expect(exported).toEqual(listed);
  });

  it('are not accredited by who took the registration at the desk', async () => {
    const id = await submitted(person(oscar));
    const decision = { id, decision: 'accredit' as const, reason: REASON };
    expect(await decideAgent(fresh.db, oscar, decision)).toEqual({
      ok: false,
      reason: 'own-filing',
    });
    expect((await decideAgent(fresh.db, olga, decision)).ok).toBe(true);
    expect(await decideAgent(fresh.db, olga, decision)).toEqual({
      ok: false,
      reason: 'already-decided',
    });
  });

  it('may try again after a rejection, whose reason they can read', async () => {
    const who = person();
    const id = await submitted(who);
    await decideAgent(fresh.db, oscar, { id, decision: 'reject', reason: 'Falta la constancia' });
    expect(await ownAgent(fresh.db, TEST_CYCLE, who.dniHash)).toMatchObject({
      state: 'rejected',
      reason: 'Falta la constancia',
    });
    const { number } = (await agentById(fresh.db, TEST_KEYS, id))!;
    expect(await agentByNumber(fresh.db, number)).toMatchObject({
      state: 'rejected',
      reason: 'Falta la constancia',
    });
    expect(await agentByNumber(fresh.db, `${number}X`)).toBeNull();
    expect((await submitAgent(fresh.db, TEST_KEYS, who, form())).ok).toBe(true);
  });

  it('may withdraw until somebody has decided, as the consent says, and register again', async () => {
    const who = person();
    const id = await submitted(who);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => withdrawAgent(fresh.db, who.dniHash)),
    );
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toEqual({
      ok: false,
      reason: 'nothing-to-withdraw',
    });
    expect(await ownAgent(fresh.db, TEST_CYCLE, who.dniHash)).toMatchObject({ state: 'withdrawn' });
    expect(await agentById(fresh.db, TEST_KEYS, id)).toMatchObject({
      name: '',
      state: 'withdrawn',
    });
    expect(
      await decideAgent(fresh.db, oscar, { id, decision: 'accredit', reason: REASON }),
    ).toEqual({ ok: false, reason: 'already-decided' });
    const acts = await fresh.db
      .select({ actor: auditEntry.actor })
      .from(auditEntry)
      .where(and(eq(auditEntry.subject, `agent:${id}`), eq(auditEntry.action, 'agent.withdrawn')));
    expect(acts).toEqual([{ actor: 'system' }]);
    const again = await submitted(who);
    expect(
      (await decideAgent(fresh.db, oscar, { id: again, decision: 'accredit', reason: REASON })).ok,
    ).toBe(true);
    expect(await withdrawAgent(fresh.db, who.dniHash)).toEqual({
      ok: false,
      reason: 'nothing-to-withdraw',
    });
    expect(await withdrawAgent(fresh.db, person().dniHash)).toMatchObject({ ok: false });
  });

  it('keep neither name nor DNI in the clear', async () => {
    const rows = await fresh.sql<{ text: string }[]>`select a::text as text from agent a`;
    expect(rows.length).toBeGreaterThan(3);
    for (const { text } of rows) {
      expect(text).not.toContain('Quispe');
      expect(text).not.toMatch(/8000000\d/);
    }
  });
});
