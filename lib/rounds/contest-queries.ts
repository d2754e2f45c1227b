import 'server-only';
import { asc, eq } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { contest, district, envelope } from '@/db/registry/schema';
import { ruleShape } from './manifest';
import { ceilingOf, presetOf, thresholdOf, type RulePreset } from './presets';

export interface ContestOfRound {
  readonly id: string;
  readonly kind: 'rank' | 'allocate';
  readonly amountCents: number | null;
  /** Null for the ranking and for the province's envelope. */
  readonly districtName: string | null;
  readonly rule: RulePreset;
  /** Fewest votes to take part; null where the rule has no such bar. */
  readonly threshold: number | null;
  /** The most that the proposals of one dimension may cost; null where there is no ceiling. */
  readonly ceilingCents: number | null;
  /** The most proposals that a ballot may mark; null for a ranking, and where there is no limit. */
  readonly maxPicks: number | null;
}

/** The questions of a round in the order of the ballot. */
export async function contestsOf(db: Registry, roundId: string): Promise<ContestOfRound[]> {
  const rows = await db
    .select({
      id: contest.id,
      kind: contest.kind,
      amountCents: envelope.amountCents,
      districtName: district.name,
      rule: contest.rule,
      maxPicks: contest.maxPicks,
    })
    .from(contest)
    .leftJoin(envelope, eq(envelope.id, contest.envelopeId))
    .leftJoin(district, eq(district.code, envelope.districtCode))
    .where(eq(contest.roundId, roundId))
    .orderBy(asc(contest.position));
  return rows.map(({ rule: stored, ...row }) => {
    const rule = ruleShape.parse(stored);
    return {
      ...row,
      rule: presetOf(rule),
      threshold: thresholdOf(rule),
      ceilingCents: ceilingOf(rule),
    };
  });
}
