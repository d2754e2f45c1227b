import type { BallotReason } from '@/lib/ballots/types';
import type { Findings, LinePlace } from '../report';

/** V7: every ballot is signed by the key its token was given for, to the byte. */
export function checkSignature(reason: BallotReason, place: LinePlace, findings: Findings): void {
  if (reason === 'signature-invalid') findings.add('V7', 'signature-invalid', { ...place });
}
