'use server';

import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { after } from 'next/server';
import { registry } from '@/db/registry/client';
import { raiseAlarm } from '@/lib/limits/alarm';
import { limitPage } from '@/lib/limits/page';
import { spend, spendByAddress } from '@/lib/limits/spend';
import { fileChallenge } from '@/lib/lists/commands/file-challenge';
import { fileInclusion } from '@/lib/lists/commands/file-inclusion';
import { challengeInput, pageInclusionInput } from '@/lib/lists/input';
import { inEvenTime } from '@/lib/roll/even-time';
import { rollKeys } from '@/lib/roll/keys';
import { refusedForm, valuesOf, without, wrongFields, type FormState } from '@/lib/shared/form';
import { padronPage } from './addresses';
import { currentPerson } from './person';

/** DNIs are never sent back to the page: phones are shared. */
const NEVER_ECHOED = ['dni', 'subjectDni'];

/** A challenge by a verified resident; the answer is the same whoever is named. */
export async function challengeEntry(_state: FormState, form: FormData): Promise<FormState> {
  const person = await currentPerson();
  if (person === null) redirect(padronPage('padron', { goal: 'tacha' }));
  const values = valuesOf(form);
  const input = challengeInput.safeParse(values);
  const t = await getTranslations('lists.errors');
  const kept = without(values, NEVER_ECHOED);
  if (!input.success) {
    return wrongFields(kept, input.error, ({ reason }) =>
      t.has(reason) ? t(reason) : t('malformed'),
    );
  }
  const spent = await spend('challenge-person', person.dniHash);
  if (!spent.ok) redirect(limitPage(spent, '/padron'));
  const filer = { kind: 'resident', dniHash: person.dniHash } as const;
  const filed = await inEvenTime(() => fileChallenge(registry(), rollKeys(), filer, input.data));
  if (!filed.ok) return refusedForm(kept, t(filed.reason));
  redirect(`/padron/constancia?numero=${filed.value.number}&nuevo=1`);
}

/** Somebody asks to be put on the list; nothing is looked up, so nothing can be learned. */
export async function askInclusion(_state: FormState, form: FormData): Promise<FormState> {
  const spent = await spendByAddress('challenge');
  if (!spent.ok) redirect(limitPage(spent, '/padron'));
  const values = valuesOf(form);
  const input = pageInclusionInput.safeParse(values);
  const t = await getTranslations('lists.errors');
  const kept = without(values, NEVER_ECHOED);
  if (!input.success) {
    return wrongFields(kept, input.error, ({ reason }) =>
      t.has(reason) ? t(reason) : t('malformed'),
    );
  }
  // Anybody can file for anybody: a flood is seen by people, and stops before it buries the desk.
  const many = await spend('alarm-inclusions', 'all');
  const today = await spend('inclusion-day', 'all');
  if (!many.ok || !today.ok) after(() => raiseAlarm('alarm-inclusions'));
  if (!today.ok) {
    if (today.reason === 'unavailable') redirect(limitPage(today, '/padron'));
    return refusedForm(kept, t('page-full'), 'dni');
  }
  const asked = { ...input.data, phone: null };
  const filed = await inEvenTime(() => fileInclusion(registry(), rollKeys(), null, asked));
  if (!filed.ok) return refusedForm(kept, t(filed.reason), 'dni');
  redirect(`/padron/constancia?numero=${filed.value.number}&nuevo=1`);
}
