import { DIMENSION_IDS } from '@/lib/plan/types';
import { byDimension } from '@/lib/results/types';
import type { DimensionId } from '@/lib/plan/types';
import type { ByDimension } from '@/lib/results/types';
import {
  ONE,
  ZERO,
  compare,
  fromExact,
  minus,
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
import type { NextWeights, PriorityRule } from './types';

/**
 * Step 2: the dimension weights of the next cycle, `(1 − α)·w + α·S`, held between the floor and
 * the cap and renormalised so that the bounds still hold: whatever a bound holds stays at it, all
 * others are multiplied by one same factor, and the sum is 1 again. That factor exists and is
 * unique, because the bounded sum never falls as the factor grows.
 *
 * `current` in basis points (must add up to 10 000), `voice` exact shares (must add up to 1).
 * Returns every intermediate number and the weights in basis points, sum 10 000, by largest
 * remainder. Throws when the inputs do not add up or the bounds cannot be met (four floors above
 * 100 %, four caps below). Source: design/priorities.md, step 2.
 */
export function nextWeights(
  current: ByDimension<number>,
  voice: ByDimension<Exact>,
  rule: PriorityRule,
): NextWeights {
  const alpha = ratio(rule.alphaBp, WHOLE_BP);
  const blended = byDimension((code) =>
    plus(
      times(minus(ONE, alpha), ratio(current[code], WHOLE_BP)),
      times(alpha, fromExact(voice[code])),
    ),
  );
  if (compare(total(Object.values(blended)), ONE) !== 0) {
    throw new RangeError('Current weights and voice must each add up to one.');
  }
  const { exact, factor } = holdBetween(
    blended,
    ratio(rule.floorBp, WHOLE_BP),
    ratio(rule.capBp, WHOLE_BP),
  );
  const weights = shareOut(
    WHOLE_BP,
    DIMENSION_IDS.map((code) => exact[code]),
  );
  const heldAt = (code: DimensionId): 'floor' | 'cap' | null => {
    if (factor !== null && compare(exact[code], times(blended[code], factor)) === 0) return null;
    if (compare(exact[code], ratio(rule.capBp, WHOLE_BP)) === 0) return 'cap';
    return compare(exact[code], ratio(rule.floorBp, WHOLE_BP)) === 0 ? 'floor' : null;
  };
  return {
    current,
    blended: byDimension((code) => toExact(blended[code])),
    held: byDimension(heldAt),
    factor: factor && toExact(factor),
    exact: byDimension((code) => toExact(exact[code])),
    weightsBp: byDimension((code) => weights[DIMENSION_IDS.indexOf(code)] ?? 0),
  };
}

/** Exact shares between the bounds that add up to 1, and the factor of those not held. */
export function holdBetween(
  shares: ByDimension<Ratio>,
  floor: Ratio,
  cap: Ratio,
): { exact: ByDimension<Ratio>; factor: Ratio | null } {
  const count = ratio(DIMENSION_IDS.length);
  if (compare(times(count, floor), ONE) > 0 || compare(times(count, cap), ONE) < 0) {
    throw new RangeError('No weights between these bounds add up to one.');
  }
  const clamp = (value: Ratio): Ratio =>
    compare(value, floor) < 0 ? floor : compare(value, cap) > 0 ? cap : value;
  const at = (factor: Ratio): ByDimension<Ratio> =>
    byDimension((code) => clamp(times(shares[code], factor)));
  const excess = (factor: Ratio): number => compare(total(Object.values(at(factor))), ONE);

  // The bounded sum bends only where a share reaches a bound: the answer lies at or between bends.
  const bends = DIMENSION_IDS.map((code) => shares[code])
    .filter((share) => share.num > 0n)
    .flatMap((share) => [over(floor, share), over(cap, share)])
    .sort(compare);
  const upper = bends.find((bend) => excess(bend) >= 0);
  if (upper === undefined) return { exact: fillUp(shares, floor, cap), factor: null };
  const lower = bends.filter((bend) => excess(bend) < 0).at(-1) ?? ZERO;
  const factor = between(shares, lower, upper, floor, cap);
  return { exact: at(factor), factor };
}

/** The factor in (lower, upper] at which the sum is 1; the same shares are held all the way. */
function between(
  shares: ByDimension<Ratio>,
  lower: Ratio,
  upper: Ratio,
  floor: Ratio,
  cap: Ratio,
): Ratio {
  const middle = over(plus(lower, upper), ratio(2));
  const free: Ratio[] = [];
  const held: Ratio[] = [];
  for (const code of DIMENSION_IDS) {
    const value = times(shares[code], middle);
    if (compare(value, floor) < 0) held.push(floor);
    else if (compare(value, cap) > 0) held.push(cap);
    else free.push(shares[code]);
  }
  if (free.length === 0) return upper;
  return over(minus(ONE, total(held)), total(free));
}

/** Every share that asks for anything is at the cap and money is left: the others part it equally. */
function fillUp(shares: ByDimension<Ratio>, floor: Ratio, cap: Ratio): ByDimension<Ratio> {
  const zeros = DIMENSION_IDS.filter((code) => shares[code].num === 0n);
  const asking = ratio(DIMENSION_IDS.length - zeros.length);
  const each = over(minus(ONE, times(asking, cap)), ratio(zeros.length));
  const rest = compare(each, floor) < 0 ? floor : each;
  return byDimension((code) => (shares[code].num === 0n ? rest : cap));
}
