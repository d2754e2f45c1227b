import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '@/lib/approvals/commands';
import { approvalsPage } from '@/lib/approvals/queries';
import { findAudit } from '@/lib/audit/queries';
import { evaluateProposal, registerProposal } from '@/lib/proposals/commands';
import { filtersOf } from '@/lib/proposals/input';
import { listProposals } from '@/lib/proposals/queries';
import { seedCycle } from '@/lib/rounds/test-round';
import { createLog } from '@/lib/shared/log';
import { freshRegistry } from '@/services/supervisor/test-support';
import type { StaffActor } from './actor';
import { addStaff, changeRoles } from './commands';
import { staffById } from './people';

/** T16: whatever a person writes is a value: to the database, to a page, to a log. */

const PAYLOADS = [
  `'; drop table staff; --`,
  `' or '1'='1`,
  `" or ""="`,
  `\\'; delete from proposal; --`,
  `$$; truncate staff cascade; $$`,
  `$1 $2 \${sql} :name ?`,
  `%' union select email from staff --`,
  `1; select pg_sleep(10)`,
  `'||(select string_agg(email, ',') from staff)||'`,
  `{{7*7}} \${7*7} <%= 7*7 %> #{7*7} {count, plural, one {x} other {#}}`,
  `línea uno\r\nSet-Cookie: minka-staff=robada\r\n\r\n<html>`,
  `{"level":60,"msg":"falso"}\n{"level":30,"msg":"otra"}`,
  `\u001b[2J\u001b[31mrojo\u0007`,
  `__proto__ constructor prototype`,
  `../../../../etc/passwd`,
  `%00 %0d%0a %27 &apos; &#39;`,
  `ＳＥＬＥＣＴ ＇ ʼ ′ «ñ» 👩‍👩‍👧 \u202e`,
] as const;

let registry: Awaited<ReturnType<typeof freshRegistry>>;
const actor: StaffActor = {
  kind: 'staff',
  id: 'ana',
  displayName: 'Ana',
  roles: ['administrator', 'technical-team'],
};
let before: number;

/** Long enough for every field, and told apart from the others. */
const padded = (payload: string, at: number) => `Texto ${String(at)} ${payload} del barrio`;

async function tables(): Promise<number> {
  const [row] = await registry.sql`
    select count(*)::int as n from information_schema.tables where table_schema = 'public'`;
  return Number(row?.['n']);
}

beforeAll(async () => {
  registry = await freshRegistry();
  await seedCycle(registry.db);
  for (const id of ['ana', 'beto']) {
    await registry.sql`insert into staff (id, display_name, email) values (${id}, ${id}, ${`${id}@example.pe`})`;
    await registry.sql`insert into staff_role values (${id}, 'administrator')`;
  }
  before = await tables();
});
afterAll(async () => {
  expect(await tables()).toBe(before);
  await registry.drop();
});

describe.each(PAYLOADS.map((payload, at) => [payload, at] as const))('T16: %j', (payload, at) => {
  const text = padded(payload, at);

  it('is kept as it was written in every field of a proposal, and its reason', async () => {
    const [envelope] = await registry.sql`select id from envelope where scope = 'province'`;
    const registration = {
      envelopeId: String(envelope?.['id']),
      objectiveCode: 'SOC-1-O1',
      title: text,
      label: payload,
      what: text,
      where: text,
      why: text,
      costCents: 100_00,
      proposerKind: 'board' as const,
      proposerName: text,
    };
    const done = await registerProposal(registry.db, actor, registration);
    const code = done.ok ? done.value : '';
    const evaluated = await evaluateProposal(registry.db, actor, {
      code,
      verdict: 'rejected',
      reasonEs: text,
      competence: 'municipal',
      costCents: 100_00,
    });
    expect(evaluated.ok).toBe(true);
    const [row] = await registry.sql`select * from proposal where code = ${code}`;
    expect(row).toMatchObject({
      title_es: text,
      label_es: payload,
      what_es: text,
      where_es: text,
      why_es: text,
      proposer_name: text,
      reason_es: text,
    });
  });

  it('names a person, gives a reason, asks for an act, and is only looked for', async () => {
    const id = `persona-${String(at)}`;
    const email = `p${String(at)}@example.pe`;
    const person = { id, displayName: text, email, roles: ['councillor'] as const };
    expect((await addStaff(registry.db, actor, person)).ok).toBe(true);
    expect((await staffById(registry.db, id))?.displayName).toBe(text);
    expect(
      (await changeRoles(registry.db, actor, { staffId: id, roles: ['auditor'], reason: text })).ok,
    ).toBe(true);
    const kind = 'staff.recovery';
    const asked = await ask(registry.db, actor, { kind, subject: id, reason: text });
    expect(asked.ok).toBe(true);
    const { approvals } = await approvalsPage(registry.db, { page: 1, perPage: 1 });
    expect(approvals[0]?.reason).toBe(text);
    const none = { action: null, actor: null, subject: null, from: null, until: null };
    const page = { page: 1, perPage: 5 };
    expect((await findAudit(registry.db, { ...none, actor: payload }, page)).total).toBe(0);
    expect((await findAudit(registry.db, { ...none, subject: payload }, page)).total).toBe(0);
    expect(await staffById(registry.db, payload)).toBeNull();
    const { page: _, ...filters } = filtersOf({
      buscar: payload,
      fondo: payload,
      proceso: payload,
    });
    await expect(listProposals(filters, 1, registry.db)).resolves.toBeDefined();
  });

  it('stays within its line of a log', () => {
    const lines: string[] = [];
    const log = createLog('prueba', { write: (line) => lines.push(line) });
    log.warn({ reason: text }, text);
    expect(lines).toHaveLength(1);
    const line = lines[0] ?? '';
    expect(line.trimEnd()).not.toMatch(/[\r\n\u001b\u0007]/);
    expect(JSON.parse(line)).toMatchObject({ level: 40, msg: text, reason: text });
  });
});
