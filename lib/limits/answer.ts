import type { NotSpent } from './types';

/** What a route handler answers when a budget is empty: 429, or 503 when nobody could count. */
export function limitedAnswer({ reason, retryAfterSeconds }: NotSpent): Response {
  return Response.json(
    { reason: reason === 'limited' ? 'too-many-requests' : 'unavailable', retryAfterSeconds },
    {
      status: reason === 'limited' ? 429 : 503,
      headers: { 'retry-after': String(retryAfterSeconds), 'cache-control': 'no-store' },
    },
  );
}
