import { randomBytes } from 'node:crypto';
import { checkedCode } from './crockford';

/** Fifty random bits: whoever has the number sees the state of the matter, and nobody guesses one. */
const CHARACTERS = 10;

/** T-7KQ2M-9F4DX-3: what a person keeps of a matter, with a check character for copying by hand. */
export function newNumber(letter: 'T' | 'P' | 'D' | 'A'): string {
  const code = checkedCode(randomBytes(8), CHARACTERS);
  return `${letter}-${code.slice(0, 5)}-${code.slice(5, 10)}-${code.slice(10)}`;
}

/** A number as it was typed, in the form it is stored in; null when it cannot be one. */
export function normaliseNumber(text: string): string | null {
  const typed = text.toUpperCase().replace(/[\s.\u2010-\u2015-]/g, '');
  const code = typed.slice(1).replaceAll('O', '0').replace(/[IL]/g, '1');
  if (!/^[TPDA]$/.test(typed.charAt(0)) || !/^[0-9A-HJKMNP-TV-Z]{11}$/.test(code)) return null;
  return `${typed.charAt(0)}-${code.slice(0, 5)}-${code.slice(5, 10)}-${code.slice(10)}`;
}
