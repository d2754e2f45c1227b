'use server';

import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import type { z } from 'zod';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { editGoalIndicator, editPlanText, type EditRefusal } from '@/lib/plan/commands';
import { goalIndicatorInput, planTextInput } from '@/lib/plan/input';
import type { EditorState } from './state';

/** Saves the short title and summary of one row or text. */
export async function saveWords(_state: EditorState, form: FormData): Promise<EditorState> {
  const actor = await requirePermission('edit-plan');
  const values = valuesOf(form);
  const input = planTextInput.safeParse(values);
  if (!input.success) return wrong(values, input.error);
  const edited = await editPlanText(registry(), actor, input.data);
  if (!edited.ok) return refused(values, edited.reason);
  redirect(`/admin/plan/${input.data.code}?saved=1`);
}

/** Saves how a goal is measured. */
export async function saveIndicator(_state: EditorState, form: FormData): Promise<EditorState> {
  const actor = await requirePermission('edit-plan');
  const values = valuesOf(form);
  const input = goalIndicatorInput.safeParse(values);
  if (!input.success) return wrong(values, input.error);
  const edited = await editGoalIndicator(registry(), actor, input.data);
  if (!edited.ok) return refused(values, edited.reason);
  redirect(`/admin/plan/${input.data.code}?saved=1`);
}

/** The form's own fields; those that carry the framework's names are not ours. */
function valuesOf(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form].flatMap(([name, value]) =>
      typeof value === 'string' && !name.startsWith('$ACTION') ? [[name, value]] : [],
    ),
  );
}

async function wrong(values: Record<string, string>, error: z.ZodError): Promise<EditorState> {
  const t = await getTranslations('plan.editor.error');
  const errors = error.issues.map(({ path, message }) => ({
    field: String(path[0] ?? ''),
    message:
      path[0] === 'targetYear' ? t('year') : t(message === 'too-long' ? 'too-long' : 'required'),
  }));
  return { values, errors };
}

async function refused(values: Record<string, string>, reason: EditRefusal): Promise<EditorState> {
  const t = await getTranslations('plan.editor.refusal');
  return { values, errors: [{ field: 'titleEs', message: t(reason) }] };
}
