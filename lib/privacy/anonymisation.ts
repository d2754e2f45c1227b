import 'server-only';
import { asc, eq, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { round } from '@/db/registry/schema';

export interface AnonymisationLine {
  readonly id: string;
  readonly nameEs: string;
  readonly nameEn: string;
  readonly publishedAt: Date | null;
  readonly dueAt: Date | null;
  readonly anonymisedAt: Date | null;
  readonly isDue: boolean;
  /** What would go, or before anything went; empty once it is gone. */
  readonly people: number;
  readonly rights: number;
  readonly verifications: number;
  readonly visits: number;
  readonly filings: number;
}

/** What the job would erase, round by round, without touching anything. */
export async function anonymisationPlan(
  db: Registry,
  challengeDays: number,
): Promise<AnonymisationLine[]> {
  const due = sql`${round.publishedAt} + make_interval(days => ${challengeDays})`;
  const rows = await db
    .select({
      id: round.id,
      nameEs: round.nameEs,
      nameEn: round.nameEn,
      publishedAt: round.publishedAt,
      dueAt: sql<Date | null>`${due}`.mapWith(round.publishedAt),
      anonymisedAt: round.anonymisedAt,
      isDue: sql<boolean>`coalesce(${due} <= now(), false)`,
      people: sql<number>`(select count(*)::int from roll_entry as x where x.round_id = ${round}.id)`,
      rights: sql<number>`(select count(*)::int from credential as x where x.round_id = ${round}.id)`,
      verifications: sql<number>`(
        select count(*)::int from verification_attempt as x where x.round_id = ${round}.id)
        + (select count(*)::int from voter_session as x where x.round_id = ${round}.id)`,
      visits: sql<number>`(select count(*)::int from desk_visit as x where x.round_id = ${round}.id)
        + (select count(*)::int from desk_help as x where x.round_id = ${round}.id)
        + (select count(*)::int from paper_check_in as x where x.round_id = ${round}.id)`,
      filings: sql<number>`(select count(*)::int from roll_challenge as x where x.round_id = ${round}.id)
        + (select count(*)::int from roll_inclusion as x where x.round_id = ${round}.id)`,
    })
    .from(round)
    .where(eq(round.state, 'published'))
    .orderBy(asc(round.publishedAt), asc(round.id));
  return rows;
}
