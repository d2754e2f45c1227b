import type { Route } from 'next';
import type { NotSpent } from './types';

/** The page that explains a limit; its status is 429, or 503 when nobody could count. */
export const LIMIT_PATH = '/limite';

const LONGEST_SECONDS = 24 * 60 * 60;

/** `back`: a path of ours to go on at afterwards. */
export function limitPage({ reason, retryAfterSeconds }: NotSpent, back: string): Route {
  const query = new URLSearchParams({ espera: String(retryAfterSeconds), volver: back });
  if (reason === 'unavailable') query.set('motivo', 'cuenta');
  return `${LIMIT_PATH}?${query.toString()}` as Route;
}

export interface ExplainedLimit {
  readonly status: 429 | 503;
  readonly retryAfterSeconds: number;
  readonly back: string;
}

/** What the address of the page says, whoever wrote it: a number in its bounds and a path of ours. */
export function explainedLimit(query: URLSearchParams): ExplainedLimit {
  const seconds = Number(query.get('espera') ?? '');
  const back = query.get('volver') ?? '';
  return {
    status: query.get('motivo') === 'cuenta' ? 503 : 429,
    retryAfterSeconds:
      Number.isInteger(seconds) && seconds >= 1 ? Math.min(seconds, LONGEST_SECONDS) : 60,
    back: /^\/(?![/\\])[A-Za-z0-9/?=&_-]*$/.test(back) ? back : '/',
  };
}
