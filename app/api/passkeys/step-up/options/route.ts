import { z } from 'zod';
import { registry } from '@/db/registry/client';
import { stepUpOptions } from '@/lib/auth/passkeys';
import { currentStaff } from '@/lib/auth/session';
import { answer, strictly } from '../../request';

/** A fresh challenge for the passkeys of whoever is signed in. */
export async function POST(request: Request): Promise<Response> {
  const actor = await currentStaff();
  if (actor === null) return answer(401, { reason: 'signed-out' });
  // No body at all means nothing: the door is tried with one, and told what is missing.
  const asked = await strictly(request, z.strictObject({}));
  return asked.ok ? answer(200, await stepUpOptions(registry(), actor.id)) : asked.response;
}
