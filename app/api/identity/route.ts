import { cookies } from 'next/headers';
import { registry } from '@/db/registry/client';
import { beginIdentity } from '@/lib/auth/identity';
import { attemptCookie, staffIdentity } from '@/lib/auth/identity-web';
import { webEnv } from '@/lib/env';
import { limitPage } from '@/lib/limits/page';
import { spendByAddress } from '@/lib/limits/spend';

/** Sends the browser to the municipality's identity provider, to come back to `callback`. */
export async function GET(request: Request): Promise<Response> {
  const identity = staffIdentity();
  if (identity === null) return new Response(null, { status: 404 });
  const spent = await spendByAddress('sign-in', request);
  if (!spent.ok) return goTo(new URL(limitPage(spent, '/ingresar'), webEnv().MINKA_SITE_URL));
  const begun = await beginIdentity(registry(), identity);
  if (!begun.ok) return goTo(new URL('/ingresar?identidad=away', webEnv().MINKA_SITE_URL));
  const { name, options } = attemptCookie();
  (await cookies()).set(name, begun.value.state, options);
  return goTo(begun.value.goTo);
}

function goTo(location: URL): Response {
  return new Response(null, {
    status: 303,
    headers: { location: location.href, 'cache-control': 'no-store' },
  });
}
