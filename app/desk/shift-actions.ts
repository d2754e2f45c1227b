'use server';

import { redirect } from 'next/navigation';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { recordIncident } from '@/lib/desk/commands/incidents';
import { closeShift, openShift, signShift } from '@/lib/desk/commands/shifts';
import { closeShiftInput, incidentInput, openShiftInput } from '@/lib/desk/input';
import { shiftPage, shiftsPage } from './addresses';
import { checkBound } from './bound';

/** The forms of a shift: each works without JavaScript, and can be sent again without harm. */

function fieldsOf(form: FormData, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, form.get(name)]));
}

export async function beginShift(form: FormData): Promise<never> {
  const actor = await requirePermission('keep-shifts');
  const input = openShiftInput.safeParse(
    fieldsOf(form, ['requestKey', 'place', 'device', 'papers']),
  );
  if (!input.success) redirect(shiftsPage('shift-form'));
  const opened = await openShift(registry(), actor, input.data);
  redirect(opened.ok ? shiftPage(opened.value.shiftId) : shiftsPage(opened.reason));
}

export async function endShift(shiftId: string, form: FormData): Promise<never> {
  const actor = await requirePermission('keep-shifts', 'close-others-shifts');
  checkBound([shiftId], { form });
  const input = closeShiftInput.safeParse(fieldsOf(form, ['papers', 'spoiled', 'note', 'alone']));
  if (!input.success) redirect(shiftPage(shiftId, 'shift-form'));
  const closed = await closeShift(registry(), actor, { shiftId, ...input.data });
  redirect(shiftPage(shiftId, closed.ok ? undefined : closed.reason));
}

export async function signThisShift(shiftId: string): Promise<never> {
  const actor = await requirePermission('sign-shifts');
  checkBound([shiftId]);
  const signed = await signShift(registry(), actor, { shiftId });
  redirect(shiftPage(shiftId, signed.ok ? undefined : signed.reason));
}

export async function writeIncident(shiftId: string, form: FormData): Promise<never> {
  const actor = await requirePermission('keep-shifts');
  checkBound([shiftId], { form });
  const input = incidentInput.safeParse(fieldsOf(form, ['id', 'kind', 'words']));
  if (!input.success) redirect(shiftPage(shiftId, 'incident-form'));
  const written = await recordIncident(registry(), actor, input.data);
  redirect(shiftPage(shiftId, written.ok ? undefined : written.reason));
}
