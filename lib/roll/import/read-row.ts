import { normalisePhone } from '../rules';
import { ageOn, readDate, type Day } from './dates';
import type { FoundDistrict } from './districts';
import type { Mapping, RowReason } from './types';

export interface ReadContext {
  readonly mapping: Mapping;
  readonly findDistrict: (text: string) => FoundDistrict;
  /** Ages are counted on this day. */
  readonly on: Day;
  readonly from1904: boolean;
  /** DNIs that came before in this file. */
  readonly seen: SeenDnis;
}

export type ReadRow =
  | {
      readonly accepted: true;
      /** Something was left out of it. */
      readonly reason: RowReason | null;
      readonly dni: string;
      readonly districtCode: string;
      readonly phone: string | null;
      readonly name: string | null;
    }
  | { readonly accepted: false; readonly reason: RowReason };

/** One bit per DNI there can be: twelve megabytes, however long the file is. */
export class SeenDnis {
  readonly #bits = new Uint8Array(100_000_000 / 8);

  /** Whether it had come before; from now on it has. */
  mark(dni: string): boolean {
    const number = Number(dni);
    const [at, bit] = [number >> 3, 1 << (number & 7)];
    const before = ((this.#bits[at] ?? 0) & bit) !== 0;
    this.#bits[at] = (this.#bits[at] ?? 0) | bit;
    return before;
  }
}

const MAX_NAME = 200;

/** What one row of the file says, or why it does not come onto the roll. */
export function readRow(cells: readonly string[], context: ReadContext): ReadRow {
  const { mapping } = context;
  const reject = (reason: RowReason): ReadRow => ({ accepted: false, reason });
  const dniText = (cells[mapping.dni] ?? '').trim();
  if (dniText === '') return reject('dni-missing');
  const dni = readDni(dniText, mapping.padDni);
  if (dni === null) return reject('dni-malformed');
  const district = context.findDistrict(cells[mapping.district] ?? '');
  if (district.kind !== 'found') return reject(`district-${district.kind}`);
  const age = mapping.birth === null ? null : tooYoung(cells[mapping.birth] ?? '', context);
  if (age !== null) return reject(age);
  // Last, so that a corrected row further down is not a repetition of one that was rejected.
  if (context.seen.mark(dni)) return reject('dni-repeated');
  const phoneText = mapping.phone === null ? '' : (cells[mapping.phone] ?? '').trim();
  const phone = phoneText === '' ? null : normalisePhone(phoneText);
  return {
    accepted: true,
    reason: phoneText !== '' && phone === null ? 'phone-unusable' : null,
    dni,
    districtCode: district.code,
    phone,
    name: nameOf(cells, mapping.name),
  };
}

/** Eight digits, also with spaces, dots or the check character that stands behind them on the card. */
export function readDni(text: string, pad: boolean): string | null {
  const digits = text.replace(/[\s.]/g, '').replace(/^(\d{8})-[0-9A-Za-z]$/, '$1');
  if (!/^\d{1,8}$/.test(digits) || /^0*$/.test(digits)) return null;
  if (digits.length === 8) return digits;
  return pad && digits.length >= FEWEST_DIGITS ? digits.padStart(8, '0') : null;
}

/** The oldest DNIs that are left have three zeros in front. */
const FEWEST_DIGITS = 5;

function tooYoung(text: string, { mapping, on, from1904 }: ReadContext): RowReason | null {
  if (text.trim() === '') return 'date-missing';
  const date = readDate(text, mapping.dateOrder, from1904);
  if (date.kind === 'malformed') return 'date-malformed';
  const young = (date.kind === 'day' ? [date.day] : date.days).map(
    (day) => ageOn(day, on) < mapping.minAge,
  );
  if (young.every((one) => !one)) return null;
  return young.every((one) => one) ? 'under-age' : 'date-ambiguous';
}

function nameOf(cells: readonly string[], columns: readonly number[]): string | null {
  const name = columns
    .map((column) => (cells[column] ?? '').trim())
    .filter((part) => part !== '')
    .join(' ')
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .slice(0, MAX_NAME);
  return name === '' ? null : name;
}
