import { pino, type Logger } from 'pino';

/** A log of one process, on standard output unless a test wants to read it. */
export function createLog(name: string, to?: { write(line: string): void }): Logger {
  const options = { name, base: { name }, serializers: { err: describeError } };
  return to ? pino(options, to) : pino(options);
}

export interface ErrorWords {
  readonly type: string;
  readonly message?: string;
  readonly code?: string;
  readonly constraint?: string;
  readonly stack?: string;
  readonly cause?: ErrorWords;
}

/**
 * What may be written of an error. A failed query carries its statement and parameters in its
 * message, and those hold phone numbers, codes and ballots: of such errors only the database's own
 * code and constraint are kept.
 */
export function describeError(error: unknown): ErrorWords {
  if (!(error instanceof Error)) return { type: typeof error };
  const type = error.constructor.name;
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const constraint =
    'constraint_name' in error && typeof error.constraint_name === 'string'
      ? { constraint: error.constraint_name }
      : {};
  const isQuery = 'query' in error || 'parameters' in error || 'constraint_name' in error;
  const words = isQuery
    ? {}
    : { message: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }) };
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  return { type, ...code, ...constraint, ...words, ...cause };
}
