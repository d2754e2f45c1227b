'use server';

import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import type { z } from 'zod';
import { registry } from '@/db/registry/client';
import { requireFreshPermission } from '@/lib/auth/fresh';
import { requirePermission } from '@/lib/auth/session';
import { spendLookUp } from '@/lib/limits/look-ups';
import { spend } from '@/lib/limits/spend';
import { closeIncident, noteTold, recordIncident } from '@/lib/privacy/commands/incidents';
import { answerRequest, extendRequest, takeDataRequest } from '@/lib/privacy/commands/requests';
import {
  answerInput,
  closeIncidentInput,
  deskRequestInput,
  extendInput,
  incidentInput,
  toldInput,
} from '@/lib/privacy/input';
import { privacySettings } from '@/lib/privacy/settings';
import { rollKeys } from '@/lib/roll/keys';
import { refusedForm, valuesOf, wrongFields, type FormState } from '@/lib/shared/form';

async function wrong(values: Record<string, string>, error: z.ZodError): Promise<FormState> {
  const t = await getTranslations('privacy.errors');
  return wrongFields(values, error, ({ field, reason }) =>
    field === 'reason' ? t('reason') : t.has(reason) ? t(reason) : t('malformed'),
  );
}

async function refused(values: Record<string, string>, reason: string): Promise<FormState> {
  const t = await getTranslations('privacy.errors');
  return refusedForm(values, t(reason));
}

/** Takes down what somebody asks at the desk about their own data. */
export async function takeRequest(_state: FormState, form: FormData): Promise<FormState> {
  const actor = await requirePermission('answer-data-requests');
  const values = valuesOf(form);
  const input = deskRequestInput.safeParse(values);
  if (!input.success) return wrong(values, input.error);
  // Whether anything is held says whether the DNI is on the roll: it is a way of looking somebody up.
  const spent = await spendLookUp(spend, actor.id);
  if (!spent.ok) return refused(values, spent.reason);
  const { holidays } = privacySettings();
  const taken = await takeDataRequest(registry(), rollKeys(), actor, { ...input.data, holidays });
  if (!taken.ok) return refused(values, taken.reason);
  redirect(`/admin/privacy/requests/${taken.value.id}`);
}

/** Answers a request about personal data: a yes may erase it. */
export async function answerDataRequest(_state: FormState, form: FormData): Promise<FormState> {
  const actor = await requireFreshPermission('answer-data-requests', '/admin/privacy');
  const values = valuesOf(form);
  const input = answerInput.safeParse(values);
  if (!input.success) return wrong(values, input.error);
  const answered = await answerRequest(registry(), rollKeys(), actor, input.data);
  if (!answered.ok) return refused(values, answered.reason);
  redirect(`/admin/privacy/requests/${input.data.id}`);
}

/** Lengthens the term of a request, once. */
export async function extendDataRequest(_state: FormState, form: FormData): Promise<FormState> {
  const actor = await requirePermission('answer-data-requests');
  const values = valuesOf(form);
  const input = extendInput.safeParse(values);
  if (!input.success) return wrong(values, input.error);
  const { holidays } = privacySettings();
  const extended = await extendRequest(registry(), actor, { ...input.data, holidays });
  if (!extended.ok) return refused(values, extended.reason);
  redirect(`/admin/privacy/requests/${input.data.id}`);
}

/** Writes a security incident down. */
export async function saveIncident(_state: FormState, form: FormData): Promise<FormState> {
  const actor = await requirePermission('record-incidents');
  const values = valuesOf(form);
  const input = incidentInput.safeParse(values);
  if (!input.success) return wrong(values, input.error);
  const recorded = await recordIncident(registry(), actor, input.data);
  if (!recorded.ok) return refused(values, recorded.reason);
  redirect(`/admin/privacy/incidents/${recorded.value.id}`);
}

/** Notes that the authority or the people were told. */
export async function noteIncidentTold(_state: FormState, form: FormData): Promise<FormState> {
  const actor = await requirePermission('record-incidents');
  const values = valuesOf(form);
  const input = toldInput.safeParse(values);
  if (!input.success) return wrong(values, input.error);
  const noted = await noteTold(registry(), actor, input.data);
  if (!noted.ok) return refused(values, noted.reason);
  redirect(`/admin/privacy/incidents/${input.data.id}`);
}

/** Ends an incident. */
export async function endIncident(_state: FormState, form: FormData): Promise<FormState> {
  const actor = await requirePermission('record-incidents');
  const values = valuesOf(form);
  const input = closeIncidentInput.safeParse(values);
  if (!input.success) return wrong(values, input.error);
  const ended = await closeIncident(registry(), actor, input.data);
  if (!ended.ok) return refused(values, ended.reason);
  redirect(`/admin/privacy/incidents/${input.data.id}`);
}
