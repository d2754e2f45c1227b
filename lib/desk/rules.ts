/** What the queue promises, without a database. */

/** Before anybody was attended today, a person takes so long. */
const FIRST_GUESS_SECONDS = 4 * 60;
/** After so many, the day's own mean is trusted. */
const TRUSTED_AFTER = 3;

export interface LineFigures {
  /** People attended today, and the seconds they took altogether. */
  readonly served: number;
  readonly servedSeconds: number;
  /** Officers at this place now. */
  readonly officers: number;
}

/**
 * Minutes until the person behind `ahead` others is called, rounded up: the day's mean time per
 * person over the officers at work. Never less than the truth looks like: nobody ahead is 0.
 */
export function estimatedMinutes(ahead: number, line: LineFigures): number {
  const seconds =
    line.served < TRUSTED_AFTER
      ? (line.servedSeconds + (TRUSTED_AFTER - line.served) * FIRST_GUESS_SECONDS) / TRUSTED_AFTER
      : line.servedSeconds / line.served;
  return Math.ceil((ahead * seconds) / Math.max(line.officers, 1) / 60);
}

/** Paper ballots that should still be on the table, and how many are not. */
export function papersMissing(of: {
  readonly opening: number;
  readonly given: number;
  readonly spoiled: number;
  readonly closing: number;
}): number {
  return of.opening - of.given - of.spoiled - of.closing;
}
