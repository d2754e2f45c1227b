import 'server-only';
import { and, asc, count, desc, eq, isNotNull, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import {
  district,
  letterBatch,
  letterCode,
  rollEntry,
  round,
  type APPROVAL_DECISIONS,
} from '@/db/registry/schema';
import { LETTERS_PRINT_KIND } from './letter-input';
import { takesLetters } from './letter-people';

/** Rounds that take letters now, the next to close first. */
export async function roundsWithLetters(db: Registry) {
  return db
    .select({ id: round.id, nameEs: round.nameEs, nameEn: round.nameEn, closesAt: round.closesAt })
    .from(round)
    .where(takesLetters)
    .orderBy(asc(round.closesAt), asc(round.id));
}

/** How many people of a round live where: so many letters there can be. */
export async function peopleByDistrict(db: Registry, roundId: string) {
  return db
    .select({ code: district.code, name: district.name, people: count() })
    .from(rollEntry)
    .innerJoin(district, eq(district.code, rollEntry.districtCode))
    .where(eq(rollEntry.roundId, roundId))
    .groupBy(district.code, district.name)
    .orderBy(asc(district.name));
}

export type SecondYes = (typeof APPROVAL_DECISIONS)[number] | 'waiting';

const PER_PAGE = 20;

/** What was asked for and printed, the newest first, one page of it. */
export async function letterBatches(db: Registry, roundId: string, page: number) {
  const [rows, [total]] = await Promise.all([
    db
      .select({
        id: letterBatch.id,
        district: district.name,
        firstLetter: letterBatch.firstLetter,
        lastLetter: letterBatch.lastLetter,
        reason: letterBatch.reason,
        requestedBy: letterBatch.requestedBy,
        requestedAt: letterBatch.requestedAt,
        printedAt: letterBatch.printedAt,
        letters: letterBatch.letters,
        /** What the second person said; null: nobody was asked. */
        second: sql<SecondYes | null>`(select case
            when a.decision is null and a.expires_at <= now() then 'expired'
            else coalesce(a.decision, 'waiting') end
          from approval a where a.kind = ${LETTERS_PRINT_KIND} and a.subject = letter_batch.id::text
          order by a.requested_at desc limit 1)`,
      })
      .from(letterBatch)
      .leftJoin(district, eq(district.code, letterBatch.districtCode))
      .where(eq(letterBatch.roundId, roundId))
      .orderBy(desc(letterBatch.requestedAt), letterBatch.id)
      .limit(PER_PAGE)
      .offset((page - 1) * PER_PAGE),
    db.select({ all: count() }).from(letterBatch).where(eq(letterBatch.roundId, roundId)),
  ]);
  return { rows, pages: Math.max(1, Math.ceil((total?.all ?? 0) / PER_PAGE)) };
}

/** How many letters of a round opened the vote. */
export async function lettersUsed(db: Registry, roundId: string): Promise<number> {
  const [row] = await db
    .select({ used: count() })
    .from(letterCode)
    .where(and(eq(letterCode.roundId, roundId), isNotNull(letterCode.usedAt)));
  return row?.used ?? 0;
}
