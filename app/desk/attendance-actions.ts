'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import {
  closeAssembly,
  markGuest,
  markPresent,
  openAssembly,
} from '@/lib/desk/commands/attendance';
import { openAssemblyInput } from '@/lib/desk/input';
import { assembliesListPage, assemblyPage } from './addresses';
import { checkBound } from './bound';
import { personLookedUp } from './look-up';

/** The forms of an attendance list: each works without JavaScript, and can be sent again. */

export async function openList(form: FormData): Promise<never> {
  const actor = await requirePermission('take-attendance');
  const input = openAssemblyInput.safeParse({
    requestKey: form.get('requestKey'),
    name: form.get('name'),
    place: form.get('place'),
    day: form.get('day'),
  });
  if (!input.success) redirect(assembliesListPage('assembly-form'));
  const opened = await openAssembly(registry(), actor, input.data);
  redirect(opened.ok ? assemblyPage(opened.value.assemblyId) : assembliesListPage(opened.reason));
}

export async function markPersonPresent(assemblyId: string, form: FormData): Promise<never> {
  const actor = await requirePermission('take-attendance');
  checkBound([assemblyId], { form });
  const residentId = await personLookedUp(actor, form, null, (problem) =>
    assemblyPage(assemblyId, problem === 'not-on-roll' ? 'not-current' : problem),
  );
  const marked = await markPresent(registry(), actor, { assemblyId, residentId });
  if (!marked.ok) redirect(assemblyPage(assemblyId, marked.reason));
  const says = { anotada: marked.value.isRepeated ? 'ya' : 'si' };
  redirect(assemblyPage(assemblyId, undefined, says));
}

export async function countGuest(assemblyId: string, form: FormData): Promise<never> {
  const actor = await requirePermission('take-attendance');
  checkBound([assemblyId], { form });
  const requestKey = z.uuid().safeParse(form.get('requestKey'));
  if (!requestKey.success) redirect(assemblyPage(assemblyId));
  const input = { assemblyId, requestKey: requestKey.data };
  const counted = await markGuest(registry(), actor, input);
  if (!counted.ok) redirect(assemblyPage(assemblyId, counted.reason));
  redirect(assemblyPage(assemblyId, undefined, { anotada: 'invitada' }));
}

export async function closeList(assemblyId: string): Promise<never> {
  const actor = await requirePermission('take-attendance');
  checkBound([assemblyId]);
  const closed = await closeAssembly(registry(), actor, { assemblyId });
  redirect(assemblyPage(assemblyId, closed.ok ? undefined : closed.reason));
}
