'use server';

import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { formatCount } from '@/components/count';
import { registry } from '@/db/registry/client';
import { requireFreshPermission } from '@/lib/auth/fresh';
import { requirePermission } from '@/lib/auth/session';
import { spendLookUp } from '@/lib/limits/look-ups';
import { spend } from '@/lib/limits/spend';
import { decideMatter } from '@/lib/lists/commands/decide';
import { fileChallenge } from '@/lib/lists/commands/file-challenge';
import { fileInclusion } from '@/lib/lists/commands/file-inclusion';
import { readDni } from '@/lib/lists/commands/read-dni';
import { countUnread, rejectUnread } from '@/lib/lists/commands/reject-unread';
import { setListDates } from '@/lib/lists/commands/set-dates';
import {
  bulkInput,
  datesInput,
  decisionInput,
  deskChallengeInput,
  inclusionInput,
  matterInput,
} from '@/lib/lists/input';
import { rollKeys } from '@/lib/roll/keys';
import { refusedForm, valuesOf, wrongFields, type FormState } from '@/lib/shared/form';
import { isUuid } from '@/lib/shared/uuid';
import type { z } from 'zod';
import type { SeenDni } from './state';

async function wrong(values: Record<string, string>, error: z.ZodError): Promise<FormState> {
  const t = await getTranslations('lists.errors');
  return wrongFields(values, error, ({ field, reason }) =>
    field === 'reason' ? t('reason') : t.has(reason) ? t(reason) : t('malformed'),
  );
}

async function refused(values: Record<string, string>, reason: string): Promise<FormState> {
  const t = await getTranslations('lists.errors');
  return refusedForm(values, t(reason));
}

/** The calendar of a round's lists. */
export async function saveDates(_state: FormState, form: FormData): Promise<FormState> {
  const actor = await requireFreshPermission('manage-rounds', '/admin/challenges');
  const values = valuesOf(form);
  const input = datesInput.safeParse(values);
  if (!input.success) return wrong(values, input.error);
  const { roundId, ...dates } = input.data;
  const set = await setListDates(registry(), actor, { roundId, dates });
  if (!set.ok) return refused(values, set.reason);
  redirect(`/admin/challenges?votacion=${roundId}&hecho=fechas`);
}

/** A challenge that somebody brings to the desk. */
export async function takeChallenge(_state: FormState, form: FormData): Promise<FormState> {
  const actor = await requirePermission('decide-lists');
  const values = valuesOf(form);
  const input = deskChallengeInput.safeParse(values);
  if (!input.success) return wrong(values, input.error);
  // What is filed shows whether the DNI is on the list: it is a way of looking somebody up.
  const spent = await spendLookUp(spend, actor.id);
  if (!spent.ok) return refused(values, spent.reason);
  const { filerDni, ...challenge } = input.data;
  const filer = { kind: 'desk', dni: filerDni, officer: actor } as const;
  const filed = await fileChallenge(registry(), rollKeys(), filer, challenge);
  if (!filed.ok) return refused(values, filed.reason);
  redirect(
    `/admin/challenges?votacion=${challenge.roundId}&hecho=tacha&numero=${filed.value.number}`,
  );
}

/** A request to be put on the list that somebody brings to the desk. */
export async function takeInclusion(_state: FormState, form: FormData): Promise<FormState> {
  const actor = await requirePermission('decide-lists');
  const values = valuesOf(form);
  const input = inclusionInput.safeParse(values);
  if (!input.success) return wrong(values, input.error);
  const spent = await spendLookUp(spend, actor.id);
  if (!spent.ok) return refused(values, spent.reason);
  const t = await getTranslations('lists.staff');
  const desk = { officer: actor, replacedReason: t('replaced') };
  const filed = await fileInclusion(registry(), rollKeys(), desk, input.data);
  if (!filed.ok) return refused(values, filed.reason);
  redirect(
    `/admin/challenges?votacion=${input.data.roundId}&hecho=pedido&numero=${filed.value.number}`,
  );
}

/** Opens the whole DNI of a request for whoever decides it. */
export async function seeDni(_state: SeenDni, form: FormData): Promise<SeenDni> {
  const actor = await requireFreshPermission('decide-lists', '/admin/challenges');
  const id = form.get('id');
  const dni =
    typeof id === 'string' && isUuid(id) ? await readDni(registry(), rollKeys(), actor, id) : null;
  return { dni, gone: dni === null };
}

/** Accepts, for a second person to do, or rejects. */
export async function decideListMatter(_state: FormState, form: FormData): Promise<FormState> {
  const actor = await requireFreshPermission('decide-lists', '/admin/challenges');
  const { what, ...values } = valuesOf(form);
  const kind = matterInput.safeParse(what);
  const input = decisionInput.safeParse(values);
  if (!kind.success) return refused(values, 'not-found');
  if (!input.success) return wrong(values, input.error);
  const decided = await decideMatter(registry(), actor, kind.data, input.data);
  if (!decided.ok) return refused(values, decided.reason);
  redirect(`/admin/challenges/${kind.data}/${input.data.id}?hecho=${input.data.decision}`);
}

/** Rejects a flood of requests: first it says how many they are, then it wants that number typed. */
export async function rejectFlood(_state: FormState, form: FormData): Promise<FormState> {
  const actor = await requireFreshPermission('reject-filings', '/admin/challenges');
  const values = valuesOf(form);
  const input = bulkInput.safeParse(values);
  if (!input.success) return wrong(values, input.error);
  const count = await countUnread(registry(), input.data);
  const t = await getTranslations('lists.staff.bulk');
  if (count === 0) return { values, errors: [{ field: 'from', message: t('none') }] };
  if (input.data.count !== count) {
    const message = t('tell', { count, countText: formatCount(count) });
    return { values, errors: [{ field: 'count', message }] };
  }
  const rejected = await rejectUnread(registry(), actor, input.data);
  if (!rejected.ok) return refused(values, rejected.reason);
  redirect(`/admin/challenges?votacion=${input.data.roundId}&hecho=rechazados`);
}
