import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import type { RegistryDatabase } from '@/db/registry/client';
import { rollImport, staff, staffRole } from '@/db/registry/schema';
import { decide } from '@/lib/approvals/commands';
import type { StaffActor } from '@/lib/auth/actor';
import { present } from '@/lib/shared/assert';
import { freshRegistry } from '@/services/supervisor/test-support';
import type { RollKeys } from '../types';
import { beginUpload, chooseColumns, proposeImport, receivePiece } from './commands';
import { mappingShape } from './input';
import { PIECE_BYTES, type Mapping } from './types';
import { advanceImport, type ImportTools } from './work';

/** What database tests of the roll's import start from: two districts, three people of the staff. */

export const actor = (id: string, role: 'officer' | 'administrator'): StaffActor => ({
  kind: 'staff',
  id,
  displayName: id,
  roles: [role],
});
export const officer = actor('olga', 'officer');
export const first = actor('ana', 'administrator');
export const second = actor('berta', 'administrator');

export const HEAD = 'DNI;Distrito;Celular;Nombres\n';

/** `keys` and `seedCycle` are those of lib/rounds, which the roll comes before. */
export async function rollGround(
  keys: RollKeys,
  seedCycle: (db: RegistryDatabase) => Promise<void>,
) {
  const fresh = await freshRegistry();
  const folder = await mkdtemp(join(tmpdir(), 'minka-roll-'));
  const tools: ImportTools = {
    db: fresh.db,
    sql: fresh.sql,
    keys,
    uploads: join(folder, 'uploads'),
  };
  await seedCycle(fresh.db);
  for (const one of [officer, first, second]) {
    await fresh.db
      .insert(staff)
      .values({ id: one.id, displayName: one.id, email: `${one.id}@test.invalid` });
    await fresh.db
      .insert(staffRole)
      .values({ staffId: one.id, role: present(one.roles[0], 'role') });
  }
  let modified = 0;

  async function upload(text: string | Buffer): Promise<string> {
    const bytes = Buffer.from(text as string);
    const input = { name: 'padron.csv', size: bytes.length, modified: (modified += 1) };
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
    return present(row, 'import');
  }

  /** From the first byte to the preview. */
  async function previewed(text: string | Buffer, changes: Partial<Mapping> = {}): Promise<string> {
    const importId = await upload(text);
    await advanceImport(tools, importId);
    const mapping = { ...mappingShape.parse((await rowOf(importId)).mapping), ...changes };
    const chosen = await chooseColumns(fresh.db, officer, { importId, mapping });
    expect(chosen).toMatchObject({ ok: true });
    await advanceImport(tools, importId);
    expect((await rowOf(importId)).state).toBe('previewed');
    return importId;
  }

  async function proposed(text: string, changes: Partial<Mapping> = {}) {
    const importId = await previewed(text, changes);
    const reason = 'Padrón de noviembre';
    const asked = await proposeImport(fresh.db, officer, { importId, reason });
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

  /** Who is on the roll: last digits of the DNI, district, whether gone. */
  async function roll(): Promise<string[]> {
    const rows = await fresh.sql`
      select dni_last_two as dni, district_code as district, left_at is not null as gone
      from resident where erased_at is null order by dni_last_two`;
    return rows.map((row) => {
      const gone = row['gone'] === true ? ' gone' : '';
      return `${String(row['dni'])} ${String(row['district'])}${gone}`;
    });
  }

  return {
    fresh,
    tools,
    upload,
    rowOf,
    previewed,
    proposed,
    applied,
    roll,
    audits: (action: string) => fresh.sql`select details from audit_entry where action = ${action}`,
    // The triggers are off for it, as only a superuser can have it.
    empty: () =>
      fresh.owner.begin(async (tx) => {
        await tx`set local session_replication_role = replica`;
        await tx`truncate roll_version, roll_freeze, roll_addition, roll_import, roll_import_row,
          roll_mapping, approval, resident cascade`;
      }),
    drop: async () => {
      await fresh.drop();
      await rm(folder, { recursive: true });
    },
  };
}
export type RollGround = Awaited<ReturnType<typeof rollGround>>;
