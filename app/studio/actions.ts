'use server';

import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import type { z } from 'zod';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { evaluateProposal, registerProposal } from '@/lib/proposals/commands';
import { evaluationInput, registrationInput, solesInput } from '@/lib/proposals/input';
import type { FormState } from './state';

function textsOf(form: FormData): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of form) {
    // Next's own hidden fields begin with a dollar sign.
    if (typeof value === 'string' && !name.startsWith('$')) texts[name] = value;
  }
  return texts;
}

/** The first complaint about each field, in the reader's words. */
async function complaints(issues: readonly z.core.$ZodIssue[]): Promise<Record<string, string>> {
  const t = await getTranslations('studio.errors');
  const errors: Record<string, string> = {};
  for (const { path, message } of issues) {
    const field = String(path[0] ?? 'form');
    const known = (['too-short', 'too-long', 'malformed'] as const).find((key) => key === message);
    errors[field] ??= t(known ?? 'required');
  }
  return errors;
}

/** Replaces the typed amount by its céntimos; what is no amount stays out and is complained about. */
function withCents({ cost, ...rest }: Record<string, string>) {
  const cents = solesInput.safeParse(cost ?? '');
  return {
    input: { ...rest, costCents: cents.data },
    issues: cents.success ? [] : cents.error.issues,
  };
}

export async function saveEvaluation(_state: FormState, form: FormData): Promise<FormState> {
  const actor = await requirePermission('evaluate-proposals');
  const values = textsOf(form);
  const { input, issues } = withCents(values);
  const parsed = evaluationInput.safeParse(input);
  if (!parsed.success)
    return { values, errors: await complaintsWithCost(parsed.error.issues, issues) };
  const saved = await evaluateProposal(registry(), actor, parsed.data);
  if (saved.ok) redirect(`/studio/${parsed.data.code}?guardada=1`);
  const t = await getTranslations('studio.evaluate.refusal');
  return { values, errors: { form: t(saved.reason) } };
}

export async function saveRegistration(_state: FormState, form: FormData): Promise<FormState> {
  const actor = await requirePermission('register-proposals');
  const values = textsOf(form);
  const { input, issues } = withCents(values);
  const parsed = registrationInput.safeParse(input);
  if (!parsed.success)
    return { values, errors: await complaintsWithCost(parsed.error.issues, issues) };
  const saved = await registerProposal(registry(), actor, parsed.data);
  if (saved.ok) redirect(`/studio/${saved.value}?registrada=1`);
  const t = await getTranslations('studio.new.refusal');
  return { values, errors: { form: t(saved.reason) } };
}

async function complaintsWithCost(
  issues: readonly z.core.$ZodIssue[],
  costIssues: readonly z.core.$ZodIssue[],
): Promise<Record<string, string>> {
  const { costCents: _missing, ...errors } = await complaints(issues);
  const [cost] = Object.values(await complaints(costIssues.slice(0, 1)));
  return cost === undefined ? errors : { ...errors, cost };
}
