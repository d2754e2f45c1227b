import pino from 'pino';

export type Log = pino.Logger;

/**
 * What the ballot box writes about itself: starts, stops, orders, failures. No access log, no
 * address, and never anything of a ballot.
 */
export function createLog(): Log {
  return pino({ base: { part: 'ballot-box' }, level: 'info' });
}

/**
 * An error without what it carries: PostgreSQL's detail and parameters would hold the ballot, so
 * only its class, code and constraint pass.
 */
export function errorFields(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { name: typeof error };
  const fields: Record<string, string> = { name: error.name };
  const known = error as Error & { code?: unknown; constraint_name?: unknown };
  if (typeof known.code === 'string') fields['code'] = known.code;
  if (typeof known.constraint_name === 'string') fields['constraint'] = known.constraint_name;
  if (known.name !== 'PostgresError')
    fields['stack'] = (error.stack ?? '').split('\n').slice(1).join('\n');
  return fields;
}
