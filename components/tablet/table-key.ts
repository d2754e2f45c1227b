import { checkedCode, readCheckedCode, withoutSeparators } from '@/lib/shared/crockford';

/**
 * The key of a tablet's table: made by the device, written down by the officers, kept nowhere. A
 * stolen device can try as many as it likes, so it is nothing that people choose: 75 bits.
 */

const CHARACTERS = 15;
const GROUP = 4;

/** A new key: 15 characters of chance and the check character. */
export function newTableKey(): string {
  return checkedCode(crypto.getRandomValues(new Uint8Array(10)), CHARACTERS);
}

/** "K7QM-2V9D-XA31-9FGT". */
export function formatTableKey(key: string): string {
  return (key.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []).join('-');
}

/**
 * The key in what somebody typed. Anything that cannot be one is taken as it is: tablets loaded by
 * an earlier version open with a number of 6 to 12 digits.
 */
export function readTableKey(typed: string): string {
  return readCheckedCode(typed, CHARACTERS) ?? typed.trim();
}

/**
 * What an officer types to take the tablet back from a voter: the key's last group. It opens nothing
 * that lies on the device, only the page that was opened with the whole key. Of an earlier number,
 * all of it.
 */
export function turnOf(key: string): string {
  return isTableKey(key) ? key.slice(-GROUP) : key;
}

export function isTableKey(key: string): boolean {
  return key.length === CHARACTERS + 1 && readCheckedCode(key, CHARACTERS) === key;
}

/** Whether this is the turn, whatever its case and separators; O reads as 0, I and L as 1. */
export function isTurn(typed: string, turn: string): boolean {
  const read = withoutSeparators(typed.toUpperCase()).replace(/O/g, '0').replace(/[IL]/g, '1');
  return read === turn;
}
