import { join } from 'node:path';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Sql } from 'postgres';
import type { RegistryDatabase } from '@/db/registry/client';
import { district, rollImport, rollMapping } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { recordAudit } from '@/lib/audit/commands';
import { present } from '@/lib/shared/assert';
import { now } from '@/lib/shared/clock';
import { ok, refuse } from '@/lib/shared/result';
import { openText, sealText } from '../person-crypto';
import type { RollKeys } from '../types';
import { currentRollVersion } from '../versions';
import { applyImport } from './apply';
import { compareWithRoll } from './compare';
import { fits, headerSignature, isReport, proposeMapping } from './headers';
import { formatShape, mappingShape } from './input';
import { inspectFile } from './read-file';
import { openSealedFile, type RollFile } from './sealed-file';
import { limaToday, stageRows } from './stage';
import { FileProblem, type FileProblemReason, type Mapping } from './types';

/** What the worker does with an import, one step at a time, each of which can be done again. */

export interface ImportTools {
  readonly db: RegistryDatabase;
  readonly sql: Sql;
  readonly keys: RollKeys;
  /** Where uploads wait, sealed. */
  readonly uploads: string;
  /** Told while rows are read. */
  readonly onRows?: (rowsRead: number) => void;
}

export const WORK_STATES = ['inspecting', 'parsing', 'applying'] as const;
const SAMPLE_KEPT = 3;

export function uploadPath(uploads: string, importId: string): string {
  return join(uploads, `${importId}.roll`);
}

/** Imports that wait for the worker. */
export async function importsWithWork(db: RegistryDatabase): Promise<string[]> {
  const rows = await db
    .select({ id: rollImport.id })
    .from(rollImport)
    .where(inArray(rollImport.state, [...WORK_STATES]))
    .orderBy(rollImport.changedAt);
  return rows.map(({ id }) => id);
}

/** Any constant: the first half of the lock under which one process works on an import. */
const WORK_LOCK = 7_200_516;

/**
 * Takes an import one step on. A file that cannot be read fails with its reason; the rest throws. While
 * another process is at it (the worker, an operator's command) nothing is done.
 */
export async function advanceImport(tools: ImportTools, importId: string): Promise<void> {
  const lock = await tools.sql.reserve();
  try {
    const [held] = await lock<{ mine: boolean }[]>`
      select pg_try_advisory_lock(${WORK_LOCK}, hashtext(${importId})) as mine`;
    if (held?.mine !== true) return;
    try {
      await advance(tools, importId);
    } finally {
      await lock`select pg_advisory_unlock(${WORK_LOCK}, hashtext(${importId}))`;
    }
  } finally {
    lock.release();
  }
}

async function advance(tools: ImportTools, importId: string): Promise<void> {
  const [row] = await tools.db.select().from(rollImport).where(eq(rollImport.id, importId));
  try {
    switch (row?.state) {
      case 'inspecting':
        await inspect(tools, row);
        return;
      case 'parsing':
        await parse(tools, row);
        return;
      case 'applying':
        await apply(tools.db, importId);
        return;
      default:
        return;
    }
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    await failImport(tools.db, importId, error.reason, error.row);
  }
}

/** A roll that changed in between is compared again before anybody is asked again. */
async function apply(db: RegistryDatabase, importId: string): Promise<void> {
  const applied = await applyImport(db, importId);
  if (applied.ok || applied.reason !== 'roll-changed') return;
  await db
    .update(rollImport)
    .set({ state: 'parsing', changedAt: sql`now()` })
    .where(and(eq(rollImport.id, importId), eq(rollImport.state, 'applying')));
}

type ImportRow = typeof rollImport.$inferSelect;

async function withFile<T>(
  tools: ImportTools,
  row: ImportRow,
  work: (file: RollFile) => Promise<T>,
): Promise<T> {
  if (row.fileKey === null) throw new FileProblem('damaged');
  const key = Buffer.from(openText(tools.keys.people, 'file-key', row.fileKey), 'base64url');
  const file = await openSealedFile(uploadPath(tools.uploads, row.id), key, row.fileSize);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

async function inspect(tools: ImportTools, row: ImportRow): Promise<void> {
  const { db, keys } = tools;
  const found = await withFile(tools, row, inspectFile);
  const remembered = await rememberedMapping(db, found.headers);
  const mapping = remembered ?? proposeMapping(found.headers, found.sample, found.format);
  const sample = JSON.stringify(found.sample.slice(0, SAMPLE_KEPT));
  await db
    .update(rollImport)
    .set({
      state: 'mapping',
      changedAt: sql`now()`,
      fileSha256: found.sha256,
      format: { ...found.format, headerRow: found.headerRow },
      headers: [...found.headers],
      sampleSealed: sealText(keys.people, 'sample', sample),
      mapping: { ...mapping },
    })
    .where(and(eq(rollImport.id, row.id), eq(rollImport.state, 'inspecting')));
}

/** What these headers were the last time, if that still fits. */
async function rememberedMapping(
  db: RegistryDatabase,
  headers: readonly string[],
): Promise<Mapping | null> {
  const [row] = await db
    .select({ mapping: rollMapping.mapping })
    .from(rollMapping)
    .where(eq(rollMapping.signature, headerSignature(headers)));
  const mapping = mappingShape.safeParse(row?.mapping);
  return mapping.success && fits(mapping.data, headers) ? mapping.data : null;
}

async function parse(tools: ImportTools, row: ImportRow): Promise<void> {
  const { db } = tools;
  const { headerRow, ...format } = formatShape.parse(row.format);
  const mapping = mappingShape.parse(row.mapping);
  const districts = await db
    .select({ code: district.code, reniecCode: district.reniecCode, name: district.name })
    .from(district);
  const staged = await withFile(tools, row, (file) =>
    stageRows(tools.sql, {
      importId: row.id,
      file,
      format,
      headerRow,
      mapping,
      isReport: isReport(row.headers ?? []),
      districts,
      keys: tools.keys,
      on: limaToday(now()),
      onProgress: async (rowsRead) => {
        tools.onRows?.(rowsRead);
        await db.update(rollImport).set({ rowsRead }).where(eq(rollImport.id, row.id));
      },
    }),
  );
  await keepPreview(tools, row.id, mapping, staged);
}

async function keepPreview(
  { db, sql: statements }: ImportTools,
  importId: string,
  mapping: Mapping,
  staged: { read: number; accepted: number; rejected: number },
): Promise<void> {
  const baseVersion = await currentRollVersion(db);
  await statements`analyze roll_import_row`.catch(() => undefined);
  const preview = await compareWithRoll(statements, importId, mapping.scope);
  await inTransaction(db, async (tx) => {
    const [kept] = await tx
      .update(rollImport)
      .set({
        state: 'previewed',
        changedAt: sql`now()`,
        rowsRead: staged.read,
        rowsAccepted: staged.accepted,
        rowsRejected: staged.rejected,
        preview: { ...preview },
        baseVersion,
      })
      .where(and(eq(rollImport.id, importId), eq(rollImport.state, 'parsing')))
      .returning({ id: rollImport.id });
    if (kept === undefined) return refuse('wrong-state');
    await recordAudit(tx, {
      actor: 'worker',
      action: 'roll.read',
      subject: `roll-import:${importId}`,
      details: { ...staged, baseVersion },
    });
    return ok(null);
  });
}

const NOT_APPLIED: FileProblemReason = 'not-applied';

/**
 * The import cannot go on: the person is told why, and the file goes. One that could not be applied
 * left the roll as it was, because all of it is one transaction.
 */
export async function failImport(
  db: RegistryDatabase,
  importId: string,
  problem: FileProblemReason,
  row: number | null,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    const [failed] = await tx
      .update(rollImport)
      .set({
        state: 'failed',
        problem: sql`case ${rollImport.state} when 'applying' then ${NOT_APPLIED} else ${problem} end`,
        problemRow: row,
        changedAt: sql`now()`,
        decidedAt: sql`now()`,
      })
      .where(
        and(eq(rollImport.id, importId), inArray(rollImport.state, ['uploading', ...WORK_STATES])),
      )
      .returning({ problem: rollImport.problem });
    if (failed === undefined) return refuse('wrong-state');
    await recordAudit(tx, {
      actor: 'worker',
      action: 'roll.import-failed',
      subject: `roll-import:${importId}`,
      details: { problem: failed.problem, ...(row === null ? {} : { row }) },
    });
    return ok(null);
  });
}

/** The rows of the report: who may see them opens them with the keys. */
export function openCells(keys: RollKeys, sealed: Buffer | null): string[] {
  if (sealed === null) return [];
  const cells: unknown = JSON.parse(openText(keys.people, 'cells', sealed));
  return present(Array.isArray(cells) ? cells.map(String) : null, 'cells of a row');
}
