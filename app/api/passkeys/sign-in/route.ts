import { registry } from '@/db/registry/client';
import { signInInput } from '@/lib/auth/input';
import { verifyPasskey } from '@/lib/auth/passkeys';
import { enterAs } from '@/lib/auth/sign-in';
import { limitedAnswer } from '@/lib/limits/answer';
import { spendByAddress } from '@/lib/limits/spend';
import { answer, strictly } from '../request';

/** Opens a session for the person whose passkey has answered; says where she works. */
export async function POST(request: Request): Promise<Response> {
  const spent = await spendByAddress('sign-in', request);
  if (!spent.ok) return limitedAnswer(spent);
  const asked = await strictly(request, signInInput);
  if (!asked.ok) return asked.response;
  const staffId = await verifyPasskey(registry(), asked.input.response, 'sign-in');
  const home = staffId === null ? null : await enterAs(staffId);
  return home === null ? answer(401, { reason: 'not-verified' }) : answer(200, { home });
}
