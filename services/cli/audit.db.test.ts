import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { asSuperuser } from '@/lib/rounds/test-round';
import { ok } from '@/lib/shared/result';
import { freshRegistry } from '@/services/supervisor/test-support';

const root = fileURLToPath(new URL('../..', import.meta.url));

let fresh: Awaited<ReturnType<typeof freshRegistry>>;
let mirror: string;

beforeAll(async () => {
  fresh = await freshRegistry();
  mirror = await mkdtemp(join(tmpdir(), 'minka-audit-'));
  for (let act = 0; act < 3; act += 1) {
    await inTransaction(fresh.db, async (tx) => {
      await recordAudit(tx, { actor: 'operator', action: 'cycle.edited', subject: 'cycle:a' });
      return ok(null);
    });
  }
});
afterAll(async () => {
  await fresh.drop();
  await rm(mirror, { recursive: true });
});

/** Runs the command as `npm run -s audit` does. */
function audit(...args: string[]): Promise<{ code: unknown; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--conditions=react-server', '--import', 'tsx', 'services/cli/audit.ts', ...args],
      { cwd: root, env: { ...process.env, DATABASE_URL: fresh.url } },
      (error, out, err) => {
        resolve({ code: error === null ? 0 : error.code, out, err });
      },
    );
  });
}

/** A mirror of a record whose note tells this head. */
async function recordSays(seq: number, hash: string): Promise<void> {
  const note = { v: 1, type: 'audit-head', round: 'r', day: '2026-11-23', seq, hash };
  await writeFile(join(mirror, 'notes.ndjson'), `${JSON.stringify([1, JSON.stringify(note)])}\n`);
}

describe('npm run -s audit', () => {
  it('says that the chain is whole, also compared with the head in a public record', async () => {
    const [last] = await fresh.sql`select hash from audit_entry where seq = 3`;
    const head = (last!['hash'] as Buffer).toString('hex');
    await recordSays(3, head);
    const told = await audit('--check', '--record', mirror);
    expect(told).toMatchObject({ code: 0, err: '' });
    expect(told.out).toContain('La cadena de auditoría está entera: 3 actos');
    const json = await audit('--check', '--json', '--record', mirror);
    expect(JSON.parse(json.out)).toEqual({ ok: true, entries: 3, head, heads: 1, problem: null });
  });

  it('ends 1 when the public record tells another head, and names the act', async () => {
    await recordSays(2, '0'.repeat(64));
    const told = await audit('--check', '--json', '--record', mirror);
    expect(told.code).toBe(1);
    expect(JSON.parse(told.out)).toMatchObject({
      ok: false,
      problem: { kind: 'rewritten', seq: 2 },
    });
  });

  it('ends 1 and names an altered act', async () => {
    await asSuperuser(fresh.owner, (sql) => sql`update audit_entry set actor = 'x' where seq = 2`);
    const told = await audit('--check');
    expect(told.code).toBe(1);
    expect(told.out).toContain('El acto n.° 2 fue alterado');
  });

  it('says in one sentence what it needs', async () => {
    expect(await audit()).toMatchObject({ code: 2, out: '' });
    const nowhere = await audit('--check', '--record', join(mirror, 'nada'));
    expect(nowhere).toMatchObject({ code: 2, out: '' });
    expect(nowhere.err).toContain('No se pudo leer notes.ndjson');
  });
});
