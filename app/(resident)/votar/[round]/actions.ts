'use server';

import { getTranslations } from 'next-intl/server';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { after } from 'next/server';
import { registry } from '@/db/registry/client';
import { smsProvider } from '@/lib/notices/provider';
import { confirmCode, endVoterSession, requestCode } from '@/lib/roll/commands';
import { attemptCookie, voterCookie } from '@/lib/roll/cookies';
import { inEvenTime } from '@/lib/roll/even-time';
import { codeInput, dniInput, problemOf } from '@/lib/roll/input';
import { rollKeys } from '@/lib/roll/keys';
import { openPhone } from '@/lib/roll/secrets';
import type { VerificationPurpose } from '@/lib/roll/types';
import { createLog } from '@/lib/shared/log';
import { goalOf, votingPage } from '../addresses';

/** The forms of verification. The number typed is never echoed: phones are shared. */

export async function askForCode(
  roundId: string,
  purpose: VerificationPurpose,
  form: FormData,
): Promise<never> {
  const dni = dniInput.safeParse(form.get('dni'));
  if (!dni.success) {
    redirect(votingPage(roundId, 'dni', { problem: problemOf(dni.error), purpose }));
  }
  const keys = rollKeys();
  const request = { roundId, dni: dni.data, purpose };
  const asked = await inEvenTime(() => requestCode(registry(), keys, request));
  if (!asked.ok) {
    if (asked.reason === 'round-not-open') redirect(votingPage(roundId));
    redirect(votingPage(roundId, 'dni', { problem: asked.reason, purpose }));
  }
  const { attemptToken, code, phoneSealed } = asked.value;
  const t = await getTranslations('voting.sms');
  const body = t(purpose === 'right' ? 'codeForRight' : 'code', {
    code: `${code.slice(0, 3)} ${code.slice(3)}`,
  });
  // After the answer has left, so that its time tells nothing about the number.
  after(async () => {
    if (phoneSealed === null) return;
    const phone = openPhone(keys.people, phoneSealed);
    await smsProvider()
      .sendSms({ phone, body })
      .catch((error: unknown) => {
        createLog('web').error({ err: error }, 'sms');
      });
  });
  const { name, options } = attemptCookie();
  (await cookies()).set(name, attemptToken, options);
  redirect(votingPage(roundId, 'codigo', { purpose }));
}

export async function giveCode(
  roundId: string,
  purpose: VerificationPurpose,
  form: FormData,
): Promise<never> {
  const jar = await cookies();
  const attemptToken = jar.get(attemptCookie().name)?.value;
  if (attemptToken === undefined) redirect(votingPage(roundId, 'dni', { purpose }));
  const code = codeInput.safeParse(form.get('code'));
  if (!code.success) {
    redirect(votingPage(roundId, 'codigo', { problem: problemOf(code.error), purpose }));
  }
  const confirmed = await confirmCode(registry(), rollKeys(), { attemptToken, code: code.data });
  if (!confirmed.ok) {
    if (confirmed.reason === 'no-attempt') redirect(votingPage(roundId, 'dni', { purpose }));
    redirect(votingPage(roundId, 'codigo', { problem: confirmed.reason, purpose }));
  }
  const { name, options } = voterCookie();
  jar.set(name, confirmed.value.sessionToken, options);
  jar.delete({ name: attemptCookie().name, path: '/', secure: options.secure });
  redirect(votingPage(confirmed.value.roundId, goalOf(purpose)));
}

/** Leaves nothing of the verification on this phone. */
export async function forgetMe(roundId: string): Promise<never> {
  const jar = await cookies();
  const { name, options } = voterCookie();
  const token = jar.get(name)?.value;
  if (token !== undefined) await endVoterSession(registry(), token);
  for (const cookie of [name, attemptCookie().name]) {
    jar.delete({ name: cookie, path: '/', secure: options.secure });
  }
  redirect(votingPage(roundId));
}
