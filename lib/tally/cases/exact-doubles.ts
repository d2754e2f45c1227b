import { minus, toDouble, type Fraction } from '../fraction';

/** Every double in these elections is a whole multiple of 2^-BITS. */
export const BITS = 400;
/** A double as a whole number of them. */
export const scaled = (x: number): bigint => BigInt(x * 2 ** BITS);
export const exactly = (x: number): Fraction => ({ num: scaled(x), den: 1n << BigInt(BITS) });
export const size = ({ num, den }: Fraction): number => Math.abs(toDouble(num, den));

/** 1 ÷ EPS. */
export const INVERSE = 1n << 51n;

/**
 * Whether a bound is the sum of the errors it must cover (× 2^BITS ÷ EPS ÷ parts) and no more than
 * four EPS above. Adding up may lose half an EPS of it, or as many halves as are said to be fine.
 */
export function rightBound(bound: number, sum: bigint, parts = 1n, halves = 1n): boolean {
  const value = scaled(bound) * parts * INVERSE * INVERSE * 2n;
  return value >= sum * (INVERSE * 2n - halves) && value <= sum * (INVERSE + 4n) * 2n;
}

export const within = (value: number, exact: Fraction, error: number): boolean =>
  size(minus(exactly(value), exact)) <= error;
