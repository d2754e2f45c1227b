import { createHash } from 'node:crypto';
import { parseManifest } from './manifest';
import type { AllocateContest, Contest, Manifest, ManifestWitness, RankContest } from './manifest';
import type { ContestForManifest, RoundForManifest } from './manifest-source';
import { groupOfDistrict } from './rules';
import type { DistrictGroup } from './types';

/** Names of contests, in both languages: they are words, so they come from the message files. */
export interface ContestTitles {
  readonly rank: { es: string; en: string };
  readonly province: { es: string; en: string };
  district(name: string): { es: string; en: string };
}

export interface ManifestParts {
  readonly round: RoundForManifest;
  readonly municipality: string;
  readonly groups: readonly (DistrictGroup & { readonly key: string; readonly rollRoot: string })[];
  readonly contests: readonly {
    readonly contest: ContestForManifest;
    readonly rows: RankContest['rows'];
    readonly proposals: AllocateContest['proposals'];
  }[];
  readonly titles: ContestTitles;
  readonly lotSeed: string;
  readonly recordKey: string;
  readonly orderKey: string;
  readonly witnesses: readonly ManifestWitness[];
  readonly engine: string;
  readonly software: string;
}

/** A hall that watches sees its ballots come in; otherwise a minute hides an arrival better. */
const BATCH_SECONDS = { live: 5, 'at-close': 60 } as const;

/**
 * The exact text of a round's manifest. Same parts, same bytes: the keys are written in one order.
 * Throws when the parts do not make a manifest, because nobody may vote on half a question.
 */
export function buildManifest(parts: ManifestParts): string {
  const { round } = parts;
  const manifest: Manifest = {
    v: 1,
    round: round.id,
    cycle: round.cycleId,
    fiscalYear: round.fiscalYear,
    municipality: parts.municipality,
    title: { es: round.nameEs, en: round.nameEn },
    opensAt: round.opensAt.toISOString(),
    closesAt: round.closesAt.toISOString(),
    livePolicy: round.livePolicy,
    minGroup: round.minGroup,
    groups: parts.groups.map((group) => ({
      id: group.id,
      name: group.name,
      districts: [...group.districts],
      eligible: group.eligible,
      key: group.key,
      rollRoot: group.rollRoot,
    })),
    contests: parts.contests.map((part) => contestOf(part, parts)),
    recordKey: parts.recordKey,
    orderKey: parts.orderKey,
    record: { batch: round.minGroup, intervalSeconds: BATCH_SECONDS[round.livePolicy] },
    witnesses: [...parts.witnesses],
    lotSeedCommitment: lotCommitment(parts.lotSeed),
    engine: parts.engine,
    software: parts.software,
    demo: round.isDemo !== 0,
  };
  const text = JSON.stringify(manifest);
  const parsed = parseManifest(text);
  if (!parsed.ok) {
    throw new Error(`Not a manifest: ${(parsed.problems ?? []).join('; ')}`);
  }
  return text;
}

/** Hex SHA-256 of the seed's text: published now, so that the seed cannot be chosen later. */
export function lotCommitment(lotSeed: string): string {
  return createHash('sha256').update(lotSeed).digest('hex');
}

// Rules are carried as the database has them: the reading of the finished text checks their shape.
function contestOf(
  { contest, rows, proposals }: ManifestParts['contests'][number],
  { titles, groups }: ManifestParts,
): Contest {
  if (contest.kind === 'rank') {
    return {
      id: contest.id,
      kind: 'rank',
      title: titles.rank,
      maxRanked: mostRanked(contest.rule as unknown as RankContest['rule']),
      groups: 'all',
      rows,
      rule: contest.rule as unknown as RankContest['rule'],
    };
  }
  const { districtCode, districtName } = contest;
  const own = districtCode === null ? undefined : groupOfDistrict(groups, districtCode);
  if (districtCode !== null && own === undefined) {
    throw new Error(`No group votes on the envelope of district ${districtCode}`);
  }
  return {
    id: contest.id,
    kind: 'allocate',
    title: districtName === null ? titles.province : titles.district(districtName),
    envelopeCents: contest.amountCents ?? 0,
    // Never more than there are to mark, so that what the booth says is true.
    ...(contest.maxPicks === null
      ? {}
      : { maxPicks: Math.min(contest.maxPicks, Math.max(1, proposals.length)) }),
    groups: own === undefined ? 'all' : [own.id],
    proposals,
    rule: contest.rule as unknown as AllocateContest['rule'],
  };
}

/** As many places as the rule gives points to; five where it does not say. */
function mostRanked({ slots }: RankContest['rule']): number {
  if (slots === 'ballot-length') return 5;
  return Math.min(5, Array.isArray(slots) ? slots.length : slots);
}
