import { cookies } from 'next/headers';
import { webEnv } from '@/lib/env';
import { limitPage } from '@/lib/limits/page';
import { spendByAddress } from '@/lib/limits/spend';
import { identityCookie, voterCookie } from '@/lib/roll/cookies';
import { inEvenTime } from '@/lib/roll/even-time';
import { visitOf } from '@/lib/verification/oidc';
import { identityChannel } from '@/lib/verification/web';
import { goalOf, votingPage } from '@/app/(resident)/votar/addresses';
import { seeOther } from '../see-other';

/** Where the identity provider sends people back to. What it says counts once, in one browser. */
export async function GET(request: Request): Promise<Response> {
  const adapter = identityChannel();
  const jar = await cookies();
  const { name, options } = identityCookie();
  const token = jar.get(name)?.value;
  const visit = token === undefined ? null : visitOf(webEnv().MINKA_SESSION_SECRET, token);
  if (adapter === null || token === undefined || visit === null) return seeOther('/votar');
  const { roundId, purpose } = visit;
  const spent = await spendByAddress('identity-visit');
  if (!spent.ok) return seeOther(limitPage(spent, votingPage(roundId)));
  jar.delete({ name, path: '/', secure: options.secure });
  // Behind a proxy the request's own address is not the one that the provider was told.
  const address = new URL(new URL(request.url).search, webEnv().MINKA_SITE_URL);
  address.pathname = new URL(request.url).pathname;
  const checked = await inEvenTime(() => adapter.check(token, address.href));
  if (!checked.ok) {
    return seeOther(votingPage(roundId, 'identidad', { problem: checked.reason, purpose }));
  }
  const { sessionToken } = checked.value;
  const cookie = voterCookie();
  jar.set(cookie.name, sessionToken, cookie.options);
  return seeOther(votingPage(roundId, goalOf(purpose)));
}
