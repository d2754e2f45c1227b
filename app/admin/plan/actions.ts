'use server';

import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { importPlan } from '@/lib/plan/commands';
import { planUploadInput, planConfirmationInput } from '@/lib/plan/input';
import { importedDocument, planImportPreview } from '@/lib/plan/queries';
import { countPlan, warningArguments } from '@/lib/plan/rules';
import type { ImportState } from './state';

/** Reads the uploaded document and shows what importing it would change; writes nothing. */
export async function previewPlan(_state: ImportState, form: FormData): Promise<ImportState> {
  await requirePermission('import-plan');
  const t = await getTranslations('plan');
  const upload = planUploadInput.safeParse({ file: form.get('file') });
  if (!upload.success) {
    const tooLarge = upload.error.issues.some(({ message }) => message === 'too-large');
    return { step: 'choose', error: t(tooLarge ? 'admin.tooLargeHere' : 'admin.required') };
  }
  const { file } = upload.data;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const read = await planImportPreview(registry(), bytes);
  if (!read.ok) return { step: 'choose', error: t(`refusal.${read.reason}`) };
  const { plan, seen, differences } = read.value;
  const { list, unchanged } = differences;
  const { rows, problems, objectives, goals } = countPlan(plan.dimensions);
  return {
    step: 'preview',
    name: file.name,
    document: Buffer.from(bytes).toString('base64'),
    seen,
    summary: t('admin.previewOf', { name: file.name, rows, problems, objectives, goals }),
    unchanged: t('admin.unchanged', { count: unchanged }),
    changes: list.map(({ kind, code, before, after, keepsEditedTitle }) => ({
      code,
      kind: t(`admin.kind.${kind}`),
      before: before ?? '',
      after: after ?? '',
      note: keepsEditedTitle ? t('admin.keepsTitle') : null,
    })),
    someGone: list.some(({ kind }) => kind === 'gone'),
    warnings: plan.warnings.map((warning) =>
      t(`warning.${warning.kind}`, warningArguments(warning)),
    ),
  };
}

/** Imports the document that was previewed, unless another one came in between. */
export async function savePlan(form: FormData): Promise<never> {
  const actor = await requirePermission('import-plan');
  const confirmed = planConfirmationInput.safeParse({
    document: form.get('document'),
    name: form.get('name'),
    seen: form.get('seen'),
  });
  if (!confirmed.success) redirect('/admin/plan?problem=required');
  const { document, name, seen } = confirmed.data;
  const current = await importedDocument(registry());
  if ((current?.sourceSha256 ?? '') !== seen) redirect('/admin/plan?problem=changed');
  const imported = await importPlan(registry(), actor, {
    document: Buffer.from(document, 'base64'),
    sourceName: name,
  });
  if (!imported.ok) redirect(`/admin/plan?problem=${imported.reason}`);
  const count = (wanted: string) =>
    imported.value.differences.list.filter(({ kind }) => kind === wanted).length.toString();
  redirect(`/admin/plan?new=${count('new')}&changed=${count('changed')}&gone=${count('gone')}`);
}
