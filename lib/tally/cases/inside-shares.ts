import type { ExactPrice, RunTrace } from '../equal-shares-exact';
import type { Opening } from '../equal-shares-opening';
import type { EqualShares } from '../equal-shares-run';
import type { Fraction } from '../fraction';

/** What only the engine of Equal Shares sees. */
export interface Inside {
  readonly purses: Float64Array;
  readonly price: Float64Array;
  readonly margin: Float64Array;
  readonly low: Float64Array;
  readonly rich: Float64Array;
  readonly level: Uint8Array;
  readonly whole: Float64Array;
  readonly opening: Opening;
  readonly trace: RunTrace;
  endow: (average: Fraction) => void;
  cheapest: (open: Set<number>) => number[];
  exactlyCheapest: (close: readonly number[]) => number[];
  exactPrice: (c: number) => ExactPrice;
  evaluate: (c: number) => boolean;
  evaluateExactly: (c: number) => boolean;
  isForegone: (c: number) => boolean;
  buy: (c: number) => boolean;
  settle: (c: number, unsure: readonly number[]) => void;
}

export const insideOf = (engine: EqualShares): Inside => engine as unknown as Inside;
