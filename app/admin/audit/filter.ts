import { AUDIT_ACTIONS } from '@/lib/audit/actions';
import type { AuditFilter } from '@/lib/audit/queries';

const LONGEST = 120;

/** The filter in an address; what is no filter is none. */
export function auditFilterOf(read: (name: string) => string | null): AuditFilter {
  const words = (name: string): string | null => {
    const value = (read(name) ?? '').trim().slice(0, LONGEST);
    return value === '' ? null : value;
  };
  const action = words('accion');
  return {
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
  if (page !== undefined) query.set('pagina', String(page));
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
