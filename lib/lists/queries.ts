import 'server-only';
import { asc, count, desc, eq, isNotNull, lte, notInArray, or, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { district, rollChallenge, rollInclusion, round } from '@/db/registry/schema';
import type { ChallengeKind, ListDates, ListState, MatterKind } from './types';

export interface ListRound {
  readonly id: string;
  readonly nameEs: string;
  readonly nameEn: string;
  readonly state: string;
  readonly opensAt: Date;
  /** Whether it verifies by message: asking about oneself goes that way. */
  readonly takesCodes: boolean;
  readonly dates: ListDates | null;
}

const listRound = {
  id: round.id,
  nameEs: round.nameEs,
  nameEn: round.nameEn,
  state: round.state,
  opensAt: round.opensAt,
  takesCodes: sql<boolean>`'sms' = any(${round.channels})`,
  listsOpenAt: round.listsOpenAt,
  challengesCloseAt: round.challengesCloseAt,
  finalAt: round.finalAt,
};

type Row = Omit<ListRound, 'dates'> & { [K in keyof ListDates]: Date | null };

function withDates({ listsOpenAt, challengesCloseAt, finalAt, ...rest }: Row): ListRound {
  const dates =
    listsOpenAt === null || challengesCloseAt === null || finalAt === null
      ? null
      : { listsOpenAt, challengesCloseAt, finalAt };
  return { ...rest, dates };
}

/** Rounds about whose list people can ask: opened ones, and drafts with a list; the newest first. */
export async function listRounds(db: Registry): Promise<ListRound[]> {
  const rows = await db
    .select(listRound)
    .from(round)
    .where(or(notInArray(round.state, ['draft', 'opening']), lte(round.listsOpenAt, sql`now()`)))
    .orderBy(desc(round.opensAt), asc(round.id))
    .limit(20);
  return rows.map(withDates);
}

/** A round with its calendar, for staff: drafts too. */
export async function listRoundById(db: Registry, id: string): Promise<ListRound | null> {
  const [row] = await db.select(listRound).from(round).where(eq(round.id, id));
  return row === undefined ? null : withDates(row);
}

/** Rounds with a calendar of lists, and drafts that could have one, for staff. */
export async function roundsWithLists(db: Registry): Promise<ListRound[]> {
  const rows = await db
    .select(listRound)
    .from(round)
    .where(or(isNotNull(round.listsOpenAt), eq(round.state, 'draft')))
    .orderBy(desc(round.opensAt), asc(round.id))
    .limit(50);
  return rows.map(withDates);
}

export interface DistrictCounts {
  readonly name: string;
  readonly filed: number;
  readonly accepted: number;
  readonly rejected: number;
}

/** How many challenges per district that the filers named: figures and no names, for everybody. */
export async function challengeCounts(db: Registry, roundId: string): Promise<DistrictCounts[]> {
  return db
    .select({
      name: district.name,
      filed: count(),
      accepted: sql<number>`count(*) filter (where ${rollChallenge.state} = 'applied')::int`,
      rejected: sql<number>`count(*) filter (where ${rollChallenge.state} = 'rejected')::int`,
    })
    .from(rollChallenge)
    .innerJoin(district, eq(district.code, rollChallenge.districtCode))
    .where(eq(rollChallenge.roundId, roundId))
    .groupBy(district.name)
    .orderBy(asc(district.name));
}

interface MatterState {
  readonly what: MatterKind;
  readonly number: string;
  readonly filedAt: Date;
  readonly state: ListState;
  /** Only of what is done or rejected: before the second person it is nobody's to read. */
  readonly reason: string | null;
  readonly finalAt: Date | null;
}

/** The state of a matter by the number that only who filed it has. */
export async function matterByNumber(db: Registry, number: string): Promise<MatterState | null> {
  for (const [what, table] of [
    ['challenge', rollChallenge],
    ['inclusion', rollInclusion],
  ] as const) {
    const [row] = await db
      .select({
        number: table.number,
        filedAt: table.filedAt,
        state: table.state,
        reason: table.reason,
        finalAt: round.finalAt,
      })
      .from(table)
      .innerJoin(round, eq(round.id, table.roundId))
      .where(eq(table.number, number));
    if (row === undefined) continue;
    const isTold = row.state === 'applied' || row.state === 'rejected';
    return { ...row, what, reason: isTold ? row.reason : null };
  }
  return null;
}

export interface MatterLine {
  readonly id: string;
  readonly number: string;
  readonly kind: ChallengeKind | null;
  readonly districtName: string;
  readonly filedAt: Date;
  readonly state: ListState;
  readonly onDesk: boolean;
}

/** What was filed about a round's list, undecided first, one page of it, for officers. */
export async function mattersOf(
  db: Registry,
  what: MatterKind,
  roundId: string,
  { page, perPage }: { readonly page: number; readonly perPage: number },
): Promise<{ readonly lines: MatterLine[]; readonly total: number }> {
  const table = what === 'challenge' ? rollChallenge : rollInclusion;
  const ofRound = eq(table.roundId, roundId);
  const lines = await db
    .select({
      id: table.id,
      number: table.number,
      kind: what === 'challenge' ? sql<ChallengeKind>`${rollChallenge.kind}` : sql<null>`null`,
      districtName: district.name,
      filedAt: table.filedAt,
      state: table.state,
      onDesk: sql<boolean>`${table.receivedBy} is not null`,
    })
    .from(table)
    .innerJoin(district, eq(district.code, table.districtCode))
    .where(ofRound)
    .orderBy(
      sql`array_position(array['filed', 'accepted', 'rejected', 'applied'], ${table.state})`,
      asc(table.filedAt),
      asc(table.id),
    )
    .limit(perPage)
    .offset((page - 1) * perPage);
  const [all] = await db.select({ total: count() }).from(table).where(ofRound);
  return { lines, total: all?.total ?? 0 };
}
