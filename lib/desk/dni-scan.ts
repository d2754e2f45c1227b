import { normaliseDni } from '@/lib/roll/rules';

/**
 * What a barcode reader types is more than the number: the check digit behind it, the line of the
 * machine-readable zone, or a whole record. Readers end with Enter.
 */

const CHECK_WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2];
const CHECK_DIGITS = '67890112345';
const CHECK_LETTERS = 'KABCDEFGHIJ';

/**
 * The two check characters of a DNI: old cards print a letter, newer ones a digit. RENIEC: weighted
 * sum modulo 11. Eight digits in, nothing refused.
 */
export function dniCheck(dni: string): { readonly digit: string; readonly letter: string } {
  const sum = CHECK_WEIGHTS.reduce(
    (total, weight, at) => total + weight * Number(dni.charAt(at)),
    0,
  );
  const key = (11 - (sum % 11)) % 11;
  return { digit: CHECK_DIGITS.charAt(key), letter: CHECK_LETTERS.charAt(key) };
}

/** First line of a TD1 card: I<PER, nine characters of number, filler or check digit. */
const MACHINE_READABLE = /^[IC][^\d]?PER(\d{8})(?!\d{3})/;

/**
 * The eight digits in what was typed or scanned, or null when they cannot be told: a ninth character
 * is only dropped when it is the card's own check digit, so that a slip of the hand finds nobody.
 */
export function scannedDni(text: string): string | null {
  const typed = normaliseDni(text);
  if (typed !== null) return typed;
  const flat = text.trim().toUpperCase();
  const zone = MACHINE_READABLE.exec(flat)?.[1];
  if (zone !== undefined) return zone;
  const checked = /^(\d{8})[\s.-]?([\dA-K])$/.exec(flat);
  if (checked !== null) {
    const [, dni = '', mark = ''] = checked;
    const { digit, letter } = dniCheck(dni);
    return mark === digit || mark === letter ? dni : null;
  }
  // A record of several fields: exactly one of them can be a DNI.
  const runs = flat.match(/(?<!\d)\d{8}(?!\d)/g) ?? [];
  const [only] = new Set(runs);
  return new Set(runs).size === 1 && /[A-Z]{2}/.test(flat) && only !== undefined ? only : null;
}
