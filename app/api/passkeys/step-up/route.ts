import { registry } from '@/db/registry/client';
import { ownSessionId } from '@/lib/auth/fresh';
import { signInInput } from '@/lib/auth/input';
import { verifyPasskey } from '@/lib/auth/passkeys';
import { currentStaff } from '@/lib/auth/session';
import { touchSession } from '@/lib/auth/sessions';
import { answer, strictly } from '../request';

/** One of the signed-in person's own passkeys has answered again: dangerous acts may follow. */
export async function POST(request: Request): Promise<Response> {
  const actor = await currentStaff();
  if (actor === null) return answer(401, { reason: 'signed-out' });
  const asked = await strictly(request, signInInput);
  if (!asked.ok) return asked.response;
  const staffId = await verifyPasskey(registry(), asked.input.response, 'step-up');
  const isTouched =
    staffId === actor.id && (await touchSession(registry(), await ownSessionId(), actor.id));
  return isTouched ? answer(200, { home: '' }) : answer(403, { reason: 'not-verified' });
}
