import { randomBytes } from 'node:crypto';
import { checkedCode, readCheckedCode } from '@/lib/shared/crockford';

/** Fifty bits, and a check character that finds a slip of the pen before it costs a try. */
const CHARACTERS = 10;
const GROUPS = [4, 4, 3];

/** Drawn anew for every letter. */
export function newLetterCode(): string {
  return checkedCode(randomBytes(8), CHARACTERS);
}

/** As it is printed: XXXX-XXXX-XXX. */
export function printedLetterCode(code: string): string {
  let from = 0;
  return GROUPS.map((length) => code.slice(from, (from += length))).join('-');
}

/** What somebody copied from a letter, however it was spaced; null when it cannot be such a code. */
export function letterCodeInput(typed: string): string | null {
  return typed.length > 40 ? null : readCheckedCode(typed, CHARACTERS);
}
