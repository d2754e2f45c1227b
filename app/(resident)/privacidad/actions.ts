'use server';

import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { registry } from '@/db/registry/client';
import { limitPage } from '@/lib/limits/page';
import { spend } from '@/lib/limits/spend';
import { fileDataRequest } from '@/lib/privacy/commands/requests';
import { requestInput } from '@/lib/privacy/input';
import { privacySettings } from '@/lib/privacy/settings';
import { rollKeys } from '@/lib/roll/keys';
import { refusedForm, valuesOf, wrongFields, type FormState } from '@/lib/shared/form';
import { padronPage } from '../padron/addresses';
import { currentPerson } from '../padron/person';

/** A verified person asks to see, correct or erase their data, or opposes their use. */
export async function askAboutData(_state: FormState, form: FormData): Promise<FormState> {
  const person = await currentPerson();
  if (person === null) redirect(padronPage('padron', { goal: 'datos' }));
  const spent = await spend('challenge-person', person.dniHash);
  if (!spent.ok) redirect(limitPage(spent, '/privacidad'));
  const values = valuesOf(form);
  const input = requestInput.safeParse(values);
  const t = await getTranslations('privacy.errors');
  if (!input.success) {
    return wrongFields(values, input.error, ({ reason }) =>
      t.has(reason) ? t(reason) : t('empty'),
    );
  }
  const filed = await fileDataRequest(registry(), rollKeys(), {
    ...input.data,
    residentId: person.residentId,
    holidays: privacySettings().holidays,
  });
  if (!filed.ok) return refusedForm(values, t(filed.reason), 'kind');
  redirect('/privacidad/mis-datos?pedido=1#pedidos');
}
