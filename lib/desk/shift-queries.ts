import 'server-only';
import { and, asc, count, desc, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Registry } from '@/db/registry/client';
import {
  deskIncident,
  deskPlace,
  deskShift,
  deskShiftCount,
  SHIFT_COUNTS,
  staff,
} from '@/db/registry/schema';
import type { ShiftCount } from '@/lib/credentials/types';
import type { IncidentKind, ShiftDetail, ShiftLine } from './types';

export { openShiftOf } from '@/lib/credentials/commands/in-shift';

const signer = alias(staff, 'signer');
const closer = alias(staff, 'closer');

const line = {
  id: deskShift.id,
  officerId: deskShift.officerId,
  officerName: staff.displayName,
  placeName: deskPlace.name,
  device: deskShift.device,
  openedAt: deskShift.openedAt,
  closedAt: deskShift.closedAt,
  signedByName: signer.displayName,
  aloneReason: deskShift.aloneReason,
};

/** One page of all shifts, those that last first, then the newest. */
export async function shiftsPage(
  db: Registry,
  { page, perPage }: { readonly page: number; readonly perPage: number },
): Promise<{ readonly shifts: ShiftLine[]; readonly total: number }> {
  const shifts = await db
    .select(line)
    .from(deskShift)
    .innerJoin(staff, eq(staff.id, deskShift.officerId))
    .innerJoin(deskPlace, eq(deskPlace.id, deskShift.placeId))
    .leftJoin(signer, eq(signer.id, deskShift.signedBy))
    .orderBy(desc(isNull(deskShift.closedAt)), desc(deskShift.openedAt), asc(deskShift.id))
    .limit(perPage)
    .offset((page - 1) * perPage);
  const [all] = await db.select({ total: count() }).from(deskShift);
  return { shifts, total: all?.total ?? 0 };
}

export async function shiftById(db: Registry, id: string): Promise<ShiftDetail | null> {
  const [shift] = await db
    .select({
      ...line,
      placeId: deskShift.placeId,
      openingFigures: deskShift.openingFigures,
      openingPapers: deskShift.openingPapers,
      closingFigures: deskShift.closingFigures,
      closingPapers: deskShift.closingPapers,
      spoiledPapers: deskShift.spoiledPapers,
      handoverNote: deskShift.handoverNote,
      closedBy: deskShift.closedBy,
      closedByName: closer.displayName,
      signedBy: deskShift.signedBy,
      signedAt: deskShift.signedAt,
    })
    .from(deskShift)
    .innerJoin(staff, eq(staff.id, deskShift.officerId))
    .innerJoin(deskPlace, eq(deskPlace.id, deskShift.placeId))
    .leftJoin(signer, eq(signer.id, deskShift.signedBy))
    .leftJoin(closer, eq(closer.id, deskShift.closedBy))
    .where(eq(deskShift.id, id));
  if (shift === undefined) return null;
  const rows = await db
    .select({ what: deskShiftCount.what, times: deskShiftCount.times })
    .from(deskShiftCount)
    .where(eq(deskShiftCount.shiftId, id));
  const held = new Map<ShiftCount, number>(rows.map(({ what, times }) => [what, times]));
  const counts = Object.fromEntries(SHIFT_COUNTS.map((what) => [what, held.get(what) ?? 0]));
  return { ...shift, counts: counts as Record<ShiftCount, number> };
}

export interface Incident {
  readonly id: string;
  readonly at: Date;
  readonly kind: IncidentKind;
  readonly words: string;
}

export async function incidentsOf(db: Registry, shiftId: string): Promise<Incident[]> {
  return db
    .select({
      id: deskIncident.id,
      at: deskIncident.at,
      kind: deskIncident.kind,
      words: deskIncident.words,
    })
    .from(deskIncident)
    .where(eq(deskIncident.shiftId, shiftId))
    .orderBy(asc(deskIncident.at), asc(deskIncident.id));
}

/** What the last officer at this place left for the next one. */
export async function lastHandover(
  db: Registry,
  placeId: string,
): Promise<{
  readonly officerName: string;
  readonly note: string;
  readonly closedAt: Date;
} | null> {
  const [last] = await db
    .select({
      officerName: staff.displayName,
      note: sql<string>`${deskShift.handoverNote}`,
      closedAt: sql<Date>`${deskShift.closedAt}`.mapWith(deskShift.closedAt),
    })
    .from(deskShift)
    .innerJoin(staff, eq(staff.id, deskShift.officerId))
    .where(
      and(
        eq(deskShift.placeId, placeId),
        isNotNull(deskShift.closedAt),
        ne(deskShift.handoverNote, ''),
      ),
    )
    .orderBy(desc(deskShift.closedAt))
    .limit(1);
  return last ?? null;
}

/** Places where people were attended before, for the form that opens a shift. */
export async function placeNames(db: Registry): Promise<string[]> {
  const rows = await db
    .select({ name: deskPlace.name })
    .from(deskPlace)
    .orderBy(asc(deskPlace.name))
    .limit(100);
  return rows.map(({ name }) => name);
}
