'use server';

import type { Route } from 'next';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { registry } from '@/db/registry/client';
import { requireFreshPermission } from '@/lib/auth/fresh';
import { webEnv } from '@/lib/env';
import { refusedForm, valuesOf, wrongFields, type FormState } from '@/lib/shared/form';
import { requestLetters } from '@/lib/verification/letter-commands';
import { lettersInput, MOST_LETTERS } from '@/lib/verification/letter-input';

/** Asks for letters; they are drawn when they are printed. */
export async function askForLetters(_state: FormState, form: FormData): Promise<FormState> {
  const actor = await requireFreshPermission('print-letters', '/admin/letters');
  const t = await getTranslations('letters');
  const values = valuesOf(form);
  const input = lettersInput.safeParse(values);
  if (!input.success) {
    return wrongFields(values, input.error, ({ field, reason }) =>
      t.has(`wrong.${field}.${reason}`)
        ? t(`wrong.${field}.${reason}`, { most: MOST_LETTERS })
        : t('wrong.other'),
    );
  }
  const { MINKA_TWO_PEOPLE: twoPeople } = webEnv();
  const asked = await requestLetters(registry(), actor, input.data, { twoPeople });
  if (!asked.ok) {
    return refusedForm(values, t(`refusal.${asked.reason}`));
  }
  redirect(`/admin/letters?votacion=${input.data.round}&hecho=pedido` as Route);
}
