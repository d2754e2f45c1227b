import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resident } from '@/db/registry/schema';
import { asSuperuser, seedCycle, TEST_KEYS } from '@/lib/rounds/test-round';
import { personKeys, sealText } from '../person-crypto';
import { eraseLeft, forgetRejectedRows } from '../retention';
import { sealAgain } from '../rotation';
import { hashDni, openPhone } from '../secrets';
import { beginUpload, giveUpImport, receivePiece } from './commands';
import { actor, first, HEAD, officer, rollGround, type RollGround } from './import.fixture';
import { importById, sharedPhones } from './queries';
import { limaToday, stageRows } from './stage';
import { MAX_ROWS, PIECE_BYTES } from './types';
import { advanceImport, importsWithWork } from './work';

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
    expect((await ground.rowOf(importId)).state).toBe('inspecting');
    expect(await importsWithWork(fresh.db)).toEqual([importId]);
    await advanceImport(tools, importId);
    expect((await ground.rowOf(importId)).state).toBe('mapping');
  });

  it('T38: what is no roll by its first bytes is refused with the first piece', async () => {
    await expect(ground.upload('%PDF-1.7 nothing')).rejects.toThrow('pdf');
    expect(await readdir(tools.uploads).catch(() => [])).not.toContain('x');
    const importId = await ground.upload('DNI;Distrito\n40000001;"El Tambo');
    await advanceImport(tools, importId);
    expect(await ground.rowOf(importId)).toMatchObject({
      state: 'failed',
      problem: 'broken-quotes',
    });
  });

  it('a stored file that was altered is not read', async () => {
    const importId = await ground.upload(`${HEAD}40000001;El Tambo;;A\n`);
    const path = join(tools.uploads, `${importId}.roll`);
    const bytes = await readFile(path);
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    await writeFile(path, bytes);
    await advanceImport(tools, importId);
    expect(await ground.rowOf(importId)).toMatchObject({ state: 'failed', problem: 'damaged' });
  });

  it('can be given up before it is proposed, and not after', async () => {
    const importId = await ground.previewed(`${HEAD}40000001;El Tambo;;A\n`);
    expect(await giveUpImport(tools, actor('x', 'officer'), importId)).toMatchObject({ ok: true });
    expect(await readdir(tools.uploads)).not.toContain(`${importId}.roll`);
    const { importId: other } = await ground.proposed(`${HEAD}40000002;El Tambo;;A\n`);
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
    const importId = await ground.upload(`${HEAD}40000001;El Tambo;;A\n`);
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
    const importId = await ground.applied(`${HEAD}40000001;El Tambo;;A\n4;El Tambo;;B\n`);
    await forgetRejectedRows(fresh.db);
    expect(await importById(fresh.db, TEST_KEYS, importId)).toMatchObject({ rowsErasedAt: null });
    await fresh.sql`update roll_import set decided_at = now() - interval '31 days'`;
    await forgetRejectedRows(fresh.db);
    const [left] = await fresh.sql`select count(*)::int as n from roll_import_row`;
    expect(left?.['n']).toBe(0);
    expect((await ground.rowOf(importId)).headers).toBeNull();
    expect((await ground.audits('roll.rows-erased')).at(-1)?.['details']).toEqual({ rows: 1 });
  });

  it('who left is erased when the months are over, and not before, nor while a round needs them', async () => {
    await ground.applied(
      `${HEAD}40000001;El Tambo;964000001;A\n40000002;Huancayo;;B\n40000003;Huancayo;;C\n`,
    );
    await ground.applied(`${HEAD}40000003;Huancayo;;C\n`);
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
    expect(await ground.roll()).toEqual(['02 120101 gone', '03 120101']);
    const [gone] = await fresh.db.select().from(resident).where(eq(resident.dniLastTwo, ''));
    expect(gone).toMatchObject({
      phoneSealed: null,
      phoneHash: null,
      nameSealed: null,
      nameHash: null,
    });
    expect(gone?.dniHash.equals(hashDni(TEST_KEYS.dniKey, '40000001'))).toBe(false);
    expect((await ground.audits('roll.people-erased')).at(-1)?.['details']).toEqual({
      people: 1,
      months: 12,
    });
    await asSuperuser(
      fresh.owner,
      (sql) => sql`delete from roll_entry where round_id = 'guardada'`,
    );
    expect(await eraseLeft(fresh.db, 12)).toBe(1);
    expect(await ground.roll()).toEqual(['03 120101']);
  });

  it('after a rotation everything is sealed under the new key, and opens without the old one', async () => {
    await ground.applied(`${HEAD}40000001;El Tambo;964000001;Juana\n`);
    await fresh.sql`update resident set phone_hash = null`;
    const key = (byte: number) => Buffer.alloc(32, byte).toString('base64url');
    const rotated = { ...TEST_KEYS, people: personKeys('r'.repeat(32), `nueva:${key(7)}`) };
    expect(await sealAgain(fresh.db, rotated)).toBe(1);
    expect(await sealAgain(fresh.db, rotated)).toBe(0);
    const [one] = await fresh.db.select().from(resident);
    const alone = personKeys('another roll key of 32 characters', `nueva:${key(7)}`);
    expect(openPhone(alone, one!.phoneSealed!)).toBe('964000001');
    expect(one?.phoneHash).not.toBeNull();
    expect((await ground.audits('roll.sealed-again')).at(-1)?.['details']).toEqual({
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
    await ground.applied(
      HEAD + people(1, 3, '964000003') + people(11, 4, '964000004') + people(21, 5, '964000005'),
    );
    const { phones, total } = await sharedPhones(fresh.db, TEST_KEYS, { page: 1, perPage: 1 });
    expect(total).toBe(2);
    expect(phones).toMatchObject([{ people: 5, ending: '005', districts: ['120114'] }]);
  });
});
