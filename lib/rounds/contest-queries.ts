import 'server-only';
import { asc, eq, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { contest, district, envelope } from '@/db/registry/schema';

export interface ContestOfRound {
  readonly id: string;
  readonly kind: 'rank' | 'allocate';
  readonly amountCents: number | null;
  /** Null for the ranking and for the province's envelope. */
  readonly districtName: string | null;
  readonly rule: 'borda' | 'equal-shares' | 'greedy';
}

/** The questions of a round in the order of the ballot. */
export async function contestsOf(db: Registry, roundId: string): Promise<ContestOfRound[]> {
  return db
    .select({
      id: contest.id,
      kind: contest.kind,
      amountCents: envelope.amountCents,
      districtName: district.name,
      rule: sql<ContestOfRound['rule']>`${contest.rule} ->> 'kind'`,
    })
    .from(contest)
    .leftJoin(envelope, eq(envelope.id, contest.envelopeId))
    .leftJoin(district, eq(district.code, envelope.districtCode))
    .where(eq(contest.roundId, roundId))
    .orderBy(asc(contest.position));
}
