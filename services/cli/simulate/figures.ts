/** Times of one step, in milliseconds with one decimal; null when nothing was measured. */
export interface Times {
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
}

/**
 * The nearest-rank percentile: the smallest value that at least `percent` of a hundred values do
 * not exceed. Always a value that was measured. `sorted` is ascending; null when empty.
 */
export function percentile(sorted: readonly number[], percent: number): number | null {
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  return sorted[rank - 1] ?? null;
}

export function timesOf(measuredMs: readonly number[]): Times {
  const sorted = [...measuredMs].sort((a, b) => a - b);
  const at = (percent: number) => {
    const value = percentile(sorted, percent);
    return value === null ? null : Math.round(value * 10) / 10;
  };
  return { p50Ms: at(50), p95Ms: at(95), p99Ms: at(99) };
}

export const STEPS = ['verify', 'credential', 'cast'] as const;
export type Step = (typeof STEPS)[number];

export interface Report extends Times {
  readonly ok: number;
  readonly failed: number;
  /** Ballots accepted, per second of the whole run. */
  readonly castPerSecond: number;
  readonly byStep: Readonly<Record<Step, Times>>;
  /** How many failed, by step and reason. */
  readonly failures: Readonly<Record<string, number>>;
}

/** Collects what happens while residents are played. */
export class Tally {
  ok = 0;
  failed = 0;
  private casts = 0;
  private readonly measured: Record<Step, number[]> = { verify: [], credential: [], cast: [] };
  private readonly failures = new Map<string, number>();

  measure(step: Step, ms: number): void {
    this.measured[step].push(ms);
    if (step === 'cast') this.casts += 1;
  }

  succeed(): void {
    this.ok += 1;
  }

  fail(reason: string): void {
    this.failed += 1;
    this.failures.set(reason, (this.failures.get(reason) ?? 0) + 1);
  }

  report(elapsedMs: number): Report {
    const byStep = {
      verify: timesOf(this.measured.verify),
      credential: timesOf(this.measured.credential),
      cast: timesOf(this.measured.cast),
    };
    return {
      ok: this.ok,
      failed: this.failed,
      castPerSecond: elapsedMs > 0 ? Math.round((this.casts / elapsedMs) * 10_000) / 10 : 0,
      ...byStep.cast,
      byStep,
      failures: Object.fromEntries([...this.failures].sort(([a], [b]) => (a < b ? -1 : 1))),
    };
  }
}
