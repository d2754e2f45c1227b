/** Peru keeps one time all year, five hours behind UTC. */
const BEHIND_UTC_MS = 5 * 60 * 60 * 1000;

const inLima = (moment: Date) => new Date(moment.getTime() - BEHIND_UTC_MS).toISOString();

/** The day it is in Lima at a moment: "2026-02-03". */
export function limaDay(moment: Date): string {
  return inLima(moment).slice(0, 10);
}

/** A moment as a field of date and time holds it, in Lima: "2026-02-03T08:00". */
export function limaField(moment: Date): string {
  return inLima(moment).slice(0, 16);
}

/** The moment of "2026-02-03T08:00" in Lima, seconds allowed; null for what is none. */
export function momentInLima(field: string): Date | null {
  const moment = new Date(`${field}-05:00`);
  return Number.isNaN(moment.getTime()) ? null : moment;
}
