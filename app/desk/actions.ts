'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { registry } from '@/db/registry/client';
import { reasonInput } from '@/lib/assemblies/input';
import { requireStaff } from '@/lib/auth/session';
import { signOut } from '@/lib/auth/sign-in';
import { beginVisit } from '@/lib/credentials/commands/begin-visit';
import { callAgain, endVisit } from '@/lib/credentials/commands/end-visit';
import { closeKiosk, setUpKiosk } from '@/lib/credentials/commands/kiosks';
import { residentByDni } from '@/lib/credentials/desk-queries';
import { kioskCookie } from '@/lib/roll/cookies';
import { dniInput, problemOf } from '@/lib/roll/input';
import { rollKeys } from '@/lib/roll/keys';
import { hashDni } from '@/lib/roll/secrets';
import { kioskPage } from '../kiosco/addresses';
import { kiosksPage, peoplePage, personPage, visitPage } from './addresses';

/** The forms of the desk: each works without JavaScript, and can be sent again without harm. */

export async function findPerson(roundId: string, form: FormData): Promise<never> {
  await requireStaff('officer');
  const dni = dniInput.safeParse(form.get('dni'));
  if (!dni.success) redirect(peoplePage(roundId, problemOf(dni.error)));
  const residentId = await residentByDni(registry(), {
    roundId,
    dniHash: hashDni(rollKeys().dniKey, dni.data),
  });
  if (residentId === null) redirect(peoplePage(roundId, 'not-on-roll'));
  redirect(personPage(roundId, residentId));
}

export async function handOver(
  roundId: string,
  residentId: string,
  form: FormData,
): Promise<never> {
  const actor = await requireStaff('officer');
  if (form.get('checked') !== 'on') redirect(personPage(roundId, residentId, 'not-checked'));
  const kioskId = z.uuid().safeParse(form.get('kiosk'));
  if (!kioskId.success) redirect(personPage(roundId, residentId, 'no-kiosk'));
  const helper = dniInput.safeParse(form.get('helper'));
  if (!helper.success && problemOf(helper.error) === 'malformed') {
    redirect(personPage(roundId, residentId, 'helper-malformed'));
  }
  const begun = await beginVisit(registry(), actor, {
    roundId,
    residentId,
    kioskId: kioskId.data,
    helperHash: helper.success ? hashDni(rollKeys().dniKey, helper.data) : null,
  });
  if (!begun.ok) redirect(personPage(roundId, residentId, begun.reason));
  redirect(visitPage(begun.value.visitId));
}

export async function callVisitAgain(visitId: string): Promise<never> {
  const actor = await requireStaff('officer');
  const called = await callAgain(registry(), actor, { visitId });
  redirect(visitPage(visitId, called.ok ? undefined : called.reason));
}

export async function endThisVisit(visitId: string, form: FormData): Promise<never> {
  const actor = await requireStaff('officer');
  const reason = reasonInput.safeParse(form.get('reason'));
  if (!reason.success) redirect(visitPage(visitId, 'reason-needed'));
  const ended = await endVisit(registry(), actor, { visitId, reason: reason.data });
  redirect(visitPage(visitId, ended.ok ? undefined : ended.reason));
}

const kioskName = z.string().trim().min(2).max(40);

/** This very browser becomes a kiosk: the officer's session on it ends first. */
export async function becomeKiosk(form: FormData): Promise<never> {
  const actor = await requireStaff('officer');
  const name = kioskName.safeParse(form.get('name'));
  if (!name.success) redirect(kiosksPage('name'));
  const made = await setUpKiosk(registry(), actor, { name: name.data });
  if (!made.ok) redirect(kiosksPage(made.reason));
  await signOut();
  const cookie = kioskCookie();
  (await cookies()).set(cookie.name, made.value.token, cookie.options);
  redirect(kioskPage());
}

export async function stopKiosk(kioskId: string, form: FormData): Promise<never> {
  const actor = await requireStaff('officer');
  const reason = reasonInput.safeParse(form.get('reason'));
  if (!reason.success) redirect(kiosksPage('reason-needed'));
  const closed = await closeKiosk(registry(), actor, { kioskId, reason: reason.data });
  redirect(kiosksPage(closed.ok ? undefined : closed.reason));
}
