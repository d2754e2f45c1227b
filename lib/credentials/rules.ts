import { createPublicKey } from 'node:crypto';
import { fromBase64Url } from '@/lib/shared/bytes';
import { RSA_BYTES } from './types';

/**
 * Whether RSA can sign these bytes under the group's key: the right length and below the modulus.
 * Asked before anything is reserved, because a reservation is never taken back.
 */
export function isSignable(groupKeySpki: string, blinded: Uint8Array): boolean {
  const spki = fromBase64Url(groupKeySpki);
  if (spki === null || blinded.length !== RSA_BYTES) return false;
  const jwk = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }).export({
    format: 'jwk',
  });
  const modulus = Buffer.from(jwk.n ?? '', 'base64url');
  return modulus.length === RSA_BYTES && Buffer.compare(blinded, modulus) < 0;
}
