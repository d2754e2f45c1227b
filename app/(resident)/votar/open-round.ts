import 'server-only';
import { notFound, redirect } from 'next/navigation';
import { registry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import type { VerificationPurpose } from '@/lib/roll/types';
import { roundById } from '@/lib/rounds/queries';
import { phaseAt } from '@/lib/rounds/rules';
import type { RoundDetail, RoundPhase } from '@/lib/rounds/types';
import { isIdLike } from '@/lib/shared/page-number';
import { votingPage } from './addresses';

export interface RoundAtNow {
  readonly round: RoundDetail;
  readonly phase: Exclude<RoundPhase, 'draft'>;
}

/** The round of an address, with its phase by the database's clock; what is not public is not found. */
export async function publicRound(id: string): Promise<RoundAtNow> {
  if (!isIdLike(id)) notFound();
  const db = registry();
  const [round, now] = await Promise.all([roundById(db, id), databaseNow(db)]);
  if (round === null) notFound();
  const phase = phaseAt(round, now);
  if (phase === 'draft') notFound();
  return { round, phase };
}

/**
 * For the steps of verification: to vote, anything but an open round leads back to its first page;
 * one's own right can be asked about afterwards too.
 */
export async function roundTakingVoters(
  id: string,
  purpose: VerificationPurpose,
): Promise<RoundDetail> {
  const { round, phase } = await publicRound(id);
  if (purpose === 'right') return round;
  if (phase !== 'announced' && phase !== 'voting') redirect(votingPage(round.id));
  return round;
}
