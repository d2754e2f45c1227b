import type { BallotReason } from '@/lib/ballots/types';
import type { Findings, LinePlace } from '../report';

/** V6: every ballot carries a token that the issuer signed for its district group. */
export function checkToken(reason: BallotReason, place: LinePlace, findings: Findings): void {
  if (reason === 'unknown-group') findings.add('V6', 'group-unknown', { ...place });
  if (reason === 'token-invalid') findings.add('V6', 'token-invalid', { ...place });
}
