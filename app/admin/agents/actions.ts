'use server';

import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import type { z } from 'zod';
import { registry } from '@/db/registry/client';
import { decideAgent, submitAgent } from '@/lib/agents/commands';
import { accreditInput, deskAgentInput } from '@/lib/agents/input';
import { requirePermission } from '@/lib/auth/session';
import { rollKeys } from '@/lib/roll/keys';
import { hashDni } from '@/lib/roll/secrets';
import { refusedForm, valuesOf, wrongFields, type FormState } from '@/lib/shared/form';

async function wrong(values: Record<string, string>, error: z.ZodError): Promise<FormState> {
  const t = await getTranslations('agents.errors');
  return wrongFields(values, error, ({ field, reason }) =>
    t.has(field) ? t(field) : t.has(reason) ? t(reason) : t('malformed'),
  );
}

async function refused(values: Record<string, string>, reason: string): Promise<FormState> {
  const t = await getTranslations('agents.errors');
  return refusedForm(values, t(reason));
}

/** Somebody registers at the desk, with the DNI in the officer's hand. */
export async function takeAgent(_state: FormState, form: FormData): Promise<FormState> {
  const actor = await requirePermission('accredit-agents');
  const values = valuesOf(form);
  const input = deskAgentInput.safeParse(values);
  if (!input.success) return wrong(values, input.error);
  const { dni, ...agent } = input.data;
  const keys = rollKeys();
  const person = {
    dniHash: hashDni(keys.dniKey, dni),
    dniLastTwo: dni.slice(-2),
    officer: actor,
  };
  const submitted = await submitAgent(registry(), keys, person, agent);
  if (!submitted.ok) return refused(values, submitted.reason);
  redirect(`/admin/agents?numero=${submitted.value.number}`);
}

/** Accredits a registration or rejects it. */
export async function accredit(_state: FormState, form: FormData): Promise<FormState> {
  const actor = await requirePermission('accredit-agents');
  const values = valuesOf(form);
  const input = accreditInput.safeParse(values);
  if (!input.success) return wrong(values, input.error);
  const decided = await decideAgent(registry(), actor, input.data);
  if (!decided.ok) return refused(values, decided.reason);
  redirect(`/admin/agents/${input.data.id}`);
}
