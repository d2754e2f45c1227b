import { NextResponse } from 'next/server';
import type { NextRequest } from 'next/server';
import { isOwnHost } from '@/lib/auth/host';
import { webEnv } from '@/lib/env';
import { bodyProblem } from '@/lib/limits/body';
import { bodySentence } from '@/lib/limits/body-words';
import { explainedLimit, LIMIT_PATH } from '@/lib/limits/page';

/**
 * Security headers, the script nonce, and one more look at the origin of every mutation. Nobody is
 * let in here: authorisation lives in the data layer, because proxies have been bypassed before.
 */
export function proxy(request: NextRequest): NextResponse {
  const site = new URL(webEnv().MINKA_SITE_URL);
  const { pathname } = request.nextUrl;
  const isMutation = !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  if (isMutation && !isGateway(pathname) && request.headers.get('origin') !== site.origin) {
    return NextResponse.json({ error: 'origin' }, { status: 403 });
  }
  const tooMuch = bodyProblem(pathname, request.headers);
  if (tooMuch !== null) {
    return NextResponse.json(
      { reason: tooMuch, message: bodySentence(tooMuch, pathname, request.cookies) },
      { status: tooMuch === 'too-large' ? 413 : 411, headers: { connection: 'close' } },
    );
  }
  const host = request.headers.get('host') ?? '';
  const { search } = request.nextUrl;
  const demo = webEnv().MINKA_DEMO;
  if (!isOwnHost(host, site, { pathname, demo })) {
    return NextResponse.json({ error: 'host' }, { status: 421 });
  }
  // The demonstration has one name: cookies and the ballot box's CORS are bound to it.
  if (demo && host !== site.host && pathname !== '/api/health' && !isMutation) {
    const there = new URL(site);
    there.pathname = pathname;
    there.search = search;
    return NextResponse.redirect(there, 307);
  }
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce, new URL(webEnv().MINKA_BALLOT_BOX_URL).origin);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  // The page that explains a limit has the status of what it explains.
  const limit = pathname === LIMIT_PATH ? explainedLimit(request.nextUrl.searchParams) : null;
  const response = NextResponse.next({
    request: { headers },
    ...(limit === null ? {} : { status: limit.status }),
  });
  if (limit !== null) response.headers.set('retry-after', String(limit.retryAfterSeconds));
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('x-frame-options', 'DENY');
  response.headers.set('referrer-policy', 'same-origin');
  response.headers.set(
    'permissions-policy',
    'camera=(), microphone=(), geolocation=(), browsing-topics=()',
  );
  response.headers.set('cross-origin-opener-policy', 'same-origin');
  response.headers.set('cross-origin-resource-policy', 'same-origin');
  if (site.protocol === 'https:') {
    response.headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains');
  }
  return response;
}

/** SMS gateways are programs: they have no origin, and show a secret instead of a session. */
function isGateway(pathname: string): boolean {
  return pathname.startsWith('/api/sms/') && webEnv().MINKA_SMS_RECEIPT_SECRET !== '';
}

function contentSecurityPolicy(nonce: string, ballotBox: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    // Attributes carry widths of bars; no stylesheet is inline.
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${ballotBox}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
    "worker-src 'self'",
  ].join('; ');
}

export const config = {
  // The verifier brings its own, stricter policy: it is one page without this site's scripts.
  matcher: [{ source: '/((?!_next/static|_next/image|favicon.ico|verify(?:/|$)).*)' }],
};
