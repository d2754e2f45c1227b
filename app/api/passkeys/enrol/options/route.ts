import { registry } from '@/db/registry/client';
import { enrolOptionsInput } from '@/lib/auth/input';
import { enrolmentOptions } from '@/lib/auth/passkeys';
import { limitedAnswer } from '@/lib/limits/answer';
import { spendByAddress } from '@/lib/limits/spend';
import { answer, strictly } from '../../request';

/** What the browser needs to make a passkey for the holder of a link. */
export async function POST(request: Request): Promise<Response> {
  const spent = await spendByAddress('sign-in', request);
  if (!spent.ok) return limitedAnswer(spent);
  const asked = await strictly(request, enrolOptionsInput);
  if (!asked.ok) return asked.response;
  const options = await enrolmentOptions(registry(), asked.input.ticket);
  return options === null ? answer(403, { reason: 'link-spent' }) : answer(200, options);
}
