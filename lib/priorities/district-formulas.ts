import type { Cents } from '@/lib/shared/money';
import {
  fromExact,
  minus,
  ONE,
  over,
  plus,
  ratio,
  shareOut,
  times,
  toExact,
  total,
  type Exact,
  type Ratio,
} from './ratio';
import { WHOLE_BP } from './types';

/** Step 4: the formulas by which a fund can be parted among districts. */
export const DISTRICT_FORMULAS = [
  /** Population only. */
  'population',
  /**
   * Madrid 2016: population ÷ income. There is no income per district here, so the human
   * development index stands in, and the page must say so.
   */
  'population-by-development',
  /** Population × (1 + 2 × poverty). */
  'population-and-poverty',
  /** The same, with a floor that every district gets first. */
  'population-and-poverty-with-floor',
] as const;
export type DistrictFormula = (typeof DISTRICT_FORMULAS)[number];

/** What every district gets before the rest is parted: half a per cent. */
export const DEFAULT_FLOOR_BP = 50;

export interface FormulaDistrict {
  readonly code: string;
  readonly population: number;
  /** Tenths of a per cent. */
  readonly povertyTenths: number;
  /** Thousandths. */
  readonly hdiMilli: number;
}

/**
 * Each district's share of a fund under a formula: exact, in the order given, adding up to 1.
 * Throws a RangeError when the floors alone exceed the whole, a development index is zero, or
 * nobody lives anywhere. Districts share grouped poverty estimates: equal shares are no tie to
 * break. Source: design/priorities.md, step 4.
 */
export function districtShares(
  districts: readonly FormulaDistrict[],
  formula: DistrictFormula,
  floorBp = DEFAULT_FLOOR_BP,
): { code: string; share: Exact }[] {
  const points = districts.map((district) => pointsOf(district, formula));
  const all = total(points);
  if (all.num === 0n) throw new RangeError('A formula needs people to share among.');
  const floor =
    formula === 'population-and-poverty-with-floor' ? ratio(floorBp, WHOLE_BP) : ratio(0);
  const rest = minus(ONE, times(floor, ratio(districts.length)));
  if (rest.num < 0n) throw new RangeError('The floors alone exceed the whole.');
  return districts.map(({ code }, at) => ({
    code,
    share: toExact(plus(floor, times(rest, over(points[at] ?? ratio(0), all)))),
  }));
}

function pointsOf(
  { population, povertyTenths, hdiMilli }: FormulaDistrict,
  formula: DistrictFormula,
): Ratio {
  switch (formula) {
    case 'population':
      return ratio(population);
    case 'population-by-development':
      return ratio(BigInt(population) * 1000n, hdiMilli);
    case 'population-and-poverty':
    case 'population-and-poverty-with-floor':
      // 1 + 2·(tenths ÷ 1000)
      return ratio(BigInt(population) * BigInt(1000 + 2 * povertyTenths), 1000);
  }
}

/** The shares as whole céntimos that add up to the fund, by largest remainder. */
export function districtEnvelopes(
  fundCents: Cents,
  shares: readonly { readonly code: string; readonly share: Exact }[],
): { code: string; cents: Cents }[] {
  const parts = shareOut(
    fundCents,
    shares.map(({ share }) => fromExact(share)),
  );
  return shares.map(({ code }, at) => ({ code, cents: parts[at] ?? 0 }));
}
