import { checkedCode, readCheckedCode } from '@/lib/shared/crockford';

/** The recovery code as people see it; `recovery.ts` derives a credential from it. */

/** 120 bits. */
const CHARACTERS = 24;
const GROUP = 5;

/** A new code: 24 characters and the check character. */
export function newRecoveryCode(): string {
  return checkedCode(crypto.getRandomValues(new Uint8Array((CHARACTERS * 5) / 8)), CHARACTERS);
}

/** "K7QM2-V9DXA-…" in five groups of five. */
export function formatRecoveryCode(code: string): string {
  return (code.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');
}

/** What somebody typed, as 25 characters, or null when it cannot be a recovery code. */
export function readRecoveryCode(typed: string): string | null {
  return readCheckedCode(typed, CHARACTERS);
}
