import { and, eq, exists, inArray, isNotNull, isNull, ne, not, notInArray, sql } from 'drizzle-orm';
import type { RegistryTransaction } from '@/db/registry/client';
import {
  contest,
  envelope,
  planRow,
  proposal,
  proposalObjective,
  resident,
  round,
} from '@/db/registry/schema';
import { isListUnfinished } from '@/lib/lists/opening-check';
import type { OpenRefusal } from './types';

/** What is missing before anybody could vote, or null when nothing is. */
export async function whyNotReady(
  db: RegistryTransaction,
  roundId: string,
): Promise<Extract<
  OpenRefusal,
  | 'contest-without-proposals'
  | 'envelope-being-voted'
  | 'no-plan-rows'
  | 'empty-roll'
  | 'list-unfinished'
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
  if (await isVotedElsewhere(db, roundId)) return 'envelope-being-voted';

  const [ranking] = await db
    .select({ id: contest.id })
    .from(contest)
    .where(and(ofRound, eq(contest.kind, 'rank')))
    .limit(1);
  const [row] = await db.select({ code: planRow.code }).from(planRow).limit(1);
  if (ranking !== undefined && row === undefined) return 'no-plan-rows';

  const [someone] = await db
    .select({ id: resident.id })
    .from(resident)
    .where(isNull(resident.leftAt))
    .limit(1);
  if (someone === undefined) return 'empty-roll';
  return (await isListUnfinished(db, roundId)) ? 'list-unfinished' : null;
}

/**
 * Whether another round that is not published yet asks about the same money: two results could not
 * both decide its proposals. The envelopes stay locked, so that of two openings one sees the other.
 */
async function isVotedElsewhere(tx: RegistryTransaction, roundId: string): Promise<boolean> {
  const held = await tx
    .select({ id: envelope.id })
    .from(envelope)
    .where(
      inArray(
        envelope.id,
        tx
          .select({ id: sql<string>`${contest.envelopeId}` })
          .from(contest)
          .where(and(eq(contest.roundId, roundId), isNotNull(contest.envelopeId))),
      ),
    )
    .orderBy(envelope.id)
    .for('update');
  if (held.length === 0) return false;
  const [other] = await tx
    .select({ id: round.id })
    .from(contest)
    .innerJoin(round, eq(round.id, contest.roundId))
    .where(
      and(
        inArray(
          contest.envelopeId,
          held.map(({ id }) => id),
        ),
        ne(round.id, roundId),
        notInArray(round.state, ['draft', 'published']),
      ),
    )
    .limit(1);
  return other !== undefined;
}
