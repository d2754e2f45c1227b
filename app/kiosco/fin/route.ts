import { cookies } from 'next/headers';
import { z } from 'zod';
import { registry } from '@/db/registry/client';
import { isSameOrigin } from '@/lib/auth/origin';
import { leaveKiosk } from '@/lib/credentials/commands/at-the-kiosk';
import { webEnv } from '@/lib/env';
import { attemptCookie, kioskCookie, voterCookie } from '@/lib/roll/cookies';

const leaving = z.enum(['voted', 'left', 'paused']);
const MAX_FORM_BYTES = 1024;

/**
 * Whoever was at the kiosk is done: no session in the database, no cookie, nothing in the cache.
 * Safe to send again. The page before has emptied the browser's stores; the waiting page does again.
 */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request)) return new Response(null, { status: 403 });
  if (Number(request.headers.get('content-length') ?? MAX_FORM_BYTES + 1) > MAX_FORM_BYTES) {
    return new Response(null, { status: 413 });
  }
  const as = leaving.safeParse(new URLSearchParams(await request.text()).get('as'));
  const jar = await cookies();
  const kioskToken = jar.get(kioskCookie().name)?.value;
  if (kioskToken !== undefined) {
    await leaveKiosk(registry(), { kioskToken, as: as.data ?? 'left' });
    const { options } = voterCookie();
    for (const { name } of [voterCookie(), attemptCookie()]) {
      jar.delete({ name, path: '/', secure: options.secure });
    }
  }
  return new Response(null, {
    status: 303,
    headers: {
      location: new URL('/kiosco', webEnv().MINKA_SITE_URL).href,
      'cache-control': 'no-store',
      'clear-site-data': '"cache"',
    },
  });
}
