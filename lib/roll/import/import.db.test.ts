import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resident, rollImport, rollVersion, staff, staffRole } from '@/db/registry/schema';
import { decide } from '@/lib/approvals/commands';
import type { StaffActor } from '@/lib/auth/actor';
import { asSuperuser, seedCycle, TEST_KEYS } from '@/lib/rounds/test-round';
import { freshRegistry } from '@/services/supervisor/test-support';
import { additionInput, askAddition } from '../additions';
import { personKeys, sealText } from '../person-crypto';
import {
  eraseLeft,
  eraseResident,
  forgetFiles,
  forgetRejectedRows,
  settleProposals,
} from '../retention';
import { sealAgain } from '../rotation';
import { hashDni, openPhone } from '../secrets';
import { currentRollVersion } from '../versions';
import { applyImport } from './apply';
import { beginUpload, chooseColumns, giveUpImport, proposeImport, receivePiece } from './commands';
import { mappingShape } from './input';
import { importById, sharedPhones, toldRows } from './queries';
import { reportLine } from './report';
import { limaToday, stageRows } from './stage';
import { MAX_ROWS, PIECE_BYTES, type Mapping } from './types';
import { advanceImport, importsWithWork, type ImportTools } from './work';

type Fresh = Awaited<ReturnType<typeof freshRegistry>>;
let fresh: Fresh;
let tools: ImportTools;
let folder: string;

const actor = (id: string, role: 'officer' | 'administrator'): StaffActor => ({
  kind: 'staff',
  id,
  displayName: id,
  roles: [role],
});
const officer = actor('olga', 'officer');
const first = actor('ana', 'administrator');
const second = actor('berta', 'administrator');

beforeAll(async () => {
  fresh = await freshRegistry();
  folder = await mkdtemp(join(tmpdir(), 'minka-roll-'));
  tools = { db: fresh.db, sql: fresh.sql, keys: TEST_KEYS, uploads: join(folder, 'uploads') };
  await seedCycle(fresh.db);
  for (const one of [officer, first, second]) {
    await fresh.db
      .insert(staff)
      .values({ id: one.id, displayName: one.id, email: `${one.id}@test.invalid` });
    await fresh.db.insert(staffRole).values({ staffId: one.id, role: one.roles[0]! });
  }
});
afterAll(async () => {
  await fresh.drop();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  await asSuperuser(
    fresh.owner,
    (sql) => sql`truncate roll_version, roll_freeze, roll_addition, roll_import, roll_import_row,
      roll_mapping, approval, resident cascade`,
  );
});

const HEAD = 'DNI;Distrito;Celular;Nombres\n';
let modified = 0;

async function upload(text: string | Buffer, name = 'padron.csv'): Promise<string> {
  const bytes = Buffer.from(text as string);
  const input = { name, size: bytes.length, modified: (modified += 1) };
  const begun = await beginUpload(tools, officer, input);
  if (!begun.ok) throw new Error(begun.reason);
  const { importId } = begun.value;
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    const piece = bytes.subarray(at, at + PIECE_BYTES);
    const taken = await receivePiece(tools, officer, { importId, at, piece });
    if (!taken.ok) throw new Error(taken.reason);
  }
  return importId;
}

async function rowOf(importId: string) {
  const [row] = await fresh.db.select().from(rollImport).where(eq(rollImport.id, importId));
  return row!;
}

/** From the first byte to the preview. */
async function previewed(text: string | Buffer, changes: Partial<Mapping> = {}): Promise<string> {
  const importId = await upload(text);
  await advanceImport(tools, importId);
  const mapping = { ...mappingShape.parse((await rowOf(importId)).mapping), ...changes };
  expect(await chooseColumns(fresh.db, officer, { importId, mapping })).toMatchObject({ ok: true });
  await advanceImport(tools, importId);
  expect((await rowOf(importId)).state).toBe('previewed');
  return importId;
}

async function proposed(text: string, changes: Partial<Mapping> = {}) {
  const importId = await previewed(text, changes);
  const asked = await proposeImport(fresh.db, officer, { importId, reason: 'Padrón de noviembre' });
  if (!asked.ok) throw new Error(asked.reason);
  return { importId, approvalId: asked.value };
}

async function applied(text: string, changes: Partial<Mapping> = {}): Promise<string> {
  const { importId, approvalId } = await proposed(text, changes);
  const decided = await decide(fresh.db, first, { approvalId, decision: 'approved' });
  expect(decided).toMatchObject({ ok: true });
  await advanceImport(tools, importId);
  expect((await rowOf(importId)).state).toBe('applied');
  return importId;
}

const roll = async () =>
  (
    await fresh.sql`select dni_last_two as dni, district_code as district, left_at is not null as gone
      from resident where erased_at is null order by dni_last_two`
  ).map(
    (row) =>
      `${String(row['dni'])} ${String(row['district'])}${row['gone'] === true ? ' gone' : ''}`,
  );
const audits = async (action: string) =>
  fresh.sql`select details from audit_entry where action = ${action}`;

describe('an import, from the file to the roll', () => {
  it('brings people on, keeps nothing readable of them, and deletes the file when it is decided', async () => {
    const text = `${HEAD}40000001;El Tambo;964000001;Juana Ñahui\n40000002;Huancayo;;Pedro Inga\n`;
    const importId = await applied(text);
    expect(await roll()).toEqual(['01 120114', '02 120101']);
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
    expect(await rowOf(importId)).toMatchObject({ fileKey: null, sampleSealed: null });
    const told = JSON.stringify(await fresh.sql`select details, subject from audit_entry`);
    for (const word of ['Juana', '964000001', '40000001', 'padron.csv'])
      expect(told).not.toContain(word);
  });

  it('lies on the disk only encrypted', async () => {
    const importId = await upload(`${HEAD}40000001;El Tambo;964000001;Juana\n`);
    const { readFile } = await import('node:fs/promises');
    const bytes = await readFile(join(tools.uploads, `${importId}.roll`));
    expect(bytes.includes('40000001')).toBe(false);
    expect(JSON.stringify(await rowOf(importId))).not.toContain('40000001');
  });

  it('is previewed with what it changes, and nothing changes before the second person', async () => {
    await applied(
      `${HEAD}40000001;El Tambo;964000001;A\n40000002;Huancayo;964000002;B\n40000003;Huancayo;;C\n40000004;Huancayo;;D\n`,
    );
    const before = await roll();
    const importId = await previewed(
      `${HEAD}40000001;Huancayo;964000001;A\n40000002;Huancayo;964000022;B\n40000004;Huancayo;;D\n40000005;El Tambo;;E\n`,
    );
    expect((await rowOf(importId)).preview).toEqual({
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
    expect(await roll()).toEqual(before);
    expect(await currentRollVersion(fresh.db)).toBe(1);
  });

  it('sends away whom a whole roll lacks, brings them back, and lets nobody go for a part of one', async () => {
    await applied(`${HEAD}40000001;El Tambo;;A\n40000002;Huancayo;;B\n`);
    await applied(`${HEAD}40000002;El Tambo;;B\n`);
    expect(await roll()).toEqual(['01 120114 gone', '02 120114']);
    await applied(`${HEAD}40000001;Huancayo;;A\n`, { scope: 'partial' });
    expect(await roll()).toEqual(['01 120101', '02 120114']);
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
    const importId = await upload(`${head}x;40000001;El Tambo\n`);
    await advanceImport(tools, importId);
    const mapping = mappingShape.parse((await rowOf(importId)).mapping);
    expect(mapping).toMatchObject({ dni: -1, district: -1 });
    const unsaid = await chooseColumns(fresh.db, officer, { importId, mapping });
    expect(unsaid).toEqual({ ok: false, reason: 'wrong-columns' });
    const said = { ...mapping, dni: 1, district: 2 };
    expect(await chooseColumns(fresh.db, officer, { importId, mapping: said })).toMatchObject({
      ok: true,
    });
    const next = await upload(`${head}y;40000002;Huancayo\n`);
    await advanceImport(tools, next);
    expect((await rowOf(next)).mapping).toMatchObject({ dni: 1, district: 2 });
  });

  it('tells every rejected row with its reason, and its report comes back corrected as a part', async () => {
    const importId = await applied(
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
    await applied(`fila,resultado,motivo,DNI,Distrito,Celular,Nombres\r\n${corrected.join('')}`);
    expect(await roll()).toEqual(['01 120114', '02 120114', '04 120101']);
    const [added] = await fresh.db
      .select()
      .from(resident)
      .where(eq(resident.dniHash, hashDni(TEST_KEYS.dniKey, '40000002')));
    expect(openPhone(TEST_KEYS.people, added!.phoneSealed!)).toBe('964000002');
  });

  it('an empty cell takes no phone away', async () => {
    await applied(`${HEAD}40000001;El Tambo;964000001;A\n`);
    await applied(`${HEAD}40000001;El Tambo;;\n`);
    const [one] = await fresh.db.select().from(resident);
    expect(openPhone(TEST_KEYS.people, one!.phoneSealed!)).toBe('964000001');
  });
});

describe('T22: two people for a change of the roll', () => {
  it('whoever proposed it does not decide, and an officer who did not propose it neither', async () => {
    const importId = await previewed(`${HEAD}40000001;El Tambo;;A\n`);
    const asked = await proposeImport(fresh.db, first, { importId, reason: 'x' });
    if (!asked.ok) throw new Error(asked.reason);
    const decision = { approvalId: asked.value, decision: 'approved' as const };
    expect(await decide(fresh.db, first, decision)).toEqual({ ok: false, reason: 'own-request' });
    expect(await decide(fresh.db, officer, decision)).toEqual({ ok: false, reason: 'not-allowed' });
    await advanceImport(tools, importId);
    expect((await rowOf(importId)).state).toBe('proposed');
    expect(await roll()).toEqual([]);
  });

  it('two yeses and four workers at once apply it once', async () => {
    const { importId, approvalId } = await proposed(`${HEAD}40000001;El Tambo;;A\n`);
    const decision = { approvalId, decision: 'approved' as const };
    const answers = await Promise.all([
      decide(fresh.db, first, decision),
      decide(fresh.db, second, decision),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const ends = await Promise.all([1, 2, 3, 4].map(() => applyImport(fresh.db, importId)));
    expect(ends.filter((end) => end.ok)).toHaveLength(1);
    expect(await currentRollVersion(fresh.db)).toBe(1);
    expect(await roll()).toEqual(['01 120114']);
    expect(await audits('roll.applied')).not.toHaveLength(0);
  });

  it('one import waits for its second person at a time, and an older comparison is refused', async () => {
    const older = await previewed(`${HEAD}40000009;El Tambo;;Z\n`);
    const { importId, approvalId } = await proposed(`${HEAD}40000001;El Tambo;;A\n`);
    const meanwhile = await proposeImport(fresh.db, officer, { importId: older, reason: 'x' });
    expect(meanwhile).toEqual({ ok: false, reason: 'another-proposed' });
    await decide(fresh.db, first, { approvalId, decision: 'approved' });
    await advanceImport(tools, importId);
    const late = await proposeImport(fresh.db, officer, { importId: older, reason: 'x' });
    expect(late).toEqual({ ok: false, reason: 'roll-changed' });
  });

  it('what was declined changes nothing and is settled', async () => {
    const { importId, approvalId } = await proposed(`${HEAD}40000001;El Tambo;;A\n`);
    await decide(fresh.db, first, { approvalId, decision: 'declined' });
    await settleProposals(fresh.db);
    expect((await rowOf(importId)).state).toBe('declined');
    expect(await roll()).toEqual([]);
  });

  it('one more person comes by a reason and two people, as a version of its own', async () => {
    await applied(`${HEAD}40000001;El Tambo;;A\n`);
    const input = additionInput.parse({
      dni: '40.000.002',
      districtCode: '120101',
      name: 'Pedro Inga',
      phone: '964 000 002',
      reason: 'Cambió de domicilio',
    });
    const asked = await askAddition(fresh.db, TEST_KEYS, officer, input);
    if (!asked.ok) throw new Error(asked.reason);
    expect(await askAddition(fresh.db, TEST_KEYS, officer, input)).toEqual({
      ok: false,
      reason: 'already-asked',
    });
    expect(await roll()).toEqual(['01 120114']);
    const decision = { approvalId: asked.value, decision: 'approved' as const };
    await Promise.all([decide(fresh.db, first, decision), decide(fresh.db, second, decision)]);
    expect(await roll()).toEqual(['01 120114', '02 120101']);
    expect(await currentRollVersion(fresh.db)).toBe(2);
    expect(await askAddition(fresh.db, TEST_KEYS, officer, input)).toEqual({
      ok: false,
      reason: 'already-on-roll',
    });
    const told = JSON.stringify(
      await fresh.sql`select details from audit_entry where action in ('roll.added', 'approval.asked')`,
    );
    for (const word of ['Pedro', '964000002', '40000002']) expect(told).not.toContain(word);
  });
});

describe('an upload', () => {
  it('goes on where it was cut, and a piece sent twice changes nothing', async () => {
    const text = Buffer.from(HEAD + '40000001;El Tambo;;A\n'.repeat(120_000));
    const input = { name: 'largo.csv', size: text.length, modified: 1 };
    const begun = await beginUpload(tools, officer, input);
    if (!begun.ok) throw new Error(begun.reason);
    const { importId } = begun.value;
    const piece = (at: number) => ({ importId, at, piece: text.subarray(at, at + PIECE_BYTES) });
    const both = await Promise.all([
      receivePiece(tools, officer, piece(0)),
      receivePiece(tools, officer, piece(0)),
    ]);
    expect(both.every((one) => one.ok && one.value.received === PIECE_BYTES)).toBe(true);
    expect(await receivePiece(tools, officer, piece(2 * PIECE_BYTES))).toEqual({
      ok: false,
      reason: 'wrong-place',
    });
    expect(await beginUpload(tools, officer, input)).toEqual({
      ok: true,
      value: { importId, received: PIECE_BYTES },
    });
    expect(await receivePiece(tools, first, piece(PIECE_BYTES))).toEqual({
      ok: false,
      reason: 'not-found',
    });
    for (let at = PIECE_BYTES; at < text.length; at += PIECE_BYTES)
      await receivePiece(tools, officer, piece(at));
    expect((await rowOf(importId)).state).toBe('inspecting');
    expect(await importsWithWork(fresh.db)).toEqual([importId]);
    await advanceImport(tools, importId);
    expect((await rowOf(importId)).state).toBe('mapping');
  });

  it('T38: what is no roll by its first bytes is refused with the first piece', async () => {
    await expect(upload('%PDF-1.7 nothing')).rejects.toThrow('pdf');
    expect(await readdir(tools.uploads).catch(() => [])).not.toContain('x');
    const importId = await upload('DNI;Distrito\n40000001;"El Tambo');
    await advanceImport(tools, importId);
    expect(await rowOf(importId)).toMatchObject({ state: 'failed', problem: 'broken-quotes' });
  });

  it('a stored file that was altered is not read', async () => {
    const importId = await upload(`${HEAD}40000001;El Tambo;;A\n`);
    const { readFile, writeFile } = await import('node:fs/promises');
    const path = join(tools.uploads, `${importId}.roll`);
    const bytes = await readFile(path);
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    await writeFile(path, bytes);
    await advanceImport(tools, importId);
    expect(await rowOf(importId)).toMatchObject({ state: 'failed', problem: 'damaged' });
  });

  it('can be given up before it is proposed, and not after', async () => {
    const importId = await previewed(`${HEAD}40000001;El Tambo;;A\n`);
    expect(await giveUpImport(tools, actor('x', 'officer'), importId)).toMatchObject({ ok: true });
    expect(await readdir(tools.uploads)).not.toContain(`${importId}.roll`);
    const { importId: other } = await proposed(`${HEAD}40000002;El Tambo;;A\n`);
    expect(await giveUpImport(tools, officer, other)).toEqual({ ok: false, reason: 'wrong-state' });
  });

  it('T38: a stream of a million rows ends at the limit and leaves nothing', async () => {
    const line = Buffer.from(';El Tambo;;\n');
    const head = Buffer.from(HEAD);
    const size = head.length + 1_000_000 * line.length;
    const block = Buffer.concat(Array.from({ length: 8192 }, () => line));
    const file = {
      size,
      read: (position: number, length: number) => {
        if (position === 0) return Promise.resolve(Buffer.concat([head, block]));
        const within = (position - head.length) % line.length;
        return Promise.resolve(block.subarray(within, within + Math.min(length, size - position)));
      },
      close: () => Promise.resolve(),
    };
    const importId = await upload(`${HEAD}40000001;El Tambo;;A\n`);
    const before = process.memoryUsage.rss();
    const reading = stageRows(fresh.sql, {
      importId,
      file,
      format: { kind: 'csv', encoding: 'utf-8', delimiter: ';' },
      headerRow: 1,
      mapping: {
        dni: 0,
        district: 1,
        phone: 2,
        name: [3],
        birth: null,
        dateOrder: 'refuse',
        minAge: 18,
        padDni: false,
        scope: 'whole',
      },
      isReport: false,
      districts: [],
      keys: TEST_KEYS,
      on: limaToday(new Date()),
      onProgress: () => Promise.resolve(),
    });
    await expect(reading).rejects.toMatchObject({ reason: 'too-many-rows', row: MAX_ROWS + 2 });
    expect(process.memoryUsage.rss() - before).toBeLessThan(300 * 1024 * 1024);
    const [left] = await fresh.sql`select count(*)::int as n from roll_import_row`;
    expect(left?.['n']).toBe(0);
  });
});

describe('what is kept, and until when', () => {
  it('rejected rows go after thirty days, and it is written down without a name', async () => {
    const importId = await applied(`${HEAD}40000001;El Tambo;;A\n4;El Tambo;;B\n`);
    await forgetRejectedRows(fresh.db);
    expect(await importById(fresh.db, TEST_KEYS, importId)).toMatchObject({ rowsErasedAt: null });
    await fresh.sql`update roll_import set decided_at = now() - interval '31 days'`;
    await forgetRejectedRows(fresh.db);
    const [left] = await fresh.sql`select count(*)::int as n from roll_import_row`;
    expect(left?.['n']).toBe(0);
    expect((await audits('roll.rows-erased')).at(-1)?.['details']).toEqual({ rows: 1 });
  });

  it('who left is erased when the months are over, and not before, nor while a round needs them', async () => {
    await applied(
      `${HEAD}40000001;El Tambo;964000001;A\n40000002;Huancayo;;B\n40000003;Huancayo;;C\n`,
    );
    await applied(`${HEAD}40000003;Huancayo;;C\n`);
    expect(await eraseLeft(fresh.db, 12)).toBe(0);
    await fresh.sql`update resident set left_at = now() - interval '13 months' where left_at is not null`;
    await fresh.sql`insert into round (id, cycle_id, screen_code, name_es, name_en, state, opens_at, closes_at, live_policy)
      values ('guardada', 'pp2027', 'GUARDADA', 'x', 'x', 'draft', now(), now() + interval '1 hour', 'at-close')
      on conflict do nothing`;
    await asSuperuser(
      fresh.owner,
      (sql) => sql`insert into roll_entry (round_id, resident_id, district_code)
        select 'guardada', id, district_code from resident where dni_last_two = '02'`,
    );
    await asSuperuser(
      fresh.owner,
      (sql) => sql`update round set state = 'opening' where id = 'guardada'`,
    );
    expect(await eraseLeft(fresh.db, 12)).toBe(1);
    expect(await roll()).toEqual(['02 120101 gone', '03 120101']);
    const [gone] = await fresh.db.select().from(resident).where(eq(resident.dniLastTwo, ''));
    expect(gone).toMatchObject({
      phoneSealed: null,
      phoneHash: null,
      nameSealed: null,
      nameHash: null,
    });
    expect(gone?.dniHash.equals(hashDni(TEST_KEYS.dniKey, '40000001'))).toBe(false);
    expect((await audits('roll.people-erased')).at(-1)?.['details']).toEqual({
      people: 1,
      months: 12,
    });
    const [held] = await fresh.db
      .select({ id: resident.id })
      .from(resident)
      .where(eq(resident.dniLastTwo, '02'));
    const asked = await fresh.db.transaction((tx) => eraseResident(tx, held!.id));
    expect(asked).toEqual({ ok: false, reason: 'being-voted' });
    await asSuperuser(
      fresh.owner,
      (sql) => sql`delete from roll_entry where round_id = 'guardada'`,
    );
    expect(await fresh.db.transaction((tx) => eraseResident(tx, held!.id))).toMatchObject({
      ok: true,
    });
  });

  it('after a rotation everything is sealed under the new key, and opens without the old one', async () => {
    await applied(`${HEAD}40000001;El Tambo;964000001;Juana\n`);
    await fresh.sql`update resident set phone_hash = null`;
    const key = (byte: number) => Buffer.alloc(32, byte).toString('base64url');
    const rotated = { ...TEST_KEYS, people: personKeys('r'.repeat(32), `nueva:${key(7)}`) };
    expect(await sealAgain(fresh.db, rotated)).toBe(1);
    expect(await sealAgain(fresh.db, rotated)).toBe(0);
    const [one] = await fresh.db.select().from(resident);
    const alone = personKeys('another roll key of 32 characters', `nueva:${key(7)}`);
    expect(openPhone(alone, one!.phoneSealed!)).toBe('964000001');
    expect(one?.phoneHash).not.toBeNull();
    expect((await audits('roll.sealed-again')).at(-1)?.['details']).toEqual({
      people: 1,
      key: 'nueva',
    });
    expect(sealText(alone, 'x', 'y').length).toBeGreaterThan(0);
  });

  it('a number that more than three share is told, one that three share is not', async () => {
    const people = (from: number, count: number, phone: string) =>
      Array.from(
        { length: count },
        (_, i) => `${String(40_000_000 + from + i)};El Tambo;${phone};P\n`,
      ).join('');
    await applied(
      HEAD + people(1, 3, '964000003') + people(11, 4, '964000004') + people(21, 5, '964000005'),
    );
    const { phones, total } = await sharedPhones(fresh.db, TEST_KEYS, { page: 1, perPage: 1 });
    expect(total).toBe(2);
    expect(phones).toMatchObject([{ people: 5, ending: '005', districts: ['120114'] }]);
  });
});
