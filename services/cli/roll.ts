import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { eq } from 'drizzle-orm';
import { createTranslator } from 'use-intl/core';
import { formatCount } from '@/components/count';
import { connectRegistry } from '@/db/registry/client';
import { rollImport } from '@/db/registry/schema';
import { beginUpload, chooseColumns, receivePiece } from '@/lib/roll/import/commands';
import { mappingShape } from '@/lib/roll/import/input';
import { openPlainFile } from '@/lib/roll/import/sealed-file';
import { FileProblem, MAX_FILE_BYTES, PIECE_BYTES, type Preview } from '@/lib/roll/import/types';
import { advanceImport, type ImportTools } from '@/lib/roll/import/work';
import { personKeys } from '@/lib/roll/person-crypto';
import { present } from '@/lib/shared/assert';
import messages from '@/messages/es-PE/roll-import.json';
import { loadDemoEnv } from '../supervisor/demo-env';

/**
 * `npm run -s roll -- import FILE [--scope whole|partial] [--json]`: reads a roll and shows what it would
 * change. It never puts it on the roll: that takes two people of the staff.
 */

const t = createTranslator({
  locale: 'es-PE',
  messages: { roll: messages },
  namespace: 'roll',
});
const OPERATOR = { kind: 'operator' } as const;
const NEEDED = ['DATABASE_URL', 'MINKA_DNI_KEY', 'MINKA_ROLL_KEY', 'MINKA_UPLOADS_DIR'] as const;
const LOOK_EVERY_MS = 300;

/** One sentence for the person at the terminal. */
class Refused extends Error {}

interface Order {
  readonly file: string;
  readonly scope: 'whole' | 'partial' | null;
  readonly json: boolean;
}

function readOrder(): Order {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { scope: { type: 'string' }, json: { type: 'boolean' } },
    });
    const [verb, file, ...more] = positionals;
    const { scope } = values;
    if (verb === 'import' && file !== undefined && more.length === 0) {
      if (scope === undefined || scope === 'whole' || scope === 'partial') {
        return { file, scope: scope ?? null, json: values.json ?? false };
      }
    }
  } catch {
    // An option that does not exist: the usage says which do.
  }
  throw new Refused(t('command.usage'));
}

/** npm runs a script in the project's folder; the person may have typed a path relative to hers. */
function pathOf(file: string): string {
  const typedIn = process.env['INIT_CWD'];
  const path = existsSync(file) || typedIn === undefined ? file : resolve(typedIn, file);
  if (!existsSync(path)) throw new Refused(t('command.missing', { file }));
  return path;
}

function environment(): Record<(typeof NEEDED)[number], string> {
  loadDemoEnv();
  const missing = NEEDED.filter((name) => !process.env[name]);
  if (missing.length > 0) {
    throw new Refused(t('command.noEnvironment', { names: missing.join(', ') }));
  }
  const value = (name: (typeof NEEDED)[number]) => present(process.env[name], name);
  return {
    DATABASE_URL: value('DATABASE_URL'),
    MINKA_DNI_KEY: value('MINKA_DNI_KEY'),
    MINKA_ROLL_KEY: value('MINKA_ROLL_KEY'),
    MINKA_UPLOADS_DIR: value('MINKA_UPLOADS_DIR'),
  };
}

async function upload(tools: ImportTools, path: string): Promise<string> {
  const file = await openPlainFile(path);
  try {
    if (file.size === 0) throw new FileProblem('empty');
    if (file.size > MAX_FILE_BYTES) throw new FileProblem('too-large');
    const begun = await beginUpload(tools, OPERATOR, {
      name: basename(path),
      size: file.size,
      modified: 0,
    });
    if (!begun.ok) throw new Refused(t(`refusal.${begun.reason}`));
    const { importId } = begun.value;
    for (let at = 0; at < file.size; at += PIECE_BYTES) {
      const piece = await file.read(at, PIECE_BYTES);
      const taken = await receivePiece(tools, OPERATOR, { importId, at, piece });
      if (!taken.ok) throw new Refused(refusal(taken.reason));
    }
    return importId;
  } finally {
    await file.close();
  }
}

function refusal(reason: string): string {
  const problems: Readonly<Record<string, string>> = messages.problem;
  const refusals: Readonly<Record<string, string>> = messages.refusal;
  return problems[reason] ?? refusals[reason] ?? messages.refusal.other;
}

/** Works on it until a person is needed; or waits for the worker that is at it already. */
async function workOn(tools: ImportTools, importId: string) {
  for (;;) {
    await advanceImport(tools, importId);
    const [row] = await tools.db.select().from(rollImport).where(eq(rollImport.id, importId));
    const { state, problem } = present(row, 'import');
    if (state === 'failed') throw new Refused(refusal(problem ?? 'unexpected'));
    if (state !== 'inspecting' && state !== 'parsing') return present(row, 'import');
    await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
  }
}

async function main(): Promise<void> {
  const order = readOrder();
  const path = pathOf(order.file);
  const env = environment();
  const { db, sql } = connectRegistry(env.DATABASE_URL, 4);
  const people = personKeys(env.MINKA_ROLL_KEY, process.env['MINKA_PERSON_KEYS'] ?? '');
  const keys = { dniKey: env.MINKA_DNI_KEY, people };
  try {
    const tools = { db, sql, keys, uploads: env.MINKA_UPLOADS_DIR };
    const importId = await upload(tools, path);
    const site = process.env['MINKA_SITE_URL'] ?? '';
    const address = `${site}/admin/roll/${importId}`;
    const inspected = await workOn(tools, importId);
    const proposed = mappingShape.parse(inspected.mapping);
    const mapping = { ...proposed, scope: order.scope ?? proposed.scope };
    if (mapping.dni < 0 || mapping.district < 0)
      throw new Refused(t('command.unclear', { address }));
    const chosen = await chooseColumns(db, OPERATOR, { importId, mapping });
    if (!chosen.ok) throw new Refused(refusal(chosen.reason));
    const row = await workOn(tools, importId);
    if (order.json) {
      const { rowsRead, rowsAccepted, rowsRejected, preview } = row;
      const figures = { importId, rowsRead, rowsAccepted, rowsRejected, preview, mapping };
      process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
      return;
    }
    const name = (column: number | null) =>
      column === null ? t('command.noColumn') : `«${row.headers?.[column] ?? ''}»`;
    // Written by compareWithRoll and by nobody else.
    const preview = row.preview as unknown as Preview;
    const lines = [
      t('command.columns', {
        dni: row.headers?.[mapping.dni] ?? '',
        district: row.headers?.[mapping.district] ?? '',
        phone: name(mapping.phone),
        name: mapping.name.map(name).join(' + ') || t('command.noColumn'),
        birth: name(mapping.birth),
      }),
      t('command.read', {
        read: formatCount(row.rowsRead),
        accepted: formatCount(row.rowsAccepted),
        rejected: formatCount(row.rowsRejected),
      }),
      t('command.changes', {
        before: formatCount(preview.before),
        after: formatCount(preview.after),
        joined: formatCount(preview.joined),
        left: formatCount(preview.left),
        moved: formatCount(preview.movedDistrict),
        phones: formatCount(preview.changedPhone),
      }),
      t('command.next', { address }),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

try {
  await main();
} catch (error) {
  if (error instanceof FileProblem) process.stderr.write(`${refusal(error.reason)}\n`);
  else if (error instanceof Refused) process.stderr.write(`${error.message}\n`);
  else throw error;
  process.exitCode = 1;
}
