import 'server-only';
import { and, asc, count, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { dataIncident, dataRequest, district, resident } from '@/db/registry/schema';
import { openText } from '@/lib/roll/person-crypto';
import type { RollKeys } from '@/lib/roll/types';
import type { RequestKind, RequestOutcome } from './types';

export interface RequestLine {
  readonly id: string;
  readonly number: string;
  readonly kind: RequestKind;
  readonly filedAt: Date;
  readonly dueOn: string;
  readonly outcome: RequestOutcome | null;
}

const line = {
  id: dataRequest.id,
  number: dataRequest.number,
  kind: dataRequest.kind,
  filedAt: dataRequest.filedAt,
  dueOn: dataRequest.dueOn,
  outcome: dataRequest.outcome,
};

/** Requests, those that wait first and by their term, one page of them. */
export async function requestsPage(
  db: Registry,
  { page, perPage }: { readonly page: number; readonly perPage: number },
): Promise<{ readonly lines: RequestLine[]; readonly total: number }> {
  const lines = await db
    .select(line)
    .from(dataRequest)
    .orderBy(sql`${dataRequest.outcome} is not null`, asc(dataRequest.dueOn), asc(dataRequest.id))
    .limit(perPage)
    .offset((page - 1) * perPage);
  const [all] = await db.select({ total: count() }).from(dataRequest);
  return { lines, total: all?.total ?? 0 };
}

export interface RequestDetail extends RequestLine {
  readonly districtName: string;
  readonly dniLastTwo: string;
  readonly detail: string;
  readonly extendedReason: string | null;
  readonly answer: string | null;
  readonly answeredAt: Date | null;
}

/** One request with the person's words. */
export async function requestById(
  db: Registry,
  keys: RollKeys,
  id: string,
): Promise<RequestDetail | null> {
  const [row] = await db
    .select({
      ...line,
      districtName: district.name,
      dniLastTwo: resident.dniLastTwo,
      detailSealed: dataRequest.detailSealed,
      extendedReason: dataRequest.extendedReason,
      answerSealed: dataRequest.answerSealed,
      answeredAt: dataRequest.answeredAt,
    })
    .from(dataRequest)
    .innerJoin(resident, eq(resident.id, dataRequest.residentId))
    .innerJoin(district, eq(district.code, resident.districtCode))
    .where(eq(dataRequest.id, id));
  if (row === undefined) return null;
  const { detailSealed, answerSealed, ...rest } = row;
  return {
    ...rest,
    detail: openText(keys.people, 'request', detailSealed),
    answer: answerSealed === null ? null : openText(keys.people, 'request', answerSealed),
  };
}

/** Where a request stands, by the number that only who asked has; never what was asked. */
export async function requestByNumber(
  db: Registry,
  number: string,
): Promise<{ filedAt: Date; dueOn: string; outcome: RequestOutcome | null } | null> {
  const [row] = await db
    .select({
      filedAt: dataRequest.filedAt,
      dueOn: dataRequest.dueOn,
      outcome: dataRequest.outcome,
    })
    .from(dataRequest)
    .where(eq(dataRequest.number, number));
  return row ?? null;
}

/** How many wait for an answer, and how many of them past their day. */
export async function waitingRequests(
  db: Registry,
  today: string,
): Promise<{ readonly waiting: number; readonly late: number }> {
  const [row] = await db
    .select({
      waiting: count(),
      late: sql<number>`count(*) filter (where ${dataRequest.dueOn} < ${today})::int`,
    })
    .from(dataRequest)
    .where(isNull(dataRequest.outcome));
  return { waiting: row?.waiting ?? 0, late: row?.late ?? 0 };
}

const incident = {
  id: dataIncident.id,
  what: dataIncident.what,
  dataKinds: dataIncident.dataKinds,
  people: dataIncident.people,
  measures: dataIncident.measures,
  knownAt: dataIncident.knownAt,
  recordedBy: dataIncident.recordedBy,
  authorityToldAt: dataIncident.authorityToldAt,
  peopleToldAt: dataIncident.peopleToldAt,
  closedAt: dataIncident.closedAt,
  closingNote: dataIncident.closingNote,
};

/** Incidents, the newest first, one page of them. */
export async function incidentsPage(
  db: Registry,
  { page, perPage }: { readonly page: number; readonly perPage: number },
) {
  const lines = await db
    .select(incident)
    .from(dataIncident)
    .orderBy(desc(dataIncident.knownAt), asc(dataIncident.id))
    .limit(perPage)
    .offset((page - 1) * perPage);
  const [all] = await db.select({ total: count() }).from(dataIncident);
  return { lines, total: all?.total ?? 0 };
}

export type IncidentLine = Awaited<ReturnType<typeof incidentsPage>>['lines'][number];

export async function incidentById(db: Registry, id: string): Promise<IncidentLine | null> {
  const [row] = await db.select(incident).from(dataIncident).where(eq(dataIncident.id, id));
  return row ?? null;
}

/** Incidents of which the authority has not been told, the most urgent first. */
export async function untoldIncidents(db: Registry) {
  return db
    .select({ id: dataIncident.id, knownAt: dataIncident.knownAt })
    .from(dataIncident)
    .where(and(isNull(dataIncident.authorityToldAt), isNull(dataIncident.closedAt)))
    .orderBy(asc(dataIncident.knownAt));
}
