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
import { attemptByToken } from '@/lib/roll/queries';
import type { CodeChannel, VerificationPurpose } from '@/lib/roll/types';
import { roundId as roundIdInput } from '@/lib/shared/input';
import { letterChannel, smsChannel } from '@/lib/verification/web';
import { goalOf, votingPage } from '../addresses';

/** The forms of verification. The number typed is never echoed: phones are shared. */

/** What a form was bound to comes back from the browser, and is whatever it likes to say. */
const purposes = z.enum(['vote', 'right']);
const sent = z.instanceof(FormData);
const bound = {
  round: z.tuple([roundIdInput]),
  purpose: z.tuple([roundIdInput, purposes, sent]),
  channel: z.tuple([roundIdInput, purposes, z.enum(['sms', 'letter']), sent]),
};

export async function askForCode(
  roundId: string,
  purpose: VerificationPurpose,
  channel: CodeChannel,
  form: FormData,
): Promise<never> {
  if (!bound.channel.safeParse([roundId, purpose, channel, form]).success) notFound();
  const how = { purpose, channel };
  const dni = dniInput.safeParse(form.get('dni'));
  if (!dni.success) {
    redirect(votingPage(roundId, 'dni', { problem: problemOf(dni.error), ...how }));
  }
  const spent = await spendByAddress('code-request');
  if (!spent.ok) redirect(limitPage(spent, votingPage(roundId, 'dni', how)));
  const all = await spend('alarm-code-requests', 'all');
  if (!all.ok) after(() => raiseAlarm('alarm-code-requests'));

  const t = await getTranslations('voting.sms');
  const adapter =
    channel === 'letter'
      ? letterChannel()
      : smsChannel((code) => t(purpose === 'right' ? 'codeForRight' : 'code', { code }));
  const started = await inEvenTime(() => adapter.start({ roundId, purpose, dni: dni.data }));
  if (!started.ok) {
    if (started.reason === 'round-not-open') redirect(votingPage(roundId));
    redirect(votingPage(roundId, 'dni', { problem: started.reason, ...how }));
  }
  const { attemptToken, messageId } = started.value;
  // After the answer has left, so that its time tells nothing about the number.
  if (messageId !== null) after(() => deliverInDemo(messageId));
  const { name, options } = attemptCookie();
  (await cookies()).set(name, attemptToken, options);
  redirect(votingPage(roundId, 'codigo', { purpose }));
}

export async function giveCode(
  roundId: string,
  purpose: VerificationPurpose,
  form: FormData,
): Promise<never> {
  if (!bound.purpose.safeParse([roundId, purpose, form]).success) notFound();
  const jar = await cookies();
  const attemptToken = jar.get(attemptCookie().name)?.value;
  if (attemptToken === undefined) redirect(votingPage(roundId, 'dni', { purpose }));
  const spent = await spendByAddress('code-check');
  if (!spent.ok) redirect(limitPage(spent, votingPage(roundId, 'codigo', { purpose })));
  const attempt = await attemptByToken(registry(), attemptToken);
  // What a message says is of no use to a letter's check, nor the other way about.
  const adapter = attempt?.channel === 'letter' ? letterChannel() : smsChannel(() => '');
  const typed = form.get('code');
  const confirmed = await inEvenTime(() =>
    adapter.check(attemptToken, typeof typed === 'string' ? typed : ''),
  );
  if (!confirmed.ok) {
    if (confirmed.reason === 'no-attempt') redirect(votingPage(roundId, 'dni', { purpose }));
    if (confirmed.reason === 'wrong-code' || confirmed.reason === 'too-many-tries') {
      const all = await spend('alarm-wrong-codes', 'all');
      if (!all.ok) after(() => raiseAlarm('alarm-wrong-codes'));
    }
    redirect(votingPage(roundId, 'codigo', { problem: confirmed.reason, purpose }));
  }
  const { sessionToken } = confirmed.value;
  const { name, options } = voterCookie();
  jar.set(name, sessionToken, options);
  jar.delete({ name: attemptCookie().name, path: '/', secure: options.secure });
  redirect(votingPage(confirmed.value.roundId, goalOf(purpose)));
}

/** Leaves nothing of the verification on this phone. */
export async function forgetMe(roundId: string): Promise<never> {
  if (!bound.round.safeParse([roundId]).success) notFound();
  const jar = await cookies();
  const { name, options } = voterCookie();
  const token = jar.get(name)?.value;
  if (token !== undefined) await endVoterSession(registry(), token);
  for (const cookie of [name, attemptCookie().name]) {
    jar.delete({ name: cookie, path: '/', secure: options.secure });
  }
  redirect(votingPage(roundId));
}
