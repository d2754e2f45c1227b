'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { callNext } from '@/lib/desk/commands/call-next';
import { joinQueue } from '@/lib/desk/commands/join-queue';
import { beginServing, finishWithoutVote, leaveQueue, putBack } from '@/lib/desk/commands/turns';
import { peoplePage, personPage, shiftsPage, turnPage } from './addresses';
import { checkBound } from './bound';

/** The forms of the queue: each works without JavaScript, and can be sent again without harm. */

export async function takeNumber(
  roundId: string,
  residentId: string,
  form: FormData,
): Promise<never> {
  const actor = await requirePermission('serve-at-desk');
  checkBound([residentId], { round: roundId, form });
  const joined = await joinQueue(registry(), actor, {
    roundId,
    residentId,
    isPreferential: form.get('preferential') === 'on',
  });
  if (joined.ok) redirect(peoplePage(roundId, undefined, { turno: joined.value.turnId }));
  if (joined.reason === 'no-shift') redirect(shiftsPage('no-shift'));
  redirect(personPage(roundId, residentId, joined.reason));
}

export async function callTheNext(roundId: string, form: FormData): Promise<never> {
  const actor = await requirePermission('serve-at-desk');
  checkBound([], { round: roundId, form });
  const callKey = z.uuid().safeParse(form.get('callKey'));
  if (!callKey.success) redirect(peoplePage(roundId));
  const called = await callNext(registry(), actor, { roundId, callKey: callKey.data });
  if (called.ok) redirect(turnPage(called.value.turnId));
  if (called.reason === 'no-shift') redirect(shiftsPage('no-shift'));
  redirect(peoplePage(roundId, called.reason));
}

export async function attendTurn(turnId: string): Promise<never> {
  const actor = await requirePermission('serve-at-desk');
  checkBound([turnId]);
  const begun = await beginServing(registry(), actor, turnId);
  redirect(turnPage(turnId, begun.ok ? undefined : begun.reason));
}

export async function putTurnBack(roundId: string, turnId: string): Promise<never> {
  const actor = await requirePermission('serve-at-desk');
  checkBound([turnId], { round: roundId });
  const put = await putBack(registry(), actor, turnId);
  redirect(put.ok ? peoplePage(roundId) : turnPage(turnId, put.reason));
}

export async function endTurnAsLeft(roundId: string, turnId: string): Promise<never> {
  const actor = await requirePermission('serve-at-desk');
  checkBound([turnId], { round: roundId });
  const left = await leaveQueue(registry(), actor, turnId);
  redirect(left.ok ? peoplePage(roundId) : turnPage(turnId, left.reason));
}

export async function endTurnWithoutVote(roundId: string, turnId: string): Promise<never> {
  const actor = await requirePermission('serve-at-desk');
  checkBound([turnId], { round: roundId });
  const done = await finishWithoutVote(registry(), actor, turnId);
  redirect(done.ok ? peoplePage(roundId) : turnPage(turnId, done.reason));
}
