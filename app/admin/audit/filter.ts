import { AUDIT_ACTIONS } from '@/lib/audit/actions';
import type { AuditFilter } from '@/lib/audit/queries';
import { limaDay, momentInLima } from '@/lib/shared/lima';

const LONGEST = 120;
const DAY_MS = 24 * 60 * 60 * 1000;

/** When a day of the calendar begins in Lima (UTC−5 all year); null for what is no day. */
function beginningOf(day: string | null): Date | null {
  if (day === null || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  return momentInLima(`${day}T00:00:00`);
}

/** The day in Lima at this moment, as a field of a form holds it. */
export function dayOf(moment: Date | null): string {
  return moment === null ? '' : limaDay(moment);
}

/** The last day within a filter, which is told by the moment after it. */
export function lastDayOf({ until }: AuditFilter): string {
  return dayOf(until && new Date(until.getTime() - DAY_MS));
}

/** The filter in an address; what is no filter is none. */
export function auditFilterOf(read: (name: string) => string | null): AuditFilter {
  const words = (name: string): string | null => {
    const value = (read(name) ?? '').trim().slice(0, LONGEST);
    return value === '' ? null : value;
  };
  const action = words('accion');
  const last = beginningOf(words('hasta'));
  return {
    from: beginningOf(words('desde')),
    // The day itself is within.
    until: last && new Date(last.getTime() + DAY_MS),
    action: AUDIT_ACTIONS.find((one) => one === action) ?? null,
    actor: words('actor'),
    subject: words('sobre'),
  };
}

/** The same filter as an address's query, with the question mark unless it is empty. */
export function auditQuery(filter: AuditFilter, page?: number): string {
  const query = new URLSearchParams();
  if (filter.action !== null) query.set('accion', filter.action);
  if (filter.actor !== null) query.set('actor', filter.actor);
  if (filter.subject !== null) query.set('sobre', filter.subject);
  if (filter.from !== null) query.set('desde', dayOf(filter.from));
  if (filter.until !== null) query.set('hasta', lastDayOf(filter));
  if (page !== undefined) query.set('pagina', String(page));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
