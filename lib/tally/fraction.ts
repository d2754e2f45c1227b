import type { Exact } from './types';

/** Exact rational: lowest terms, positive denominator. */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

export function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** num ÷ den in lowest terms. Throws on a zero denominator. */
export function fraction(num: bigint, den = 1n): Fraction {
  if (den === 0n) throw new RangeError('A fraction needs a denominator other than zero.');
  const divisor = gcd(num, den);
  const sign = den < 0n ? -1n : 1n;
  return { num: (sign * num) / divisor, den: (sign * den) / divisor };
}

export const minus = (a: Fraction, b: Fraction): Fraction =>
  fraction(a.num * b.den - b.num * a.den, a.den * b.den);

/** Negative, zero or positive as a is below, equal to or above b. */
export function compare(a: Fraction, b: Fraction): number {
  const left = a.num * b.den;
  const right = b.num * a.den;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** "176" or "35200/3". */
export const toExact = ({ num, den }: Fraction): Exact =>
  den === 1n ? num.toString() : `${num.toString()}/${den.toString()}`;

/** Reads what `toExact` writes. */
export function fromExact(text: Exact): Fraction {
  const [num = '', den = '1'] = text.split('/');
  return fraction(BigInt(num), BigInt(den));
}

/** Whole part, rounded down: for printing amounts in units. */
export function floorExact(text: Exact): bigint {
  const { num, den } = fromExact(text);
  const quotient = num / den;
  return num < 0n && quotient * den !== num ? quotient - 1n : quotient;
}

/** num ÷ den as a double, within one unit in the last place, however long they are. den > 0. */
export function toDouble(num: bigint, den: bigint): number {
  const size = num < 0n ? -num : num;
  const shift = Math.max(0, den.toString(16).length - size.toString(16).length + 17) * 4;
  const scaled = Number((size << BigInt(shift)) / den) * 2 ** -shift;
  return num < 0n ? -scaled : scaled;
}

/** An exact amount as a double. Display only. */
export function approximate(text: Exact): number {
  const { num, den } = fromExact(text);
  return toDouble(num, den);
}
