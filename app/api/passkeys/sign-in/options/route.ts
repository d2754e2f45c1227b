import { z } from 'zod';
import { registry } from '@/db/registry/client';
import { signInOptions } from '@/lib/auth/passkeys';
import { limitedAnswer } from '@/lib/limits/answer';
import { spendByAddress } from '@/lib/limits/spend';
import { answer, strictly } from '../../request';

/** A fresh challenge for whoever wants to sign in. */
export async function POST(request: Request): Promise<Response> {
  const spent = await spendByAddress('sign-in', request);
  if (!spent.ok) return limitedAnswer(spent);
  const asked = await strictly(request, z.strictObject({}));
  return asked.ok ? answer(200, await signInOptions(registry())) : asked.response;
}
