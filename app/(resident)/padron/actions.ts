'use server';

import { getTranslations } from 'next-intl/server';
import { cookies } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { after } from 'next/server';
import { z } from 'zod';
import { registry } from '@/db/registry/client';
import { raiseAlarm } from '@/lib/limits/alarm';
import { limitPage } from '@/lib/limits/page';
import { spend, spendByAddress } from '@/lib/limits/spend';
import { deliverInDemo } from '@/lib/notices/demo';
import { endVoterSession } from '@/lib/roll/commands';
import { attemptCookie, voterCookie } from '@/lib/roll/cookies';
import { inEvenTime } from '@/lib/roll/even-time';
import { dniInput, problemOf } from '@/lib/roll/input';
import { roundId as roundIdInput } from '@/lib/shared/input';
import { smsChannel } from '@/lib/verification/web';
import { goalPage, GOALS, padronPage, type Goal } from './addresses';

/** What a form was bound to comes back from the browser, and is whatever it likes to say. */
const bound = z.tuple([roundIdInput, z.enum(GOALS), z.instanceof(FormData)]);

/**
 * Asking about oneself. Known and unknown DNIs take the same way at the same pace (T10): one attempt,
 * one message in the queue, empty for nobody, one redirect.
 */
export async function askAboutMe(roundId: string, goal: Goal, form: FormData): Promise<never> {
  if (!bound.safeParse([roundId, goal, form]).success) notFound();
  const spent = await spendByAddress('code-request');
  if (!spent.ok) redirect(limitPage(spent, padronPage('padron')));
  const dni = dniInput.safeParse(form.get('dni'));
  const at = { goal, round: roundId };
  if (!dni.success) redirect(padronPage('padron', { ...at, problem: problemOf(dni.error) }));
  const all = await spend('alarm-code-requests', 'all');
  if (!all.ok) after(() => raiseAlarm('alarm-code-requests'));
  const t = await getTranslations('lists.sms');
  const channel = smsChannel((code) => t('code', { code }));
  const started = await inEvenTime(() =>
    channel.start({ roundId, purpose: 'person', dni: dni.data }),
  );
  if (!started.ok) redirect(padronPage('padron', { ...at, problem: started.reason }));
  const { attemptToken, messageId } = started.value;
  // After the answer has left, so that its time tells nothing about the number.
  if (messageId !== null) after(() => deliverInDemo(messageId));
  const { name, options } = attemptCookie();
  (await cookies()).set(name, attemptToken, options);
  redirect(padronPage('codigo', at));
}

export async function giveMyCode(roundId: string, goal: Goal, form: FormData): Promise<never> {
  if (!bound.safeParse([roundId, goal, form]).success) notFound();
  const spent = await spendByAddress('code-check');
  if (!spent.ok) redirect(limitPage(spent, padronPage('padron')));
  const jar = await cookies();
  const at = { goal, round: roundId };
  const attemptToken = jar.get(attemptCookie().name)?.value;
  if (attemptToken === undefined) redirect(padronPage('padron', at));
  const typed = form.get('code');
  const confirmed = await inEvenTime(() =>
    smsChannel(() => '').check(attemptToken, typeof typed === 'string' ? typed : ''),
  );
  if (!confirmed.ok) {
    if (confirmed.reason === 'no-attempt') redirect(padronPage('padron', at));
    if (confirmed.reason === 'wrong-code' || confirmed.reason === 'too-many-tries') {
      const all = await spend('alarm-wrong-codes', 'all');
      if (!all.ok) after(() => raiseAlarm('alarm-wrong-codes'));
    }
    redirect(padronPage('codigo', { ...at, problem: confirmed.reason }));
  }
  const { sessionToken } = confirmed.value;
  const { name, options } = voterCookie();
  jar.set(name, sessionToken, options);
  jar.delete({ name: attemptCookie().name, path: '/', secure: options.secure });
  redirect(goalPage(goal));
}

/** Leaves nothing of the verification on this phone. */
export async function leavePadron(): Promise<never> {
  const jar = await cookies();
  const { name, options } = voterCookie();
  const token = jar.get(name)?.value;
  if (token !== undefined) await endVoterSession(registry(), token);
  for (const cookie of [name, attemptCookie().name]) {
    jar.delete({ name: cookie, path: '/', secure: options.secure });
  }
  redirect('/padron');
}
