import { createHmac } from 'node:crypto';

const CHARACTERS = 22;

/**
 * A name under which a phone keeps this resident's vote apart from that of others who use the same
 * phone. Without the secret it says nothing about who they are; it is never sent to the ballot box.
 */
export function voterTag(
  sessionSecret: string,
  voter: { readonly roundId: string; readonly residentId: string },
): string {
  return createHmac('sha256', sessionSecret)
    .update(`minka/voter-tag/v1|${voter.roundId}|${voter.residentId}`)
    .digest('base64url')
    .slice(0, CHARACTERS);
}
