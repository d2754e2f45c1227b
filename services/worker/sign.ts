import { constants, createPublicKey, privateEncrypt, publicDecrypt } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { RSA_BYTES } from '@/lib/credentials/types';

/**
 * The raw RSA operation of RFC 9474's BlindSign: m^d mod n of 256 bytes, in OpenSSL, constant-time
 * with blinding. The result is checked against the input with the public key, because a fault in
 * the computation would give the key away (Boneh, DeMillo, Lipton 1997). Null when the bytes are
 * not a number below the modulus.
 */
export function blindSign(privateKey: KeyObject, blinded: Uint8Array): Buffer | null {
  if (blinded.length !== RSA_BYTES) return null;
  const padding = constants.RSA_NO_PADDING;
  let signature: Buffer;
  try {
    signature = privateEncrypt({ key: privateKey, padding }, blinded);
  } catch {
    return null;
  }
  const check = publicDecrypt({ key: createPublicKey(privateKey), padding }, signature);
  if (!check.equals(blinded)) throw new Error('An RSA signature did not verify: nothing was sent');
  return signature;
}
