import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resident, rollVersion } from '@/db/registry/schema';
import { decide } from '@/lib/approvals/commands';
import { seedCycle, TEST_KEYS } from '@/lib/rounds/test-round';
import { additionInput, askAddition } from '../additions';
import { forgetFiles, settleProposals } from '../retention';
import { hashDni, openPhone } from '../secrets';
import { currentRollVersion } from '../versions';
import { applyImport } from './apply';
import { chooseColumns, proposeImport } from './commands';
import { first, HEAD, officer, second, rollGround, type RollGround } from './import.fixture';
import { mappingShape } from './input';
import { toldRows } from './queries';
import { reportLine } from './report';
import { advanceImport } from './work';

let ground: RollGround;
let fresh: RollGround['fresh'];
let tools: RollGround['tools'];

beforeAll(async () => {
  ground = await rollGround(TEST_KEYS, seedCycle);
  ({ fresh, tools } = ground);
});
afterAll(() => ground.drop());
beforeEach(async () => {
  await ground.empty();
});

describe('an import, from the file to the roll', () => {
  it('brings people on, keeps nothing readable of them, and deletes the file when it is decided', async () => {
    const text = `${HEAD}40000001;El Tambo;964000001;Juana Ñahui\n40000002;Huancayo;;Pedro Inga\n`;
    const importId = await ground.applied(text);
    expect(await ground.roll()).toEqual(['01 120114', '02 120101']);
    const [one] = await fresh.db
      .select()
      .from(resident)
      .where(eq(resident.dniHash, hashDni(TEST_KEYS.dniKey, '40000001')));
    expect(openPhone(TEST_KEYS.people, one!.phoneSealed!)).toBe('964000001');
    const everything = JSON.stringify(
      await fresh.sql`select encode(name_sealed, 'escape') as n, encode(phone_sealed, 'escape') as p,
        encode(dni_hash, 'escape') as d from resident`,
    );
    for (const word of ['Juana', '964000001', '40000001']) expect(everything).not.toContain(word);
    expect(await readdir(tools.uploads)).toContain(`${importId}.roll`);
    await forgetFiles(fresh.db, tools.uploads);
    expect(await readdir(tools.uploads)).not.toContain(`${importId}.roll`);
    expect(await ground.rowOf(importId)).toMatchObject({ fileKey: null, sampleSealed: null });
    const told = JSON.stringify(await fresh.sql`select details, subject from audit_entry`);
    for (const word of ['Juana', '964000001', '40000001', 'padron.csv'])
      expect(told).not.toContain(word);
  });

  it('lies on the disk only encrypted', async () => {
    const importId = await ground.upload(`${HEAD}40000001;El Tambo;964000001;Juana\n`);
    const bytes = await readFile(join(tools.uploads, `${importId}.roll`));
    expect(bytes.includes('40000001')).toBe(false);
    expect(JSON.stringify(await ground.rowOf(importId))).not.toContain('40000001');
  });

  it('is previewed with what it changes, and nothing changes before the second person', async () => {
    await ground.applied(
      `${HEAD}40000001;El Tambo;964000001;A\n40000002;Huancayo;964000002;B\n40000003;Huancayo;;C\n40000004;Huancayo;;D\n`,
    );
    const before = await ground.roll();
    const importId = await ground.previewed(
      `${HEAD}40000001;Huancayo;964000001;A\n40000002;Huancayo;964000022;B\n40000004;Huancayo;;D\n40000005;El Tambo;;E\n`,
    );
    expect((await ground.rowOf(importId)).preview).toEqual({
      before: 4,
      after: 4,
      joined: 1,
      left: 1,
      movedDistrict: 1,
      changedPhone: 1,
      changedName: 0,
      unchanged: 1,
      withoutPhone: 2,
      sharedPhones: 0,
      districts: {
        '120101': { before: 3, after: 3, joined: 0, left: 1 },
        '120114': { before: 1, after: 1, joined: 1, left: 0 },
      },
    });
    expect(await ground.roll()).toEqual(before);
    expect(await currentRollVersion(fresh.db)).toBe(1);
  });

  it('sends away whom a whole roll lacks, brings them back, and lets nobody go for a part of one', async () => {
    await ground.applied(`${HEAD}40000001;El Tambo;;A\n40000002;Huancayo;;B\n`);
    await ground.applied(`${HEAD}40000002;El Tambo;;B\n`);
    expect(await ground.roll()).toEqual(['01 120114 gone', '02 120114']);
    await ground.applied(`${HEAD}40000001;Huancayo;;A\n`, { scope: 'partial' });
    expect(await ground.roll()).toEqual(['01 120101', '02 120114']);
    const versions = await fresh.db.select().from(rollVersion).orderBy(rollVersion.number);
    expect(versions.map((one) => [one.number, one.people, one.askedBy, one.approvedBy])).toEqual([
      [1, 2, 'staff:olga', 'staff:ana'],
      [2, 1, 'staff:olga', 'staff:ana'],
      [3, 2, 'staff:olga', 'staff:ana'],
    ]);
    expect(versions.at(-1)?.perDistrict).toEqual({ '120101': 1, '120114': 1 });
  });

  it('remembers the columns for the next file with the same headers', async () => {
    const head = 'Ciudadano;A;B\n';
    const importId = await ground.upload(`${head}x;40000001;El Tambo\n`);
    await advanceImport(tools, importId);
    const mapping = mappingShape.parse((await ground.rowOf(importId)).mapping);
    expect(mapping).toMatchObject({ dni: -1, district: -1 });
    const unsaid = await chooseColumns(fresh.db, officer, { importId, mapping });
    expect(unsaid).toEqual({ ok: false, reason: 'wrong-columns' });
    const said = { ...mapping, dni: 1, district: 2 };
    expect(await chooseColumns(fresh.db, officer, { importId, mapping: said })).toMatchObject({
      ok: true,
    });
    const next = await ground.upload(`${head}y;40000002;Huancayo\n`);
    await advanceImport(tools, next);
    expect((await ground.rowOf(next)).mapping).toMatchObject({ dni: 1, district: 2 });
  });

  it('tells every rejected row with its reason, and its report comes back corrected as a part', async () => {
    const importId = await ground.applied(
      `${HEAD}40000001;El Tambo;964000001;A\n4000000;El Tambo;+51 964 000 002;=B\n40000003;Lima;;C\n40000001;Huancayo;;D\n40000004;Huancayo;123;E\n`,
    );
    const told: { number: number; accepted: boolean; reason: string; cells: string[] }[] = [];
    for await (const portion of toldRows(fresh.db, TEST_KEYS, importId)) told.push(...portion);
    expect(told).toEqual([
      {
        number: 3,
        accepted: false,
        reason: 'dni-malformed',
        cells: ['4000000', 'El Tambo', '+51 964 000 002', '=B'],
      },
      {
        number: 4,
        accepted: false,
        reason: 'district-unknown',
        cells: ['40000003', 'Lima', '', 'C'],
      },
      {
        number: 5,
        accepted: false,
        reason: 'dni-repeated',
        cells: ['40000001', 'Huancayo', '', 'D'],
      },
      {
        number: 6,
        accepted: true,
        reason: 'phone-unusable',
        cells: ['40000004', 'Huancayo', '123', 'E'],
      },
    ]);
    const corrected = told.slice(0, 1).map(({ number, cells }) =>
      reportLine({
        number,
        outcome: 'rechazada',
        reason: 'x',
        cells: ['40000002', ...cells.slice(1)],
      }),
    );
    await ground.applied(
      `fila,resultado,motivo,DNI,Distrito,Celular,Nombres\r\n${corrected.join('')}`,
    );
    expect(await ground.roll()).toEqual(['01 120114', '02 120114', '04 120101']);
    const [added] = await fresh.db
      .select()
      .from(resident)
      .where(eq(resident.dniHash, hashDni(TEST_KEYS.dniKey, '40000002')));
    expect(openPhone(TEST_KEYS.people, added!.phoneSealed!)).toBe('964000002');
  });

  it('an empty cell takes no phone away', async () => {
    await ground.applied(`${HEAD}40000001;El Tambo;964000001;A\n`);
    await ground.applied(`${HEAD}40000001;El Tambo;;\n`);
    const [one] = await fresh.db.select().from(resident);
    expect(openPhone(TEST_KEYS.people, one!.phoneSealed!)).toBe('964000001');
  });
});

describe('T22: two people for a change of the roll', () => {
  it('whoever proposed it does not decide, and an officer who did not propose it neither', async () => {
    const importId = await ground.previewed(`${HEAD}40000001;El Tambo;;A\n`);
    const asked = await proposeImport(fresh.db, first, { importId, reason: 'x' });
    if (!asked.ok) throw new Error(asked.reason);
    const decision = { approvalId: asked.value, decision: 'approved' as const };
    expect(await decide(fresh.db, first, decision)).toEqual({ ok: false, reason: 'own-request' });
    expect(await decide(fresh.db, officer, decision)).toEqual({ ok: false, reason: 'not-allowed' });
    await advanceImport(tools, importId);
    expect((await ground.rowOf(importId)).state).toBe('proposed');
    expect(await ground.roll()).toEqual([]);
  });

  it('two yeses and four workers at once apply it once', async () => {
    const { importId, approvalId } = await ground.proposed(`${HEAD}40000001;El Tambo;;A\n`);
    const decision = { approvalId, decision: 'approved' as const };
    const answers = await Promise.all([
      decide(fresh.db, first, decision),
      decide(fresh.db, second, decision),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const ends = await Promise.all([1, 2, 3, 4].map(() => applyImport(fresh.db, importId)));
    expect(ends.filter((end) => end.ok)).toHaveLength(1);
    expect(await currentRollVersion(fresh.db)).toBe(1);
    expect(await ground.roll()).toEqual(['01 120114']);
    expect(await ground.audits('roll.applied')).not.toHaveLength(0);
  });

  it('one import waits for its second person at a time, and an older comparison is refused', async () => {
    const older = await ground.previewed(`${HEAD}40000009;El Tambo;;Z\n`);
    const { importId, approvalId } = await ground.proposed(`${HEAD}40000001;El Tambo;;A\n`);
    const meanwhile = await proposeImport(fresh.db, officer, { importId: older, reason: 'x' });
    expect(meanwhile).toEqual({ ok: false, reason: 'another-proposed' });
    await decide(fresh.db, first, { approvalId, decision: 'approved' });
    await advanceImport(tools, importId);
    const late = await proposeImport(fresh.db, officer, { importId: older, reason: 'x' });
    expect(late).toEqual({ ok: false, reason: 'roll-changed' });
  });

  it('what was declined changes nothing and is settled', async () => {
    const { importId, approvalId } = await ground.proposed(`${HEAD}40000001;El Tambo;;A\n`);
    await decide(fresh.db, first, { approvalId, decision: 'declined' });
    await settleProposals(fresh.db);
    expect((await ground.rowOf(importId)).state).toBe('declined');
    expect(await ground.roll()).toEqual([]);
  });

  it('one more person comes by a reason and two people, as a version of its own', async () => {
    await ground.applied(`${HEAD}40000001;El Tambo;;A\n`);
    const input = additionInput.parse({
      dni: '40.000.002',
      districtCode: '120101',
      name: 'Pedro Inga',
      phone: '964 000 002',
      reason: 'Cambió de domicilio',
    });
    const spend = () => Promise.resolve({ ok: true as const });
    const addition = { db: fresh.db, keys: TEST_KEYS, spend };
    const asked = await askAddition(addition, officer, input);
    if (!asked.ok) throw new Error(asked.reason);
    expect(await askAddition(addition, officer, input)).toEqual({
      ok: false,
      reason: 'already-asked',
    });
    expect(await ground.roll()).toEqual(['01 120114']);
    const decision = { approvalId: asked.value, decision: 'approved' as const };
    await Promise.all([decide(fresh.db, first, decision), decide(fresh.db, second, decision)]);
    expect(await ground.roll()).toEqual(['01 120114', '02 120101']);
    expect(await currentRollVersion(fresh.db)).toBe(2);
    expect(await askAddition(addition, officer, input)).toEqual({
      ok: false,
      reason: 'already-on-roll',
    });
    const told = JSON.stringify(
      await fresh.sql`select details from audit_entry where action in ('roll.added', 'approval.asked')`,
    );
    for (const word of ['Pedro', '964000002', '40000002']) expect(told).not.toContain(word);
  });
});
