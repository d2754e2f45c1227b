import { createHmac } from 'node:crypto';

/**
 * The six digits that open a kiosk for one visit, once. Made from a secret, so that the officer's
 * page can show them again and the database holds nothing that opens anything.
 */
export function visitCode(sessionSecret: string, visitId: string, turn: number): string {
  const digest = createHmac('sha256', sessionSecret)
    .update(`minka/visit-code/v1|${visitId}|${turn}`)
    .digest();
  // 48 bits over a million: no digit is likelier than another by more than one part in 10^8.
  return String(digest.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
}
