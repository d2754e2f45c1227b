import { registry } from '@/db/registry/client';
import { enrolInput } from '@/lib/auth/input';
import { enrolPasskey } from '@/lib/auth/passkeys';
import { enterAs } from '@/lib/auth/sign-in';
import { limitedAnswer } from '@/lib/limits/answer';
import { spendByAddress } from '@/lib/limits/spend';
import { answer, strictly } from '../request';

/** Registers the passkey that was made with a link, and signs its owner in. */
export async function POST(request: Request): Promise<Response> {
  const spent = await spendByAddress('sign-in', request);
  if (!spent.ok) return limitedAnswer(spent);
  const asked = await strictly(request, enrolInput);
  if (!asked.ok) return asked.response;
  const enrolled = await enrolPasskey(registry(), asked.input);
  if (!enrolled.ok) return answer(403, { reason: enrolled.reason });
  const home = await enterAs(enrolled.value);
  return home === null ? answer(403, { reason: 'link-spent' }) : answer(200, { home });
}
