import { PabulibError } from './rows';

/** A non-negative decimal as its digits and how many of them are decimals; "" decimals trimmed. */
export interface Decimal {
  readonly digits: bigint;
  readonly decimals: number;
}

/** More digits than any real amount has; keeps a hostile file from asking for endless arithmetic. */
const MOST_DIGITS = 30;

/**
 * Reads "1234", "1234.50", or "1234,50" as old files write it. Anything else is refused: an amount
 * is never guessed.
 */
export function readDecimal(text: string, line: number, what: string): Decimal {
  const match = /^\+?(\d+)(?:[.,](\d*))?$/.exec(text);
  if (match === null || text.length > MOST_DIGITS) {
    throw new PabulibError(line, `${what} is not an amount: ${quote(text)}.`);
  }
  const [, whole = '', fraction = ''] = match;
  const kept = fraction.replace(/0+$/, '');
  return { digits: BigInt(whole + kept), decimals: kept.length };
}

/** The amount in units of 10^-decimals. */
export const scaleTo = ({ digits, decimals }: Decimal, target: number): bigint =>
  digits * 10n ** BigInt(target - decimals);

/** Writes an amount of 10^-decimals as a plain decimal: "1234.5". */
export function writeDecimal(units: bigint, decimals: number): string {
  const digits = units.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** A value for an error message, cut short. */
export const quote = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
