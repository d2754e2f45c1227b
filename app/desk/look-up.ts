import 'server-only';
import type { Route } from 'next';
import { redirect } from 'next/navigation';
import { registry } from '@/db/registry/client';
import type { StaffActor } from '@/lib/auth/actor';
import { lookUpPerson } from '@/lib/desk/commands/look-up';
import { scanInput } from '@/lib/desk/input';
import { limitPage } from '@/lib/limits/page';
import { spend } from '@/lib/limits/spend';
import { problemOf } from '@/lib/roll/input';
import { rollKeys } from '@/lib/roll/keys';
import { hashDni } from '@/lib/roll/secrets';
import { shiftsPage } from './addresses';

type LookUpProblem = 'empty' | 'malformed' | 'not-on-roll' | 'not-allowed';

/**
 * The person whose DNI was typed or scanned; or the officer is sent to where the problem is said. A
 * round's roll is asked, or the current one when there is no round.
 */
export async function personLookedUp(
  actor: StaffActor,
  form: FormData,
  roundId: string | null,
  back: (problem?: LookUpProblem) => Route,
): Promise<string> {
  const dni = scanInput.safeParse(form.get('dni'));
  if (!dni.success) redirect(back(problemOf(dni.error)));
  const looked = await lookUpPerson(registry(), spend, actor, {
    roundId,
    dniHash: hashDni(rollKeys().dniKey, dni.data),
  });
  if (!looked.ok) {
    if ('retryAfterSeconds' in looked) redirect(limitPage(looked, back()));
    if (looked.reason === 'no-shift') redirect(shiftsPage('no-shift'));
    redirect(back(looked.reason));
  }
  if (looked.value.residentId === null) redirect(back('not-on-roll'));
  return looked.value.residentId;
}
