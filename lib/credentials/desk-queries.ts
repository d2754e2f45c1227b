import 'server-only';
import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { TODAY } from '@/db/registry/clock';
import { deskVisit, kiosk, resident, rollEntry } from '@/db/registry/schema';
import { hashToken } from '@/lib/roll/secrets';
import type { Kiosk, Visit, VisitState } from './desk';
import { channelTaken, type Channel } from './right';

export interface DeskPerson {
  readonly dniLastTwo: string;
  readonly districtCode: string;
  /** By which way the right is taken; null while it is free. */
  readonly taken: Channel | null;
}

export async function deskPerson(
  db: Registry,
  of: { readonly roundId: string; readonly residentId: string },
): Promise<DeskPerson | null> {
  const [row] = await db
    .select({ dniLastTwo: resident.dniLastTwo, districtCode: rollEntry.districtCode })
    .from(rollEntry)
    .innerJoin(resident, eq(resident.id, rollEntry.residentId))
    .where(and(eq(rollEntry.roundId, of.roundId), eq(rollEntry.residentId, of.residentId)));
  return row === undefined ? null : { ...row, taken: await channelTaken(db, of) };
}

/** Kiosks in use, and whether somebody is at them. */
export async function kiosks(db: Registry): Promise<(Kiosk & { readonly isBusy: boolean })[]> {
  return db
    .select({ id: kiosk.id, name: kiosk.name, isBusy: sql<boolean>`${deskVisit.id} is not null` })
    .from(kiosk)
    .leftJoin(
      deskVisit,
      and(
        eq(deskVisit.kioskId, kiosk.id),
        inArray(deskVisit.state, ['waiting', 'voting', 'paused']),
      ),
    )
    .where(isNull(kiosk.revokedAt))
    .orderBy(asc(kiosk.name));
}

/** The kiosk behind a cookie; null when it was closed or never was. */
export async function kioskByToken(db: Registry, token: string): Promise<Kiosk | null> {
  const [row] = await db
    .select({ id: kiosk.id, name: kiosk.name })
    .from(kiosk)
    .where(and(eq(kiosk.tokenHash, hashToken(token)), isNull(kiosk.revokedAt)));
  return row ?? null;
}

const visitColumns = {
  id: deskVisit.id,
  state: deskVisit.state,
  kioskName: kiosk.name,
  dniLastTwo: resident.dniLastTwo,
};

/** Today's visits of a round: in course first. Who, where and whether; never what. */
export async function visitsToday(db: Registry, roundId: string): Promise<Visit[]> {
  return db
    .select(visitColumns)
    .from(deskVisit)
    .innerJoin(kiosk, eq(kiosk.id, deskVisit.kioskId))
    .innerJoin(resident, eq(resident.id, deskVisit.residentId))
    .where(
      and(
        eq(deskVisit.roundId, roundId),
        sql`(${deskVisit.expiresAt} is not null or ${deskVisit.day} = ${TODAY})`,
      ),
    )
    .orderBy(sql`${deskVisit.expiresAt} is null`, asc(kiosk.name), asc(resident.dniLastTwo));
}

export interface VisitDetail extends Visit {
  readonly roundId: string;
  readonly residentId: string;
  readonly codeTurn: number;
  /** Whether the code of this turn can still be used. */
  readonly codeHolds: boolean;
  /** Whether the vote has been activated at the kiosk: then its key lives only there. */
  readonly isActivated: boolean;
}

export async function visitById(db: Registry, id: string): Promise<VisitDetail | null> {
  const [row] = await db
    .select({
      ...visitColumns,
      roundId: deskVisit.roundId,
      residentId: deskVisit.residentId,
      codeTurn: deskVisit.codeTurn,
      codeHolds: sql<boolean>`${deskVisit.state} in ('waiting', 'paused') and ${gt(deskVisit.expiresAt, sql`now()`)}`,
    })
    .from(deskVisit)
    .innerJoin(kiosk, eq(kiosk.id, deskVisit.kioskId))
    .innerJoin(resident, eq(resident.id, deskVisit.residentId))
    .where(eq(deskVisit.id, id));
  if (row === undefined) return null;
  return { ...row, isActivated: (await channelTaken(db, row)) !== null };
}

/** How the visit at this kiosk stands, for the kiosk itself. */
export async function visitAtKiosk(db: Registry, kioskId: string): Promise<VisitState | null> {
  const [row] = await db
    .select({ state: deskVisit.state })
    .from(deskVisit)
    .where(
      and(
        eq(deskVisit.kioskId, kioskId),
        inArray(deskVisit.state, ['waiting', 'voting', 'paused']),
      ),
    );
  return row?.state ?? null;
}
