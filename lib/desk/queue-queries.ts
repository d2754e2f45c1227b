import 'server-only';
import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { TODAY } from '@/db/registry/clock';
import { deskLine, deskPlace, deskShift, deskTurn, resident, staff } from '@/db/registry/schema';
import type { LineFigures } from './rules';
import type { Turn } from './types';

const columns = {
  id: deskTurn.id,
  roundId: deskTurn.roundId,
  number: deskTurn.number,
  state: deskTurn.state,
  isPreferential: deskTurn.isPreferential,
  timesCalled: deskTurn.timesCalled,
  residentId: deskTurn.residentId,
  dniLastTwo: resident.dniLastTwo,
  calledBy: deskTurn.calledBy,
  calledByName: staff.displayName,
  outcome: deskTurn.outcome,
};

function selectTurns(db: Registry) {
  return db
    .select({ ...columns, placeName: deskPlace.name })
    .from(deskTurn)
    .innerJoin(deskPlace, eq(deskPlace.id, deskTurn.placeId))
    .leftJoin(resident, eq(resident.id, deskTurn.residentId))
    .leftJoin(staff, eq(staff.id, deskTurn.calledBy));
}

interface Line {
  readonly roundId: string;
  readonly placeId: string;
}

const inLine = (of: Line) =>
  and(eq(deskTurn.roundId, of.roundId), eq(deskTurn.placeId, of.placeId), eq(deskTurn.day, TODAY));

/** Who is called or attended now at a place: few, at most one per officer. */
export async function turnsInCourse(db: Registry, of: Line): Promise<Turn[]> {
  return selectTurns(db)
    .where(and(inLine(of), inArray(deskTurn.state, ['called', 'serving'])))
    .orderBy(asc(deskTurn.number));
}

/** One page of who waits, in the order in which they are called. */
export async function turnsWaiting(
  db: Registry,
  of: Line & { readonly page: number; readonly perPage: number },
): Promise<{ readonly turns: Turn[]; readonly total: number }> {
  const waits = and(inLine(of), eq(deskTurn.state, 'waiting'));
  const turns = await selectTurns(db)
    .where(waits)
    .orderBy(desc(deskTurn.isPreferential), asc(deskTurn.position))
    .limit(of.perPage)
    .offset((of.page - 1) * of.perPage);
  const [all] = await db.select({ total: count() }).from(deskTurn).where(waits);
  return { turns, total: all?.total ?? 0 };
}

export interface TurnDetail extends Turn {
  readonly placeName: string;
  /** How many are called before, while it waits. */
  readonly ahead: number;
}

export async function turnById(db: Registry, id: string): Promise<TurnDetail | null> {
  const [turn] = await selectTurns(db).where(eq(deskTurn.id, id));
  if (turn === undefined) return null;
  const [before] = await db.execute<{ people: number }>(sql`
    select count(*)::int as people from ${deskTurn} as mine
    join ${deskTurn} as other
      on (other.round_id, other.place_id, other.day, other.state)
        = (mine.round_id, mine.place_id, mine.day, 'waiting')
      and (not other.is_preferential, other.position) < (not mine.is_preferential, mine.position)
    where mine.id = ${id} and mine.state = 'waiting'`);
  return { ...turn, ahead: before?.people ?? 0 };
}

/** The number somebody has in today's queue, wherever it was taken. */
export async function turnOfPerson(
  db: Registry,
  of: { readonly roundId: string; readonly residentId: string },
): Promise<{ readonly id: string; readonly number: number } | null> {
  const [turn] = await db
    .select({ id: deskTurn.id, number: deskTurn.number })
    .from(deskTurn)
    .where(
      and(
        eq(deskTurn.roundId, of.roundId),
        eq(deskTurn.residentId, of.residentId),
        inArray(deskTurn.state, ['waiting', 'called', 'serving']),
        eq(deskTurn.day, TODAY),
      ),
    );
  return turn ?? null;
}

/** What an estimate of the wait needs. */
export async function lineFigures(db: Registry, of: Line): Promise<LineFigures> {
  const [line] = await db
    .select({ served: deskLine.served, servedSeconds: deskLine.servedSeconds })
    .from(deskLine)
    .where(
      and(
        eq(deskLine.roundId, of.roundId),
        eq(deskLine.placeId, of.placeId),
        eq(deskLine.day, TODAY),
      ),
    );
  const officers = await db.$count(
    deskShift,
    and(eq(deskShift.placeId, of.placeId), isNull(deskShift.closedAt)),
  );
  return { served: line?.served ?? 0, servedSeconds: line?.servedSeconds ?? 0, officers };
}
