import { concatBytes } from '@/lib/shared/bytes';
import { checkedCode, readCheckedCode } from '@/lib/shared/crockford';

/**
 * Receipt codes: twelve Crockford base-32 characters and one check character, "K7QM-2V9D-XA3T-8".
 * Sixty bits of SHA-256(secret of the phone || leaf): the code proves inclusion and, because the
 * secret never leaves the phone, tells nobody which ballot it belongs to.
 */

const LENGTH = 12;

/** The 13 characters of the code, without separators, from a 32-byte digest. */
export function codeFromDigest(digest: Uint8Array): string {
  return checkedCode(digest, LENGTH);
}

/** Code for a leaf, from the phone's secret. `secret` and `leaf` are 32 bytes each. */
export async function receiptCode(secret: Uint8Array, leaf: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', concatBytes(secret, leaf));
  return codeFromDigest(new Uint8Array(digest));
}

/** "K7QM-2V9D-XA3T-8" for people. */
export function formatCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8, 12)}-${code.slice(12)}`;
}

/** What somebody typed, as 13 characters, or null when it cannot be a code. */
export function readCode(typed: string): string | null {
  return readCheckedCode(typed, LENGTH);
}
