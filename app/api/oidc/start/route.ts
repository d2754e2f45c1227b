import { cookies } from 'next/headers';
import { isIdLike } from '@/lib/shared/page-number';
import { limitPage } from '@/lib/limits/page';
import { spendByAddress } from '@/lib/limits/spend';
import { identityCookie } from '@/lib/roll/cookies';
import { identityChannel } from '@/lib/verification/web';
import { purposeIn, votingPage } from '@/app/(resident)/votar/addresses';
import { seeOther } from '../see-other';

/** Sends the browser to the identity provider. It writes nothing but a cookie. */
export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const roundId = query.get('round') ?? '';
  const adapter = identityChannel();
  if (adapter === null || !isIdLike(roundId)) return new Response(null, { status: 404 });
  const purpose = purposeIn({ para: query.get('para') ?? undefined });
  const spent = await spendByAddress('identity-visit');
  if (!spent.ok) return seeOther(limitPage(spent, votingPage(roundId)));
  const started = await adapter.start({ roundId, purpose, dni: null });
  if (!started.ok) {
    return seeOther(
      started.reason === 'away'
        ? votingPage(roundId, 'identidad', { problem: 'away', purpose })
        : votingPage(roundId),
    );
  }
  const { name, options } = identityCookie();
  (await cookies()).set(name, started.value.attemptToken, options);
  return seeOther(started.value.goTo?.href ?? votingPage(roundId));
}
