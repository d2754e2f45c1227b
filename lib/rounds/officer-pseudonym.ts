import { createHash } from 'node:crypto';

/**
 * How an officer is called in the public record of one round: twelve hexadecimal characters that
 * show whether two acts were one person's, and are another name in the next round.
 */
export function officerPseudonym(roundId: string, staffId: string): string {
  return createHash('sha256')
    .update(`minka/officer|${roundId}|${staffId}`)
    .digest('hex')
    .slice(0, 12);
}
