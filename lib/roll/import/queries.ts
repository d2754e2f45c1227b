import 'server-only';
import { and, asc, count, desc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import {
  district,
  resident,
  rollFreeze,
  rollImport,
  rollImportRow,
  rollVersion,
  round,
  staff,
} from '@/db/registry/schema';
import { openText } from '../person-crypto';
import type { RollKeys } from '../types';
import { isReport, REPORT_COLUMNS } from './headers';
import { formatShape, mappingShape } from './input';
import { SHARED_PHONE_LIMIT, type Preview } from './types';
import { openCells } from './work';

const line = {
  id: rollImport.id,
  state: rollImport.state,
  fileName: rollImport.fileName,
  fileSize: rollImport.fileSize,
  receivedBytes: rollImport.receivedBytes,
  createdBy: rollImport.createdBy,
  createdByName: staff.displayName,
  createdAt: rollImport.createdAt,
  changedAt: rollImport.changedAt,
  problem: rollImport.problem,
  problemRow: rollImport.problemRow,
  rowsRead: rollImport.rowsRead,
  rowsAccepted: rollImport.rowsAccepted,
  rowsRejected: rollImport.rowsRejected,
};

interface Page {
  readonly page: number;
  readonly perPage: number;
}

/** Imports, newest first, one page of them. */
export async function importsPage(db: Registry, { page, perPage }: Page) {
  const imports = await db
    .select(line)
    .from(rollImport)
    .leftJoin(staff, eq(staff.id, rollImport.createdBy))
    .orderBy(desc(rollImport.createdAt), asc(rollImport.id))
    .limit(perPage)
    .offset((page - 1) * perPage);
  const total = await db.$count(rollImport);
  return { imports, total };
}
export type ImportLine = Awaited<ReturnType<typeof importsPage>>['imports'][number];

/** One import with everything its page shows; null when there is none. */
export async function importById(db: Registry, keys: RollKeys, importId: string) {
  const [row] = await db
    .select({
      ...line,
      format: rollImport.format,
      headers: rollImport.headers,
      sampleSealed: rollImport.sampleSealed,
      mapping: rollImport.mapping,
      preview: rollImport.preview,
      baseVersion: rollImport.baseVersion,
      reason: rollImport.reason,
      rowsErasedAt: rollImport.rowsErasedAt,
    })
    .from(rollImport)
    .leftJoin(staff, eq(staff.id, rollImport.createdBy))
    .where(eq(rollImport.id, importId));
  if (row === undefined) return null;
  const { sampleSealed, format, mapping, preview, headers, ...rest } = row;
  const sample =
    sampleSealed === null
      ? []
      : (JSON.parse(openText(keys.people, 'sample', sampleSealed)) as string[][]);
  return {
    ...rest,
    headers: headers ?? [],
    sample,
    format: format === null ? null : formatShape.parse(format),
    mapping: mapping === null ? null : mappingShape.parse(mapping),
    // Written by compareWithRoll and by nobody else.
    preview: preview as Preview | null,
  };
}
export type ImportDetail = NonNullable<Awaited<ReturnType<typeof importById>>>;

/** How many rows were told, per reason, the most frequent first. */
export async function reasonsOf(db: Registry, importId: string) {
  return db
    .select({
      reason: sql<string>`${rollImportRow.reason}`,
      accepted: rollImportRow.accepted,
      rows: count(),
      first: sql<number>`min(${rollImportRow.rowNumber})`,
    })
    .from(rollImportRow)
    .where(and(eq(rollImportRow.importId, importId), isNotNull(rollImportRow.reason)))
    .groupBy(rollImportRow.reason, rollImportRow.accepted)
    .orderBy(desc(count()));
}

/** The file's own headers, for the report; null when there is no such import or its rows are gone. */
export async function reportHeaders(db: Registry, importId: string): Promise<string[] | null> {
  const [row] = await db
    .select({ headers: rollImport.headers })
    .from(rollImport)
    .where(and(eq(rollImport.id, importId), isNull(rollImport.rowsErasedAt)));
  if (row?.headers == null) return null;
  return isReport(row.headers) ? row.headers.slice(REPORT_COLUMNS) : row.headers;
}

const TOLD_AT_ONCE = 1000;

/** Every row of the report in the file's order, in portions, its cells opened. */
export async function* toldRows(db: Registry, keys: RollKeys, importId: string) {
  for (let after = 0; ;) {
    const portion = await db
      .select({
        number: rollImportRow.rowNumber,
        accepted: rollImportRow.accepted,
        reason: sql<string>`${rollImportRow.reason}`,
        cellsSealed: rollImportRow.cellsSealed,
      })
      .from(rollImportRow)
      .where(
        and(
          eq(rollImportRow.importId, importId),
          isNotNull(rollImportRow.reason),
          gt(rollImportRow.rowNumber, after),
        ),
      )
      .orderBy(asc(rollImportRow.rowNumber))
      .limit(TOLD_AT_ONCE);
    yield portion.map(({ cellsSealed, ...row }) => ({
      ...row,
      cells: openCells(keys, cellsSealed),
    }));
    const last = portion.at(-1);
    if (last === undefined || portion.length < TOLD_AT_ONCE) return;
    after = last.number;
  }
}

/** Versions of the roll, newest first. */
export async function rollVersions(db: Registry, limit: number) {
  return db
    .select({
      number: rollVersion.number,
      kind: rollVersion.kind,
      importId: rollVersion.importId,
      people: rollVersion.people,
      appliedAt: rollVersion.appliedAt,
    })
    .from(rollVersion)
    .orderBy(desc(rollVersion.number))
    .limit(limit);
}

/** What rounds copied of the roll when they were opened. */
export async function frozenRolls(db: Registry, limit: number) {
  return db
    .select({
      roundId: rollFreeze.roundId,
      nameEs: round.nameEs,
      nameEn: round.nameEn,
      version: rollFreeze.version,
      people: rollFreeze.people,
      frozenAt: rollFreeze.frozenAt,
      manifestHash: round.manifestHash,
    })
    .from(rollFreeze)
    .innerJoin(round, eq(round.id, rollFreeze.roundId))
    .orderBy(desc(rollFreeze.frozenAt))
    .limit(limit);
}

export async function districtNames(db: Registry): Promise<Map<string, string>> {
  const rows = await db.select({ code: district.code, name: district.name }).from(district);
  return new Map(rows.map(({ code, name }) => [code, name]));
}

/** Numbers that more than three people of the roll share, the most shared first. */
export async function sharedPhones(db: Registry, keys: RollKeys, { page, perPage }: Page) {
  const shared = db
    .select({
      hash: resident.phoneHash,
      people: count().as('people'),
      districts: sql<string[]>`array_agg(distinct ${resident.districtCode})`.as('districts'),
      lastTwo: sql<string[]>`(array_agg(${resident.dniLastTwo} order by ${resident.id}))[1:12]`.as(
        'last_two',
      ),
      sealed: sql<Buffer>`(array_agg(${resident.phoneSealed} order by ${resident.id}))[1]`.as(
        'sealed',
      ),
    })
    .from(resident)
    .where(and(isNull(resident.leftAt), isNotNull(resident.phoneHash)))
    .groupBy(resident.phoneHash)
    .having(gt(count(), SHARED_PHONE_LIMIT))
    .as('shared');
  const rows = await db
    .select()
    .from(shared)
    .orderBy(desc(shared.people), asc(shared.hash))
    .limit(perPage)
    .offset((page - 1) * perPage);
  const [all] = await db.select({ total: count() }).from(shared);
  return {
    phones: rows.map(({ hash: _, sealed, ...row }) => ({
      ...row,
      // The officer looks the number up in the file she has; the screen need not show all of it.
      ending: openText(keys.people, 'phone', sealed).slice(-3),
    })),
    total: all?.total ?? 0,
  };
}
