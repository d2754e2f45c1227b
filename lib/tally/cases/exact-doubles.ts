import { minus, toDouble, type Fraction } from '../fraction';

/** Every double in these elections is a whole multiple of 2^-BITS. */
export const BITS = 400;
export const scaled = (x: number): bigint => BigInt(x * 2 ** BITS);
export const exactly = (x: number): Fraction => ({ num: scaled(x), den: 1n << BigInt(BITS) });
export const size = ({ num, den }: Fraction): number => Math.abs(toDouble(num, den));
/** 1 ÷ EPS. */
export const INVERSE = 1n << 51n;
/** Whether a bound is the sum of errors it must cover (× 2^BITS ÷ EPS ÷ parts), rounded up, not more. */
export function rightBound(bound: number, sum: bigint, parts = 1n, below = 0n): boolean {
  const value = scaled(bound) * parts * INVERSE;
  return value * INVERSE >= sum * (INVERSE - below) && value * INVERSE <= sum * (INVERSE + 4n);
}

export const within = (value: number, exact: Fraction, error: number): boolean =>
  size(minus(exactly(value), exact)) <= error;
