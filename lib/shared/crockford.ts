/**
 * Codes that people copy by hand: Crockford's base 32 (no I, L, O, U) and one check character at
 * the end, read whatever the separators and the case.
 */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

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

/** So many characters of five bits each from the beginning of `bytes`, and the check character. */
export function checkedCode(bytes: Uint8Array, characters: number): string {
  let code = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5 && code.length < characters) {
      bits -= 5;
      code += ALPHABET.charAt((buffer >> bits) & 31);
    }
    if (code.length === characters) break;
  }
  return code + checkCharacter(code);
}

/** What somebody typed without its separators: spaces, dots and hyphens do not matter. */
export function withoutSeparators(typed: string): string {
  return typed.replace(/[\s.\-–—]/g, '');
}

/**
 * What somebody typed, as so many characters and their check character, or null when it cannot be
 * such a code. O reads as 0, I and L as 1, as Crockford's alphabet intends.
 */
export function readCheckedCode(typed: string, characters: number): string | null {
  const code = withoutSeparators(typed.toUpperCase()).replace(/O/g, '0').replace(/[IL]/g, '1');
  if (code.length !== characters + 1) return null;
  if (Array.from(code).some((character) => !ALPHABET.includes(character))) return null;
  const body = code.slice(0, characters);
  return checkCharacter(body) === code.slice(characters) ? code : null;
}
