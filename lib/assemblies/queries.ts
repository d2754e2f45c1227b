import 'server-only';
import { and, asc, count, eq, ne, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { paperCheckIn, paperPhoto, paperTable, roundNote } from '@/db/registry/schema';
import type { PaperState, PaperTable } from './types';

const columns = {
  id: paperTable.id,
  roundId: paperTable.roundId,
  number: paperTable.number,
  groupId: paperTable.groupId,
  place: paperTable.place,
  papers: paperTable.papers,
  checkIns: sql<number>`coalesce(${paperTable.checkIns}, 0)`,
  ballots: sql<number>`coalesce(${paperTable.ballots}, 0)`,
  spoiled: sql<number>`coalesce(${paperTable.spoiled}, 0)`,
  unused: sql<number>`coalesce(${paperTable.unused}, 0)`,
  photoSha256: sql<string | null>`encode(${paperTable.photoSha256}, 'hex')`,
  firstBy: paperTable.firstBy,
  secondBy: paperTable.secondBy,
  thirdBy: paperTable.thirdBy,
  firstDone: paperTable.firstDone,
  secondDone: paperTable.secondDone,
  checkedIn: sql<number>`(select count(*)::int from ${paperCheckIn} where ${paperCheckIn.tableId} = ${paperTable.id})`,
  /** Closed, and the ballot box has the minutes. */
  state: sql<PaperState>`case when ${paperTable.state} = 'closed' and ${roundNote.sentAt} is not null
    then 'recorded' else ${paperTable.state} end`,
};

function selectTables(db: Registry) {
  return db
    .select(columns)
    .from(paperTable)
    .leftJoin(
      roundNote,
      and(
        eq(roundNote.roundId, paperTable.roundId),
        eq(roundNote.id, sql`'paper-minutes:mesa-' || ${paperTable.number}`),
      ),
    );
}

/** The paper tables of a round by number. */
export async function paperTables(db: Registry, roundId: string): Promise<PaperTable[]> {
  return selectTables(db).where(eq(paperTable.roundId, roundId)).orderBy(asc(paperTable.number));
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

export async function paperTableById(db: Registry, id: string): Promise<PaperTable | null> {
  if (!UUID.test(id)) return null;
  const [row] = await selectTables(db).where(eq(paperTable.id, id));
  return row ?? null;
}

export async function paperPhotoOf(
  db: Registry,
  tableId: string,
): Promise<{ readonly mediaType: string; readonly content: Buffer } | null> {
  if (!UUID.test(tableId)) return null;
  const [row] = await db
    .select({ mediaType: paperPhoto.mediaType, content: paperPhoto.content })
    .from(paperPhoto)
    .where(eq(paperPhoto.tableId, tableId));
  return row ?? null;
}

/** What the record still waits for: paper tables that are not reconciled, whatever they lack. */
export async function paperPending(
  db: Registry,
  roundId: string,
): Promise<{ readonly minutes: number }> {
  const [pending] = await db
    .select({ minutes: count() })
    .from(paperTable)
    .where(and(eq(paperTable.roundId, roundId), ne(paperTable.state, 'reconciled')));
  return { minutes: pending?.minutes ?? 0 };
}
