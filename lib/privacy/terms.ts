import { addWorkingDays } from './working-days';
import type { RequestKind } from './types';

/**
 * Terms of the law on personal data, in one place with their source, because a new regulation moves
 * them: Ley N.° 29733, arts. 19 to 22, and its regulation (Decreto Supremo N.° 016-2024-JUS, in force
 * since 30 March 2025, which replaced DS N.° 003-2013-JUS). Access is answered within twenty days;
 * rectification, erasure and opposition within ten. Days are working days (see working-days.ts).
 */
export const TERM_WORKING_DAYS: Readonly<Record<RequestKind, number>> = {
  access: 20,
  rectification: 10,
  erasure: 10,
  opposition: 10,
};

/**
 * A security incident is told to the Autoridad Nacional de Protección de Datos Personales within 48
 * hours of being known (DS N.° 016-2024-JUS). These hours run on holidays too.
 */
export const INCIDENT_HOURS = 48;
const HOUR_MS = 60 * 60 * 1000;

/** The day by which a request filed on this day is answered. */
export function dueOn(kind: RequestKind, filedOn: string, holidays: ReadonlySet<string>): string {
  return addWorkingDays(filedOn, TERM_WORKING_DAYS[kind], holidays);
}

/** The term again, once: it goes on from where it ended. */
export function extendedDueOn(
  kind: RequestKind,
  due: string,
  holidays: ReadonlySet<string>,
): string {
  return addWorkingDays(due, TERM_WORKING_DAYS[kind], holidays);
}

/** Until when the authority has to be told. */
export function tellAuthorityBy(knownAt: Date): Date {
  return new Date(knownAt.getTime() + INCIDENT_HOURS * HOUR_MS);
}

/** Whether the hours ran out before the authority was told. */
export function isOverdue(
  incident: { readonly knownAt: Date; readonly authorityToldAt: Date | null },
  now: Date,
): boolean {
  return (incident.authorityToldAt ?? now) > tellAuthorityBy(incident.knownAt);
}
