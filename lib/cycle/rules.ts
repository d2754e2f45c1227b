import type { CyclePhase } from '@/db/registry/schema';

const DAY_MS = 24 * 60 * 60 * 1000;
/** The phase of the calendar that a day falls in, both ends included; the later one on overlap. */
export function phaseOn(calendar: readonly CyclePhase[], day: string): CyclePhase | null {
  return calendar.filter((phase) => phase.from <= day && day <= phase.to).at(-1) ?? null;
}

/** The first phase that begins after the day. */
export function nextPhase(calendar: readonly CyclePhase[], day: string): CyclePhase | null {
  return (
    calendar.filter((phase) => phase.from > day).sort((a, b) => (a.from < b.from ? -1 : 1))[0] ??
    null
  );
}

/** Whole days from one day of the calendar to another: 0 on the same day, negative when past. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / DAY_MS);
}
