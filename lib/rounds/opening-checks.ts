import { and, eq, exists, isNotNull, not, sql } from 'drizzle-orm';
import type { Registry } from '@/db/registry/client';
import { contest, planRow, proposal, proposalObjective, resident } from '@/db/registry/schema';
import type { OpenRefusal } from './types';

/** What is missing before anybody could vote, or null when nothing is. */
export async function whyNotReady(
  db: Registry,
  roundId: string,
): Promise<Extract<
  OpenRefusal,
  'contest-without-proposals' | 'no-plan-rows' | 'empty-roll'
> | null> {
  const ofRound = eq(contest.roundId, roundId);
  const votable = db
    .select({ one: sql`1` })
    .from(proposal)
    .innerJoin(proposalObjective, eq(proposalObjective.proposalCode, proposal.code))
    .where(and(eq(proposal.envelopeId, contest.envelopeId), eq(proposal.state, 'eligible')));
  const [empty] = await db
    .select({ id: contest.id })
    .from(contest)
    .where(and(ofRound, isNotNull(contest.envelopeId), not(exists(votable))))
    .limit(1);
  if (empty !== undefined) return 'contest-without-proposals';

  const [ranking] = await db
    .select({ id: contest.id })
    .from(contest)
    .where(and(ofRound, eq(contest.kind, 'rank')))
    .limit(1);
  const [row] = await db.select({ code: planRow.code }).from(planRow).limit(1);
  if (ranking !== undefined && row === undefined) return 'no-plan-rows';

  const [someone] = await db.select({ id: resident.id }).from(resident).limit(1);
  return someone === undefined ? 'empty-roll' : null;
}
