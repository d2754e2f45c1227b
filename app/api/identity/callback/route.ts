import { cookies } from 'next/headers';
import { registry } from '@/db/registry/client';
import { finishIdentity } from '@/lib/auth/identity';
import { attemptCookie, staffIdentity } from '@/lib/auth/identity-web';
import { enterAs } from '@/lib/auth/sign-in';
import { webEnv } from '@/lib/env';
import { limitPage } from '@/lib/limits/page';
import { spendByAddress } from '@/lib/limits/spend';

/** Where the identity provider sends a browser back to: opens a session for a member of staff. */
export async function GET(request: Request): Promise<Response> {
  const identity = staffIdentity();
  if (identity === null) return new Response(null, { status: 404 });
  const spent = await spendByAddress('sign-in', request);
  if (!spent.ok) return seeOther(limitPage(spent, '/ingresar'));
  const jar = await cookies();
  const { name, options } = attemptCookie();
  const state = jar.get(name)?.value ?? '';
  // Browsers forget a __Host- cookie only when told so as it was set: for the whole site, securely.
  jar.delete({ name, path: options.path, secure: options.secure });
  // The address as the provider knows it, whatever stands between it and this process.
  const address = new URL(identity.redirectUri);
  address.search = new URL(request.url).search;
  const found = await finishIdentity(registry(), identity, state, address);
  if (!found.ok) return seeOther(`/ingresar?identidad=${found.reason}`);
  const home = await enterAs(found.value, 'oidc');
  return seeOther(home ?? '/ingresar?identidad=not-staff');
}

function seeOther(path: string): Response {
  const location = new URL(path, webEnv().MINKA_SITE_URL).href;
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
}
