import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { eq } from 'drizzle-orm';
import { connectRegistry } from '@/db/registry/client';
import { approval, district, rollImport, staff, staffRole } from '@/db/registry/schema';
import { DISTRICTS } from '@/db/seed/districts';
import { writeDistricts } from '@/db/seed/write/foundation';
import { decide } from '@/lib/approvals/commands';
import type { StaffActor } from '@/lib/auth/actor';
import {
  beginUpload,
  chooseColumns,
  proposeImport,
  receivePiece,
} from '@/lib/roll/import/commands';
import { mappingShape } from '@/lib/roll/import/input';
import { PIECE_BYTES } from '@/lib/roll/import/types';
import { advanceImport, type ImportTools } from '@/lib/roll/import/work';
import { personKeys } from '@/lib/roll/person-crypto';
import { present } from '@/lib/shared/assert';
import { ensureDatabase, ensureLogin, migrateRegistry } from '@/services/supervisor/databases';
import { anyFreePort } from '@/services/supervisor/ports';
import { clusterHome, startCluster } from '@/services/supervisor/postgres';

/**
 * The import of a roll, from the first byte of the upload to the new version: upload in pieces, sealed;
 * inspection; reading into staging; comparison; application. Then the same people again with some
 * changes, on a roll that is full.
 *
 *   npm run -s bench -- roll-import [--rows 600000]
 *
 * One process and one database on this machine, durable. Memory is the process's resident set, looked
 * at every hundred thousand rows.
 */
const { values } = parseArgs({ options: { rows: { type: 'string', default: '600000' } } });
const ROWS = Number(values.rows);
const MEMORY_EVERY = 100_000;
const FIRST_DNI = 10_000_000;

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
const mib = (): number => Math.round(process.memoryUsage.rss() / (1024 * 1024));

/** A roll as a municipality has it; `turn` 1 moves and renames a few people and lacks a few. */
function* rollText(turn: number): Generator<string> {
  yield 'N°;DNI;Apellido paterno;Apellido materno;Nombres;Distrito;Fecha de nacimiento;Celular\r\n';
  for (let index = 0; index < ROWS; index += 1) {
    if (turn === 1 && index % 211 === 0) continue;
    const moved = turn === 1 && index % 97 === 0 ? 1 : 0;
    const place = present(DISTRICTS[(index * 7 + moved) % DISTRICTS.length], 'district');
    const phone =
      900_000_000 + ((index * 31 + (turn === 1 && index % 53 === 0 ? 1 : 0)) % 99_999_989);
    const dni = FIRST_DNI + index * 3;
    const year = 1940 + (index % 65);
    yield `${index + 1};${dni};Quispe ${index % 997};Ñaupari ${index % 991};Juana María ${index % 89};${place.name};${1 + (index % 28)}/${1 + (index % 12)}/${year};${phone}\r\n`;
  }
}

function* pieces(turn: number): Generator<Buffer> {
  let waiting: Buffer[] = [];
  let length = 0;
  let text = '';
  for (const line of rollText(turn)) {
    text += line;
    if (text.length < 64 * 1024) continue;
    const bytes = Buffer.from(text);
    waiting.push(bytes);
    length += bytes.length;
    text = '';
    while (length >= PIECE_BYTES) {
      const all = Buffer.concat(waiting);
      yield all.subarray(0, PIECE_BYTES);
      waiting = [all.subarray(PIECE_BYTES)];
      length -= PIECE_BYTES;
    }
  }
  yield Buffer.concat([...waiting, Buffer.from(text)]);
}

function actor(id: string): StaffActor {
  return { kind: 'staff', id, displayName: id, roles: ['administrator'] };
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const begun = performance.now();
  const value = await work();
  return { value, seconds: Number(((performance.now() - begun) / 1000).toFixed(2)) };
}

async function importOnce(tools: ImportTools, turn: number): Promise<Record<string, unknown>> {
  let size = 0;
  for (const piece of pieces(turn)) size += piece.length;
  const memory: Record<string, number> = { before: mib() };
  let importId = '';
  const upload = await timed(async () => {
    const input = { name: `padron-${turn}.csv`, size, modified: turn };
    const begun = await beginUpload(tools, actor('asks'), input);
    if (!begun.ok) throw new Error(begun.reason);
    importId = begun.value.importId;
    let at = 0;
    for (const piece of pieces(turn)) {
      const taken = await receivePiece(tools, actor('asks'), { importId, at, piece });
      if (!taken.ok) throw new Error(taken.reason);
      at = taken.value.received;
    }
  });
  const step = () => timed(() => advanceImport(tools, importId));
  const inspect = await step();
  const row = await importRow(tools, importId);
  const chosen = await chooseColumns(tools.db, actor('asks'), {
    importId,
    mapping: mappingShape.parse(row.mapping),
  });
  if (!chosen.ok) throw new Error(chosen.reason);
  const onRows = (rowsRead: number) => {
    if (rowsRead % MEMORY_EVERY === 0) memory[String(rowsRead)] = mib();
  };
  const read = await timed(() => advanceImport({ ...tools, onRows }, importId));
  const asked = await proposeImport(tools.db, actor('asks'), { importId, reason: 'medición' });
  if (!asked.ok) throw new Error(asked.reason);
  const decided = await decide(tools.db, actor('decides'), {
    approvalId: asked.value,
    decision: 'approved',
  });
  if (!decided.ok) throw new Error(decided.reason);
  const apply = await step();
  const after = await importRow(tools, importId);
  if (after.state !== 'applied') throw new Error(`ended as ${after.state} ${after.problem ?? ''}`);
  memory['after'] = mib();
  const seconds = upload.seconds + inspect.seconds + read.seconds + apply.seconds;
  return {
    rows: after.rowsRead,
    accepted: after.rowsAccepted,
    fileMiB: Math.round(size / (1024 * 1024)),
    uploadSeconds: upload.seconds,
    inspectSeconds: inspect.seconds,
    readAndCompareSeconds: read.seconds,
    applySeconds: apply.seconds,
    seconds: Number(seconds.toFixed(2)),
    rowsPerSecond: Math.round(after.rowsRead / seconds),
    residentMiB: memory,
    preview: { ...after.preview, districts: undefined },
  };
}

async function importRow({ db }: ImportTools, importId: string) {
  const [row] = await db.select().from(rollImport).where(eq(rollImport.id, importId));
  return present(row, 'import');
}

const PASSWORD = 'bench';
const folder = await mkdtemp(join(await clusterHome(tmpdir()), 'minka-bench-'));
await chmod(folder, 0o755);
const cluster = await startCluster({
  directory: join(folder, 'registry'),
  port: await anyFreePort(),
  password: PASSWORD,
  durable: true,
  maxConnections: 30,
});
try {
  await ensureDatabase(cluster.ownerUrl('postgres'), 'registry');
  await migrateRegistry(cluster.ownerUrl('registry'));
  await ensureLogin(cluster.ownerUrl('registry'), 'registry', 'minka_registry_app', PASSWORD);
  const { db, sql } = connectRegistry(cluster.loginUrl('registry', 'registry'), 4);
  try {
    await writeDistricts(db);
    for (const id of ['asks', 'decides']) {
      await db.insert(staff).values({ id, displayName: id, email: `${id}@bench.invalid` });
      await db.insert(staffRole).values({ staffId: id, role: 'administrator' });
    }
    const keys = { dniKey: 'd'.repeat(32), people: personKeys('r'.repeat(32)) };
    const tools: ImportTools = { db, sql, keys, uploads: join(folder, 'uploads') };
    const runs: Record<string, unknown>[] = [];
    for (const turn of [0, 1]) {
      say(turn === 0 ? `Padrón nuevo de ${ROWS} filas…` : 'El mismo padrón con cambios…');
      runs.push(await importOnce(tools, turn));
    }
    const places = await db.$count(district);
    const approvals = await db.$count(approval);
    process.stdout.write(
      `${JSON.stringify({ bench: 'roll-import', rows: ROWS, districts: places, approvals, empty: runs[0], full: runs[1] }, null, 2)}\n`,
    );
  } finally {
    await sql.end({ timeout: 5 });
  }
} finally {
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}
