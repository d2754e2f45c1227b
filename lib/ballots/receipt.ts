import { concatBytes } from '@/lib/shared/bytes';

/**
 * Receipt codes: twelve Crockford base-32 characters and one check character, "K7QM-2V9D-XA3T-8".
 * Sixty bits of SHA-256(secret of the phone || leaf): the code proves inclusion and, because the
 * secret never leaves the phone, tells nobody which ballot it belongs to.
 */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;

/** Doubling in GF(2^5) modulo x^5 + x^2 + 1. */
function double(value: number): number {
  const shifted = value << 1;
  return shifted & 32 ? shifted ^ 0b100101 : shifted;
}

/**
 * Damm's scheme (2004) over GF(2^5): every wrong character and every swap of two neighbours
 * changes it, and it stays inside the same alphabet.
 */
function checkCharacter(characters: string): string {
  let sum = 0;
  for (const character of characters) sum = double(sum ^ ALPHABET.indexOf(character));
  return ALPHABET.charAt(sum);
}

/** The 13 characters of the code, without separators, from a 32-byte digest. */
export function codeFromDigest(digest: Uint8Array): string {
  let code = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of digest) {
    buffer = ((buffer << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5 && code.length < LENGTH) {
      bits -= 5;
      code += ALPHABET.charAt((buffer >> bits) & 31);
    }
    if (code.length === LENGTH) break;
  }
  return code + checkCharacter(code);
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

/**
 * What somebody typed, as 13 characters, or null when it cannot be a code. Spaces, dots and hyphens
 * do not matter; O reads as 0, I and L as 1, as Crockford's alphabet intends.
 */
export function readCode(typed: string): string | null {
  const code = typed
    .toUpperCase()
    .replace(/[\s.\-–—]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  if (code.length !== LENGTH + 1) return null;
  if (Array.from(code).some((character) => !ALPHABET.includes(character))) return null;
  const body = code.slice(0, LENGTH);
  return checkCharacter(body) === code.slice(LENGTH) ? code : null;
}
