import 'server-only';

/** Leads the browser on; nothing on the way is kept. */
export function seeOther(to: string): Response {
  return new Response(null, {
    status: 303,
    headers: { location: to, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' },
  });
}
