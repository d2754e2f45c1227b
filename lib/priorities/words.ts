import { withPercentSign } from '@/lib/shared/percent';
import { compare, fromExact, minus, ratio, scaled, type Exact } from './ratio';
import { WHOLE_BP } from './types';

/** How the pages print shares: percentages with two decimals, rounded half up, never deciding. */

function hundredths(value: number): string {
  return `${Math.floor(value / 100).toString()}.${(value % 100).toString().padStart(2, '0')}`;
}

/** "32.57 %" of an exact share. */
export function percent(share: Exact): string {
  return withPercentSign(hundredths(scaled(fromExact(share), 4)));
}

/** "32.50 %" of basis points. */
export function percentBp(basisPoints: number): string {
  return withPercentSign(hundredths(basisPoints));
}

/** Basis points of an exact share, rounded half up; for drawing. */
export function basisPoints(share: Exact): number {
  return scaled(fromExact(share), 4);
}

/** "× 1.0526": a factor with four decimals. */
export function factorText(factor: Exact): string {
  const value = scaled(fromExact(factor), 4);
  return `${Math.floor(value / 10_000).toString()}.${(value % 10_000).toString().padStart(4, '0')}`;
}

/** Percentage points from what was asked to what was adopted: "+1.50", "−0.25", "0.00". */
export function differenceText(asked: Exact, adoptedBp: number): string {
  const difference = minus(ratio(adoptedBp, WHOLE_BP), fromExact(asked));
  const falls = compare(difference, ratio(0)) < 0;
  const size = scaled(falls ? minus(ratio(0), difference) : difference, 4);
  return size === 0 ? '0.00' : `${falls ? '−' : '+'}${hundredths(size)}`;
}
