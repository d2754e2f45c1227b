import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { and, eq, gte, inArray, sql } from 'drizzle-orm';
import type { RegistryDatabase, RegistryTransaction } from '@/db/registry/client';
import { rollImport, rollMapping } from '@/db/registry/schema';
import { inTransaction } from '@/db/transaction';
import { askIn } from '@/lib/approvals/commands';
import { recordAudit } from '@/lib/audit/commands';
import { auditActor, type Actor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { openText, sealText } from '../person-crypto';
import type { RollKeys } from '../types';
import { currentRollVersion } from '../versions';
import { kindOfBytes } from './detect';
import { fits, headerSignature } from './headers';
import type { UploadInput } from './input';
import { removeSealedFile, writePiece } from './sealed-file';
import {
  FILE_PROBLEMS,
  FileProblem,
  PIECE_BYTES,
  ROLL_IMPORT_KIND,
  type FileProblemReason,
  type Mapping,
} from './types';
import { failImport, uploadPath } from './work';

/** Where files wait and what seals them. */
export interface UploadTools {
  readonly db: RegistryDatabase;
  readonly keys: RollKeys;
  readonly uploads: string;
}

export interface Upload {
  readonly importId: string;
  /** How much of the file has arrived: the next piece begins there. */
  readonly received: number;
}

/** Begins to take a file, or goes on with the same one where its sending was cut. */
export async function beginUpload(
  { db, keys }: UploadTools,
  actor: Actor,
  input: UploadInput,
): Promise<Result<Upload, 'not-allowed'>> {
  if (!may(actor, 'import-roll')) return refuse('not-allowed');
  const createdBy = actor.kind === 'staff' ? actor.id : null;
  return inTransaction(db, async (tx) => {
    const [cut] = await tx
      .select({ importId: rollImport.id, received: rollImport.receivedBytes })
      .from(rollImport)
      .where(
        and(
          eq(rollImport.state, 'uploading'),
          eq(rollImport.fileName, input.name),
          eq(rollImport.fileSize, input.size),
          eq(rollImport.fileModified, input.modified),
          createdBy === null ? sql`false` : eq(rollImport.createdBy, createdBy),
          gte(rollImport.createdAt, sql`now() - interval '1 day'`),
        ),
      )
      .limit(1);
    if (cut !== undefined) return ok(cut);
    const key = randomBytes(32).toString('base64url');
    const [begun] = await tx
      .insert(rollImport)
      .values({
        state: 'uploading',
        fileName: input.name,
        fileSize: input.size,
        fileModified: input.modified,
        fileKey: sealText(keys.people, 'file-key', key),
        createdBy,
      })
      .returning({ importId: rollImport.id, received: rollImport.receivedBytes });
    if (begun === undefined) throw new Error('No import came back');
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'roll.upload-begun',
      subject: `roll-import:${begun.importId}`,
      details: { bytes: input.size },
    });
    return ok(begun);
  });
}

type PieceRefusal = 'not-allowed' | 'not-found' | 'wrong-place' | FileProblemReason;

/**
 * Takes the next piece of a file. A piece that came before is answered with how far the file is, so
 * that a browser may send any piece again; the last one wakes the worker.
 */
export async function receivePiece(
  tools: UploadTools,
  actor: Actor,
  input: { readonly importId: string; readonly at: number; readonly piece: Uint8Array },
): Promise<Result<Upload & { readonly whole: boolean }, PieceRefusal>> {
  if (!may(actor, 'import-roll')) return refuse('not-allowed');
  const { importId, at, piece } = input;
  const sender = actor.kind === 'staff' ? actor.id : null;
  const taken = await inTransaction<Upload & { readonly whole: boolean }, PieceRefusal>(
    tools.db,
    async (tx) => {
      // Locked while the piece is written: two at once would be written through one another.
      const [row] = await tx
        .select()
        .from(rollImport)
        .where(eq(rollImport.id, importId))
        .for('update');
      if (row?.createdBy !== sender || row.fileKey === null) return refuse('not-found');
      const { receivedBytes, fileSize } = row;
      const whole = receivedBytes === fileSize;
      if (whole) return ok({ importId, received: receivedBytes, whole });
      if (row.state !== 'uploading') return refuse('not-found');
      if (at < receivedBytes) return ok({ importId, received: receivedBytes, whole });
      const fitting = piece.length === Math.min(PIECE_BYTES, fileSize - at);
      if (at !== receivedBytes || !fitting) return refuse('wrong-place');
      const problem = at === 0 ? problemOfHead(piece) : null;
      if (problem !== null) return refuse(problem);
      await mkdir(tools.uploads, { recursive: true, mode: 0o700 });
      const key = Buffer.from(openText(tools.keys.people, 'file-key', row.fileKey), 'base64url');
      await writePiece(uploadPath(tools.uploads, importId), key, at, piece);
      const received = at + piece.length;
      const done = received === fileSize;
      const state = done ? ('inspecting' as const) : row.state;
      await tx
        .update(rollImport)
        .set({ state, receivedBytes: received, changedAt: sql`now()` })
        .where(eq(rollImport.id, importId));
      return ok({ importId, received, whole: done });
    },
  );
  if (!taken.ok && isFileProblem(taken.reason)) {
    await failImport(tools.db, importId, taken.reason, null);
  }
  return taken;
}

function isFileProblem(reason: string): reason is FileProblemReason {
  const problems: readonly string[] = FILE_PROBLEMS;
  return problems.includes(reason);
}

function problemOfHead(piece: Uint8Array): FileProblemReason | null {
  try {
    kindOfBytes(piece);
    return null;
  } catch (error) {
    if (error instanceof FileProblem) return error.reason;
    throw error;
  }
}

/** Says which column is what, remembers it for these headers, and wakes the worker. */
export async function chooseColumns(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly importId: string; readonly mapping: Mapping },
): Promise<Result<null, 'not-allowed' | 'wrong-state' | 'wrong-columns'>> {
  if (!may(actor, 'import-roll')) return refuse('not-allowed');
  const { importId, mapping } = input;
  return inTransaction(db, async (tx) => {
    const row = await lockImport(tx, importId);
    if (row === null || !['mapping', 'previewed'].includes(row.state)) return refuse('wrong-state');
    if (row.headers === null || !fits(mapping, row.headers)) return refuse('wrong-columns');
    await tx
      .update(rollImport)
      .set({ state: 'parsing', mapping: { ...mapping }, rowsRead: 0, changedAt: sql`now()` })
      .where(eq(rollImport.id, importId));
    const remembered = { mapping: { ...mapping }, usedAt: sql`now()` };
    await tx
      .insert(rollMapping)
      .values({ signature: headerSignature(row.headers), ...remembered })
      .onConflictDoUpdate({ target: rollMapping.signature, set: remembered });
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'roll.columns-chosen',
      subject: `roll-import:${importId}`,
      details: { mapping },
    });
    return ok(null);
  });
}

/** Asks a second person to put it onto the roll. */
export async function proposeImport(
  db: RegistryDatabase,
  actor: Actor,
  input: { readonly importId: string; readonly reason: string },
): Promise<Result<string, string>> {
  return inTransaction<string, string>(db, async (tx) => {
    const row = await lockImport(tx, input.importId);
    if (row?.state !== 'previewed' || row.fileSha256 === null) return refuse('wrong-state');
    if (row.baseVersion !== (await currentRollVersion(tx))) return refuse('roll-changed');
    const [other] = await tx
      .select({ id: rollImport.id })
      .from(rollImport)
      .where(inArray(rollImport.state, ['proposed', 'applying']))
      .limit(1);
    if (other !== undefined) return refuse('another-proposed');
    await tx
      .update(rollImport)
      .set({ state: 'proposed', reason: input.reason, changedAt: sql`now()` })
      .where(eq(rollImport.id, input.importId));
    return askIn(tx, actor, {
      kind: ROLL_IMPORT_KIND,
      subject: input.importId,
      payload: {
        sha256: row.fileSha256.toString('hex'),
        baseVersion: row.baseVersion,
        accepted: row.rowsAccepted,
        rejected: row.rowsRejected,
      },
      reason: input.reason,
    });
  });
}

/** Gives an import up before anybody decided on it. */
export async function giveUpImport(
  { db, uploads }: Pick<UploadTools, 'db' | 'uploads'>,
  actor: Actor,
  importId: string,
): Promise<Result<null, 'not-allowed' | 'wrong-state'>> {
  if (!may(actor, 'import-roll')) return refuse('not-allowed');
  const given = await inTransaction<null, 'wrong-state'>(db, async (tx) => {
    const [row] = await tx
      .update(rollImport)
      .set({ state: 'withdrawn', changedAt: sql`now()`, decidedAt: sql`now()` })
      .where(
        and(
          eq(rollImport.id, importId),
          inArray(rollImport.state, ['uploading', 'inspecting', 'mapping', 'parsing', 'previewed']),
        ),
      )
      .returning({ id: rollImport.id });
    if (row === undefined) return refuse('wrong-state');
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'roll.withdrawn',
      subject: `roll-import:${importId}`,
    });
    return ok(null);
  });
  // The worker's chores do it too, should this process end here.
  if (given.ok) await removeSealedFile(uploadPath(uploads, importId));
  return given;
}

/** Rejected rows carry DNIs and phones: who takes them away is written down. */
export async function recordReportTaken(
  db: RegistryDatabase,
  actor: Actor,
  importId: string,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await recordAudit(tx, {
      actor: auditActor(actor),
      action: 'roll.report-taken',
      subject: `roll-import:${importId}`,
    });
    return ok(null);
  });
}

async function lockImport(tx: RegistryTransaction, importId: string) {
  const [row] = await tx
    .select({
      state: rollImport.state,
      headers: rollImport.headers,
      fileSha256: rollImport.fileSha256,
      baseVersion: rollImport.baseVersion,
      rowsAccepted: rollImport.rowsAccepted,
      rowsRejected: rollImport.rowsRejected,
    })
    .from(rollImport)
    .where(eq(rollImport.id, importId))
    .for('update');
  return row ?? null;
}
