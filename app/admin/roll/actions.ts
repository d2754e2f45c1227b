'use server';

import type { Route } from 'next';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { registry } from '@/db/registry/client';
import { requireFreshPermission } from '@/lib/auth/fresh';
import { requirePermission } from '@/lib/auth/session';
import { webEnv } from '@/lib/env';
import { spend } from '@/lib/limits/spend';
import { additionInput, askAddition, seeAddition } from '@/lib/roll/additions';
import { chooseColumns, giveUpImport, proposeImport } from '@/lib/roll/import/commands';
import { importIdInput, mappingForm, proposalInput, takeBackInput } from '@/lib/roll/import/input';
import { ROLL_ADDITION_KIND, ROLL_IMPORT_KIND } from '@/lib/roll/import/types';
import { rollKeys } from '@/lib/roll/keys';
import { takeBackProposal } from '@/lib/roll/take-back';
import { isUuid } from '@/lib/shared/page-number';
import type { RollFormState, SeenState } from './state';

const FIELDS_OF_MAPPING = [
  'importId',
  'dni',
  'district',
  'phone',
  'name1',
  'name2',
  'name3',
  'birth',
  'dateOrder',
  'minAge',
  'padDni',
  'scope',
] as const;

function fieldsOf(form: FormData, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, form.get(name)]));
}

async function refusalWords(reason: string): Promise<string> {
  const t = await getTranslations('roll-import.refusal');
  return t.has(reason) ? t(reason) : t('other');
}

/** Says which column is what; the worker reads the rows. */
export async function saveMapping(_state: RollFormState, form: FormData): Promise<RollFormState> {
  const actor = await requirePermission('import-roll');
  const t = await getTranslations('roll-import.mapping');
  const input = mappingForm.safeParse(fieldsOf(form, FIELDS_OF_MAPPING));
  if (!input.success) {
    const errors = input.error.issues.map(({ path, message }): [string, string] => {
      const field = String(path[0] ?? 'form');
      if (message === 'same-column') return [field, t('sameColumn')];
      const named = field === 'dni' || field === 'district';
      return [field, named ? t('required', { field: t(field) }) : t('malformed')];
    });
    return { errors: Object.fromEntries(errors), done: false };
  }
  const chosen = await chooseColumns(registry(), actor, input.data);
  if (!chosen.ok) return { errors: { form: await refusalWords(chosen.reason) }, done: false };
  redirect(`/admin/roll/${input.data.importId}`);
}

/** Asks the second person. */
export async function propose(form: FormData): Promise<never> {
  const actor = await requireFreshPermission('import-roll', '/admin/roll');
  const id = importIdInput.safeParse({ importId: form.get('importId') });
  if (!id.success) redirect('/admin/roll');
  const path = `/admin/roll/${id.data.importId}`;
  const input = proposalInput.safeParse(fieldsOf(form, ['importId', 'reason']));
  if (!input.success) redirect(`${path}?problem=reason-missing` as Route);
  const asked = await proposeImport(registry(), actor, input.data);
  redirect((asked.ok ? path : `${path}?problem=${asked.reason}`) as Route);
}

/** Leaves the file alone and the roll as it is. */
export async function giveUp(form: FormData): Promise<never> {
  const actor = await requirePermission('import-roll');
  const id = importIdInput.safeParse({ importId: form.get('importId') });
  if (!id.success) redirect('/admin/roll');
  const tools = { db: registry(), uploads: webEnv().MINKA_UPLOADS_DIR };
  const given = await giveUpImport(tools, actor, id.data.importId);
  const path = `/admin/roll/${id.data.importId}`;
  redirect((given.ok ? path : `${path}?problem=${given.reason}`) as Route);
}

/** Asks for one more person on the roll. */
export async function addPerson(_state: RollFormState, form: FormData): Promise<RollFormState> {
  const actor = await requireFreshPermission('import-roll', '/admin/roll/add');
  const t = await getTranslations('roll-import.add.errors');
  const names = ['dni', 'districtCode', 'name', 'phone', 'reason'] as const;
  const input = additionInput.safeParse(fieldsOf(form, names));
  if (!input.success) {
    const wrong = names.filter((name) => input.error.issues.some(({ path }) => path[0] === name));
    return { errors: Object.fromEntries(wrong.map((name) => [name, t(name)])), done: false };
  }
  const tools = { db: registry(), keys: rollKeys(), spend };
  const asked = await askAddition(tools, actor, input.data);
  return asked.ok
    ? { errors: {}, done: true }
    : { errors: { form: await refusalWords(asked.reason) }, done: false };
}

/** Opens for the second person whom she would say yes to. */
export async function seePerson(_state: SeenState, form: FormData): Promise<SeenState> {
  const actor = await requireFreshPermission('approve-roll', '/admin/approvals');
  const id = form.get('id');
  const seen =
    typeof id === 'string' && isUuid(id)
      ? await seeAddition(registry(), rollKeys(), actor, id)
      : null;
  return seen?.ok === true ? { person: seen.value, gone: false } : { person: null, gone: true };
}

/** Takes one's own proposal back: a file, or a person to be added. */
export async function takeBack(form: FormData): Promise<never> {
  const actor = await requirePermission('import-roll');
  const input = takeBackInput.safeParse(fieldsOf(form, ['what', 'id']));
  if (!input.success) redirect('/admin/roll');
  const { what, id } = input.data;
  const kind = what === 'import' ? ROLL_IMPORT_KIND : ROLL_ADDITION_KIND;
  const taken = await takeBackProposal(registry(), actor, { kind, subject: id });
  const path = what === 'import' ? `/admin/roll/${id}` : `/admin/roll/additions/${id}`;
  redirect((taken.ok ? path : `${path}?problem=wrong-state`) as Route);
}
