import 'server-only';
import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { tablet, tabletResident, tabletVoucher } from '@/db/registry/schema';
import type { TabletState } from './types';

export interface TabletLine {
  readonly id: string;
  readonly roundId: string;
  readonly place: string;
  readonly state: TabletState;
  readonly residents: number;
  /** People who may still vote on it and nowhere else. */
  readonly reserved: number;
  readonly checkIns: number | null;
  readonly ballots: number | null;
  /** Hex. */
  readonly head: string | null;
  readonly lostReason: string | null;
  readonly createdAt: Date;
}

const columns = {
  id: tablet.id,
  roundId: tablet.roundId,
  place: tablet.place,
  state: tablet.state,
  residents: sql<number>`(
    select count(*)::int from ${tabletResident} as held where held.tablet_id = ${tablet}.id)`,
  reserved: sql<number>`(
    select count(*)::int from ${tabletResident} as held
    where held.tablet_id = ${tablet}.id and held.state = 'reserved')`,
  checkIns: tablet.checkIns,
  ballots: tablet.ballots,
  head: sql<string | null>`encode(${tablet.head}, 'hex')`,
  lostReason: tablet.lostReason,
  createdAt: tablet.createdAt,
};

/** One page of tablets, newest first. */
export async function tabletsPage(
  db: Registry,
  { page, perPage }: { readonly page: number; readonly perPage: number },
): Promise<{ readonly tablets: TabletLine[]; readonly total: number }> {
  const tablets = await db
    .select(columns)
    .from(tablet)
    .orderBy(desc(tablet.createdAt), asc(tablet.id))
    .limit(perPage)
    .offset((page - 1) * perPage);
  const [all] = await db.select({ total: count() }).from(tablet);
  return { tablets, total: all?.total ?? 0 };
}

export async function tabletById(db: Registry, id: string): Promise<TabletLine | null> {
  const [row] = await db.select(columns).from(tablet).where(eq(tablet.id, id));
  return row ?? null;
}

/** Reserved residents of a tablet by group: how many vouchers it needs. */
export async function tabletGroups(
  db: Registry,
  id: string,
): Promise<{ readonly group: string; readonly residents: number }[]> {
  return db
    .select({ group: tabletResident.groupId, residents: count() })
    .from(tabletResident)
    .where(eq(tabletResident.tabletId, id))
    .groupBy(tabletResident.groupId)
    .orderBy(asc(tabletResident.groupId));
}

/** Vouchers that went out with a tablet and that nobody is known to have used: they work till the close. */
export async function vouchersAtLarge(db: Registry, id: string): Promise<number> {
  const noted = await db.$count(tabletVoucher, eq(tabletVoucher.tabletId, id));
  const voted = await db.$count(
    tabletResident,
    and(eq(tabletResident.tabletId, id), eq(tabletResident.state, 'voted')),
  );
  return Math.max(0, noted - voted);
}

/** Tablets that are out, or back without having said who voted: a round is not sealed before. */
export async function tabletsPending(db: Registry, roundId: string): Promise<number> {
  return db.$count(
    tablet,
    and(eq(tablet.roundId, roundId), inArray(tablet.state, ['loaded', 'closed'])),
  );
}
