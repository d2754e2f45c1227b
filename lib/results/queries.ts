import 'server-only';
import { and, count, desc, eq, inArray, isNotNull } from 'drizzle-orm';
import { registry, type Registry } from '@/db/registry/client';
import { cycle, district, result, round } from '@/db/registry/schema';
import type { Actor } from '@/lib/auth/actor';
import { resultDocument, type ResultDocument } from './document';
import { throughGate, turnoutThroughGate, type PublicResult, type Turnout } from './gate';
import { maySeeUnpublishedTally } from './policy';
import type { DistrictPlace } from './types';

export interface PublishedResult {
  readonly roundId: string;
  readonly version: number;
  readonly publishedAt: Date;
  readonly result: PublicResult;
}

/** The newest published result of a round, through the gate. */
export async function publishedResult(
  roundId: string,
  db: Registry = registry(),
): Promise<PublishedResult | null> {
  const [row] = await db
    .select({
      version: result.version,
      publishedAt: result.publishedAt,
      document: result.document,
    })
    .from(result)
    .where(and(eq(result.roundId, roundId), isNotNull(result.publishedAt)))
    .orderBy(desc(result.version))
    .limit(1);
  if (!row?.publishedAt) return null;
  return {
    roundId,
    version: row.version,
    publishedAt: row.publishedAt,
    result: throughGate(resultDocument.parse(row.document)),
  };
}

/** The published count with all its figures: only for what is announced of it in the record. */
export async function publishedDocument(
  roundId: string,
  db: Registry,
): Promise<ResultDocument | null> {
  const [row] = await db
    .select({ document: result.document })
    .from(result)
    .where(and(eq(result.roundId, roundId), isNotNull(result.publishedAt)))
    .orderBy(desc(result.version))
    .limit(1);
  return row === undefined ? null : resultDocument.parse(row.document);
}

/** The newest published result of a cycle: of its latest published round. */
export async function publishedResultOfCycle(
  cycleId: string,
  db: Registry = registry(),
): Promise<PublishedResult | null> {
  const [row] = await db
    .select({ roundId: round.id })
    .from(round)
    .where(and(eq(round.cycleId, cycleId), eq(round.state, 'published')))
    .orderBy(desc(round.publishedAt))
    .limit(1);
  return row ? publishedResult(row.roundId, db) : null;
}

/** Turnout of a counted round that is not published: all that may be said. */
export async function turnoutBeforePublication(
  roundId: string,
  db: Registry = registry(),
): Promise<Turnout | null> {
  const document = await newestDocument(roundId, db);
  return document && turnoutThroughGate(document);
}

/** The count as it would be published, for whoever may publish it; null for all others. */
export async function tallyForStaff(
  actor: Actor,
  roundId: string,
  db: Registry = registry(),
): Promise<PublicResult | null> {
  if (!maySeeUnpublishedTally(actor)) return null;
  const document = await newestDocument(roundId, db);
  return document && throughGate(document);
}

async function newestDocument(roundId: string, db: Registry) {
  const [row] = await db
    .select({ document: result.document })
    .from(result)
    .where(eq(result.roundId, roundId))
    .orderBy(desc(result.version))
    .limit(1);
  return row ? resultDocument.parse(row.document) : null;
}

export interface ResultListItem {
  readonly roundId: string;
  readonly nameEs: string;
  readonly nameEn: string;
  readonly fiscalYear: number;
  readonly state: 'closed' | 'tallying' | 'tallied' | 'published';
  readonly closedAt: Date;
  readonly publishedAt: Date | null;
}

const ENDED = ['closed', 'tallying', 'tallied', 'published'] as const;

/** Rounds that have ended, the newest first, a page at a time (`page` from 1). */
export async function listResults(
  page: number,
  pageSize = 10,
  db: Registry = registry(),
): Promise<{ items: ResultListItem[]; pages: number }> {
  const ended = inArray(round.state, [...ENDED]);
  const [total] = await db.select({ rounds: count() }).from(round).where(ended);
  const rows = await db
    .select({
      roundId: round.id,
      nameEs: round.nameEs,
      nameEn: round.nameEn,
      fiscalYear: cycle.fiscalYear,
      state: round.state,
      closesAt: round.closesAt,
      closedAt: round.closedAt,
      publishedAt: round.publishedAt,
    })
    .from(round)
    .innerJoin(cycle, eq(cycle.id, round.cycleId))
    .where(ended)
    .orderBy(desc(round.closesAt), desc(round.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return {
    items: rows.map(({ closesAt, closedAt, state, ...row }) => ({
      ...row,
      state: ENDED.find((each) => each === state) ?? 'closed',
      closedAt: closedAt ?? closesAt,
    })),
    pages: Math.ceil((total?.rounds ?? 0) / pageSize),
  };
}

/** Where the districts lie and how many live there, for maps and comparisons. */
export async function districtPlaces(db: Registry = registry()): Promise<DistrictPlace[]> {
  return db
    .select({
      code: district.code,
      name: district.name,
      population: district.population,
      populationYear: district.populationYear,
      latitude: district.latitude,
      longitude: district.longitude,
    })
    .from(district)
    .orderBy(district.code);
}
