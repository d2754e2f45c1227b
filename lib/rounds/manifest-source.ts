import 'server-only';
import { createHash } from 'node:crypto';
import { and, asc, count, eq, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import {
  contest,
  cycle,
  dimension,
  district,
  envelope,
  planItem,
  planRow,
  proposal,
  proposalObjective,
  rollEntry,
  round,
} from '@/db/registry/schema';
import type { RankContest } from './manifest';
import type { PlaceOnRoll } from './types';

type Dimension = RankContest['rows'][number]['dimension'];

/** What the manifest is built from, as it stands in the registry when the round opens. */
export async function roundForManifest(db: Registry, roundId: string) {
  const [row] = await db
    .select({
      id: round.id,
      state: round.state,
      nameEs: round.nameEs,
      nameEn: round.nameEn,
      opensAt: round.opensAt,
      closesAt: round.closesAt,
      livePolicy: round.livePolicy,
      minGroup: round.minGroup,
      lotSeed: round.lotSeed,
      manifest: round.manifest,
      manifestHash: round.manifestHash,
      cycleId: cycle.id,
      fiscalYear: cycle.fiscalYear,
      isDemo: cycle.isDemo,
    })
    .from(round)
    .innerJoin(cycle, eq(cycle.id, round.cycleId))
    .where(eq(round.id, roundId));
  return row ?? null;
}
export type RoundForManifest = NonNullable<Awaited<ReturnType<typeof roundForManifest>>>;

export async function contestsForManifest(db: Registry, roundId: string) {
  return db
    .select({
      id: contest.id,
      kind: contest.kind,
      rule: contest.rule,
      maxPicks: contest.maxPicks,
      envelopeId: contest.envelopeId,
      scope: envelope.scope,
      districtCode: envelope.districtCode,
      districtName: district.name,
      amountCents: envelope.amountCents,
    })
    .from(contest)
    .leftJoin(envelope, eq(envelope.id, contest.envelopeId))
    .leftJoin(district, eq(district.code, envelope.districtCode))
    .where(eq(contest.roundId, roundId))
    .orderBy(asc(contest.position), asc(contest.id));
}
export type ContestForManifest = Awaited<ReturnType<typeof contestsForManifest>>[number];

/** Every district with its people on the frozen roll. */
export async function placesOnRoll(
  db: Registry,
  roundId: string,
  withEnvelope: ReadonlySet<string>,
): Promise<PlaceOnRoll[]> {
  const rows = await db
    .select({
      code: district.code,
      name: district.name,
      latitude: district.latitude,
      longitude: district.longitude,
      eligible: count(rollEntry.residentId),
    })
    .from(district)
    .leftJoin(
      rollEntry,
      and(eq(rollEntry.districtCode, district.code), eq(rollEntry.roundId, roundId)),
    )
    .groupBy(district.code)
    .orderBy(asc(district.code));
  return rows.map((row) => ({ ...row, hasEnvelope: withEnvelope.has(row.code) }));
}

/** The plan's rows in the plan's order. */
export async function rowsForManifest(db: Registry): Promise<RankContest['rows']> {
  const rows = await db
    .select({
      id: planRow.code,
      dimensionCode: planRow.dimensionCode,
      titleEs: planRow.titleEs,
      titleEn: planRow.titleEn,
      labelEs: planRow.labelEs,
      labelEn: planRow.labelEn,
    })
    .from(planRow)
    .innerJoin(dimension, eq(dimension.code, planRow.dimensionCode))
    .orderBy(asc(dimension.position), asc(planRow.position));
  return rows.map((row) => ({
    id: row.id,
    title: { es: row.titleEs, en: row.titleEn },
    label: { es: row.labelEs, en: row.labelEn },
    dimension: row.dimensionCode as Dimension,
  }));
}

/** The eligible proposals of an envelope, in the order of their codes. */
export async function proposalsForManifest(db: Registry, envelopeId: string) {
  const rows = await db
    .select({
      code: proposal.code,
      titleEs: proposal.titleEs,
      titleEn: proposal.titleEn,
      labelEs: proposal.labelEs,
      labelEn: proposal.labelEn,
      whatEs: proposal.whatEs,
      whatEn: proposal.whatEn,
      whereEs: proposal.whereEs,
      whereEn: proposal.whereEn,
      whyEs: proposal.whyEs,
      whyEn: proposal.whyEn,
      costCents: proposal.costCents,
      dimensionCode: planRow.dimensionCode,
    })
    .from(proposal)
    .innerJoin(
      proposalObjective,
      and(
        eq(proposalObjective.proposalCode, proposal.code),
        // The first objective gives the proposal its dimension.
        sql`${proposalObjective.position} = (select min(o.position) from proposal_objective o
          where o.proposal_code = ${proposal.code})`,
      ),
    )
    .innerJoin(planItem, eq(planItem.code, proposalObjective.objectiveCode))
    .innerJoin(planRow, eq(planRow.code, planItem.rowCode))
    .where(and(eq(proposal.envelopeId, envelopeId), eq(proposal.state, 'eligible')))
    .orderBy(asc(proposal.code));
  return rows.map(({ code, costCents, dimensionCode, ...texts }) => ({
    id: code,
    title: { es: texts.titleEs, en: texts.titleEn },
    label: { es: texts.labelEs, en: texts.labelEn },
    summary: { es: texts.whatEs, en: texts.whatEn },
    costCents,
    dimension: dimensionCode,
    textHash: textHash(texts),
  }));
}

/** Hex SHA-256 over all public words of a proposal, so that none changes while people vote. */
function textHash(texts: Record<string, string>): string {
  const pairs = Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(pairs)).digest('hex');
}
