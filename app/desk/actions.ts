'use server';

import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import { registry } from '@/db/registry/client';
import { reasonInput } from '@/lib/assemblies/input';
import { requirePermission } from '@/lib/auth/session';
import { signOut } from '@/lib/auth/sign-in';
import { beginVisit } from '@/lib/credentials/commands/begin-visit';
import { checkInOnPaper } from '@/lib/credentials/commands/check-in-on-paper';
import { callAgain, endVisit } from '@/lib/credentials/commands/end-visit';
import { closeKiosk, setUpKiosk } from '@/lib/credentials/commands/kiosks';
import { kioskCookie } from '@/lib/roll/cookies';
import { kioskPage } from '../kiosco/addresses';
import { isUuid, kiosksPage, peoplePage, personPage, turnPage, visitPage } from './addresses';
import { checkBound } from './bound';
import { helpIn } from './help-form';
import { personLookedUp } from './look-up';
import type { DeskProblem } from './problems';

/** The forms of the desk: each works without JavaScript, and can be sent again without harm. */

export async function findPerson(roundId: string, form: FormData): Promise<never> {
  const actor = await requirePermission('serve-at-desk');
  checkBound([], { round: roundId, form });
  const found = await personLookedUp(actor, form, roundId, (problem) =>
    peoplePage(roundId, problem),
  );
  redirect(personPage(roundId, found));
}

/** To a kiosk or with a paper ballot, as the button says; the number in the queue ends by itself. */
export async function handOver(
  roundId: string,
  residentId: string,
  form: FormData,
): Promise<never> {
  const actor = await requirePermission('serve-at-desk');
  checkBound([residentId], { round: roundId, form });
  const turnId = form.get('turn');
  const back = (problem: DeskProblem) =>
    isUuid(turnId) ? turnPage(turnId, problem) : personPage(roundId, residentId, problem);
  if (form.get('checked') !== 'on') redirect(back('not-checked'));
  const help = helpIn(form);
  if (!help.ok) redirect(back(help.reason));
  if (form.get('way') === 'paper') {
    const tableId = z.uuid().safeParse(form.get('table'));
    if (!tableId.success) redirect(back('no-table'));
    const given = await checkInOnPaper(registry(), actor, {
      residentId,
      tableId: tableId.data,
      help: help.value,
    });
    if (!given.ok) redirect(back(given.reason));
    redirect(peoplePage(roundId, undefined, { talon: String(given.value.stub) }));
  }
  const kioskId = z.uuid().safeParse(form.get('kiosk'));
  if (!kioskId.success) redirect(back('no-kiosk'));
  const begun = await beginVisit(registry(), actor, {
    roundId,
    residentId,
    kioskId: kioskId.data,
    help: help.value,
  });
  if (!begun.ok) redirect(back(begun.reason));
  redirect(visitPage(begun.value.visitId));
}

export async function callVisitAgain(visitId: string): Promise<never> {
  const actor = await requirePermission('serve-at-desk');
  checkBound([visitId]);
  const called = await callAgain(registry(), actor, { visitId });
  redirect(visitPage(visitId, called.ok ? undefined : called.reason));
}

export async function endThisVisit(visitId: string, form: FormData): Promise<never> {
  const actor = await requirePermission('serve-at-desk');
  checkBound([visitId], { form });
  const reason = reasonInput.safeParse(form.get('reason'));
  if (!reason.success) redirect(visitPage(visitId, 'reason-needed'));
  const ended = await endVisit(registry(), actor, { visitId, reason: reason.data });
  redirect(visitPage(visitId, ended.ok ? undefined : ended.reason));
}

const kioskName = z.string().trim().min(2).max(40);

/** This very browser becomes a kiosk: the officer's session on it ends first. */
export async function becomeKiosk(form: FormData): Promise<never> {
  const actor = await requirePermission('serve-at-desk');
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
  const actor = await requirePermission('serve-at-desk');
  checkBound([kioskId], { form });
  const reason = reasonInput.safeParse(form.get('reason'));
  if (!reason.success) redirect(kiosksPage('reason-needed'));
  const closed = await closeKiosk(registry(), actor, { kioskId, reason: reason.data });
  redirect(kiosksPage(closed.ok ? undefined : closed.reason));
}
