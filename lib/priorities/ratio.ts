/** Exact rationals: shares that decide money never pass through a binary float. */
export interface Ratio {
  readonly num: bigint;
  /** Positive. */
  readonly den: bigint;
}

/** A ratio as text that survives JSON: "3/8", or "2" when it is whole. */
export type Exact = string;

export const ZERO: Ratio = { num: 0n, den: 1n };
export const ONE: Ratio = { num: 1n, den: 1n };

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** num ÷ den in lowest terms. Throws a RangeError when `den` is zero. */
export function ratio(num: bigint | number, den: bigint | number = 1n): Ratio {
  let [n, d] = [BigInt(num), BigInt(den)];
  if (d === 0n) throw new RangeError('A ratio needs a denominator other than zero.');
  if (d < 0n) [n, d] = [-n, -d];
  const common = gcd(n, d);
  return common <= 1n ? { num: n, den: d } : { num: n / common, den: d / common };
}

export const plus = (a: Ratio, b: Ratio): Ratio =>
  ratio(a.num * b.den + b.num * a.den, a.den * b.den);
export const minus = (a: Ratio, b: Ratio): Ratio => plus(a, { num: -b.num, den: b.den });
export const times = (a: Ratio, b: Ratio): Ratio => ratio(a.num * b.num, a.den * b.den);
export const over = (a: Ratio, b: Ratio): Ratio => ratio(a.num * b.den, a.den * b.num);
export const total = (all: readonly Ratio[]): Ratio => all.reduce(plus, ZERO);

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function compare(a: Ratio, b: Ratio): number {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Writes "3/8" or "2". */
export function toExact({ num, den }: Ratio): Exact {
  return den === 1n ? num.toString() : `${num.toString()}/${den.toString()}`;
}

/** Reads what `toExact` writes. Throws a SyntaxError on anything else. */
export function fromExact(text: Exact): Ratio {
  const [num = '', den = '1'] = text.split('/');
  return ratio(BigInt(num), BigInt(den));
}

/**
 * The ratio times 10^`digits`, rounded half up, as a whole number; for printing only.
 * `scaled(3/8, 4)` is 3750: 37.50 %.
 */
export function scaled(value: Ratio, digits: number): number {
  const numerator = value.num * 10n ** BigInt(digits) * 2n + value.den;
  const denominator = value.den * 2n;
  const quotient = numerator / denominator;
  const floor = numerator < 0n && numerator % denominator !== 0n ? quotient - 1n : quotient;
  return Number(floor);
}

/**
 * Shares of one whole (they must add up to 1) as integers that add up to `whole` exactly, by
 * largest remainder; equal remainders go to the earlier share.
 */
export function shareOut(whole: number, shares: readonly Ratio[]): number[] {
  if (compare(total(shares), ONE) !== 0) throw new RangeError('Shares must add up to one.');
  const exact = shares.map((share) => times(ratio(whole), share));
  const parts = exact.map(({ num, den }) => num / den);
  let left = BigInt(whole) - parts.reduce((a, b) => a + b, 0n);
  const byRemainder = exact
    .map((value, index) => ({ index, rest: minus(value, ratio(parts[index] ?? 0n)) }))
    .sort((a, b) => compare(b.rest, a.rest) || a.index - b.index);
  for (const { index } of byRemainder) {
    if (left === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts.map(Number);
}
