import { DIMENSION_IDS } from '@/lib/plan/types';
import { byDimension } from '@/lib/results/types';
import type { ByDimension } from '@/lib/results/types';
import { splitByLargestRemainder, type Cents } from '@/lib/shared/money';
import { WHOLE_BP } from './types';

/**
 * Step 6: a ceiling split by adopted weights, in whole céntimos by largest remainder, so that the
 * four envelopes add up to the ceiling exactly. Equal remainders go to the earlier dimension.
 *
 * `weightsBp` in basis points; throws unless they add up to 10 000 and the ceiling is a whole
 * number of céntimos from 0.
 */
export function envelopesFromWeights(
  ceilingCents: Cents,
  weightsBp: ByDimension<number>,
): ByDimension<Cents> {
  if (!Number.isSafeInteger(ceilingCents) || ceilingCents < 0) {
    throw new RangeError('A ceiling is a whole number of céntimos from 0.');
  }
  if (sumBp(weightsBp) !== WHOLE_BP || DIMENSION_IDS.some((code) => weightsBp[code] < 0)) {
    throw new RangeError('Weights must add up to 10 000 basis points.');
  }
  const parts = splitByLargestRemainder(
    ceilingCents,
    DIMENSION_IDS.map((code) => BigInt(weightsBp[code])),
  );
  return byDimension((code) => parts[DIMENSION_IDS.indexOf(code)] ?? 0);
}

export function sumBp(weights: ByDimension<number>): number {
  return DIMENSION_IDS.reduce((all, code) => all + weights[code], 0);
}

/**
 * What the dimensions without a decision would get if the rest were scaled: the basis points left
 * over by the decided ones, in proportion to what was proposed. Decided ones keep their figure.
 * All four add up to 10 000. Throws when the decided ones alone exceed it.
 */
export function scaleTheRest(
  proposedBp: ByDimension<number>,
  decidedBp: Partial<ByDimension<number>>,
): ByDimension<number> {
  const open = DIMENSION_IDS.filter((code) => decidedBp[code] === undefined);
  const left = WHOLE_BP - DIMENSION_IDS.reduce((all, code) => all + (decidedBp[code] ?? 0), 0);
  if (left < 0) throw new RangeError('The decided weights already exceed 10 000 basis points.');
  const proposed = open.map((code) => BigInt(proposedBp[code]));
  const noneProposed = proposed.every((weight) => weight === 0n);
  const parts =
    open.length === 0
      ? []
      : splitByLargestRemainder(left, noneProposed ? open.map(() => 1n) : proposed);
  return byDimension((code) => decidedBp[code] ?? parts[open.indexOf(code)] ?? 0);
}
