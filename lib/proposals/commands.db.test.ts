import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StaffActor } from '@/lib/auth/actor';
import { seedCycle, TEST_CYCLE } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { evaluateProposal, registerProposal } from './commands';
import type { RegistrationInput } from './input';

let registry: Awaited<ReturnType<typeof freshRegistry>>;
const technician: StaffActor = {
  kind: 'staff',
  id: 'tec',
  displayName: 'Tec',
  roles: ['technical-team'],
};
const councillor: StaffActor = {
  kind: 'staff',
  id: 'reg',
  displayName: 'Reg',
  roles: ['councillor'],
};
let registration: RegistrationInput;

beforeAll(async () => {
  registry = await freshRegistry();
  await seedCycle(registry.db);
  const [envelope] = await registry.sql`select id from envelope where scope = 'province'`;
  const [objective] =
    await registry.sql`select code from plan_item where kind = 'objective' limit 1`;
  registration = {
    envelopeId: String(envelope?.['id']),
    objectiveCode: String(objective?.['code']),
    title: 'Losa deportiva en Azapampa',
    label: 'Losa de Azapampa',
    what: 'Una losa con techo para que juegue el barrio.',
    where: 'Azapampa, Chilca',
    why: 'Los chicos juegan en la pista y es peligroso.',
    costCents: 25_000_000,
    proposerKind: 'board',
    proposerName: 'Junta vecinal de Azapampa',
  };
});
afterAll(async () => {
  await registry.drop();
});

async function registered(): Promise<string> {
  const done = await registerProposal(registry.db, technician, registration);
  if (!done.ok) throw new Error(done.reason);
  return done.value;
}

const verdict = (code: string) =>
  ({
    code,
    verdict: 'rejected',
    reasonEs: 'El terreno es de un privado.',
    competence: 'municipal',
    costCents: 26_000_000,
  }) as const;

describe('registering a proposal', () => {
  it('gives twenty proposals that arrive at once twenty numbers in a row', async () => {
    const codes = await Promise.all(Array.from({ length: 20 }, registered));
    const numbers = codes.map((code) => Number(code.split('-')[1])).toSorted((a, b) => a - b);
    expect(new Set(numbers).size).toBe(20);
    expect((numbers.at(-1) ?? 0) - (numbers[0] ?? 0)).toBe(19);
  });

  it('refuses who may not, an unknown objective, an unknown fund, a closed process; writes nothing', async () => {
    const count = async () =>
      (await registry.sql`select count(*)::int as n from proposal`)[0]?.['n'] as number;
    const before = await count();
    const refusal = async (actor: StaffActor, input: RegistrationInput) => {
      const done = await registerProposal(registry.db, actor, input);
      return done.ok ? 'done' : done.reason;
    };
    expect(await refusal(councillor, registration)).toBe('not-allowed');
    expect(await refusal(technician, { ...registration, objectiveCode: 'SOC-99-O1' })).toBe(
      'no-objective',
    );
    expect(await refusal(technician, { ...registration, envelopeId: 'nada' })).toBe('no-envelope');
    await registry.sql`update cycle set state = 'closed' where id = ${TEST_CYCLE}`;
    expect(await refusal(technician, registration)).toBe('cycle-closed');
    await registry.sql`update cycle set state = 'current' where id = ${TEST_CYCLE}`;
    expect(await count()).toBe(before);
  });
});

describe('evaluating a proposal', () => {
  it('keeps the public reason and the cost, and records who decided what', async () => {
    const code = await registered();
    expect(await evaluateProposal(registry.db, technician, verdict(code))).toEqual({
      ok: true,
      value: null,
    });
    const [row] =
      await registry.sql`select state, reason_es, cost_cents from proposal where code = ${code}`;
    expect(row).toEqual({
      state: 'rejected',
      reason_es: 'El terreno es de un privado.',
      cost_cents: '26000000',
    });
    const [entry] = await registry.sql`
      select actor, details->>'to' as to from audit_entry where subject = ${`proposal:${code}`} and action = 'proposal.evaluated'`;
    expect(entry).toEqual({ actor: 'staff:tec', to: 'rejected' });
  });

  it('is refused once a round that asks about its fund has left the draft', async () => {
    const code = await registered();
    await registry.sql`
      insert into round (id, cycle_id, screen_code, name_es, name_en, state, opens_at, closes_at, live_policy)
      values ('ronda', ${TEST_CYCLE}, 'RON1', 'Ronda', 'Round', 'draft', now(), now() + interval '1 day', 'at-close')`;
    await registry.sql`
      insert into contest (round_id, id, kind, position, envelope_id, rule)
      values ('ronda', 'fondo-provincia', 'allocate', 1, ${registration.envelopeId}, '{}')`;
    expect((await evaluateProposal(registry.db, technician, verdict(code))).ok).toBe(true);
    await registry.sql`update round set state = 'opening' where id = 'ronda'`;
    expect(await evaluateProposal(registry.db, technician, verdict(code))).toEqual({
      ok: false,
      reason: 'frozen',
    });
  });

  it('is refused to a councillor and for a number that does not exist', async () => {
    const code = await registered();
    expect(await evaluateProposal(registry.db, councillor, verdict(code))).toEqual({
      ok: false,
      reason: 'not-allowed',
    });
    expect(await evaluateProposal(registry.db, technician, verdict('2027-9999'))).toEqual({
      ok: false,
      reason: 'not-found',
    });
  });
});
