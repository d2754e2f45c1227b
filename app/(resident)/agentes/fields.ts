import 'server-only';
import { getLocale, getTranslations } from 'next-intl/server';
import { registry } from '@/db/registry/client';
import { ORGANISATION_KINDS } from '@/db/registry/schema';
import { districtChoices } from '@/lib/cycle/districts';
import { pickText } from '@/lib/i18n/text';
import { currentConsent } from '@/lib/privacy/consents';
import type { FormField } from '@/lib/shared/form';

/** The fields of a registration, for the page and for the desk. */
export async function agentFields(): Promise<FormField[]> {
  const [t, kinds, locale, districts] = await Promise.all([
    getTranslations('agents.form'),
    getTranslations('agents.kinds'),
    getLocale(),
    districtChoices(registry()),
  ]);
  const choose = { value: '', label: t('choose') };
  return [
    { name: 'names', label: t('names'), hint: t('namesHint') },
    { name: 'organisation', label: t('organisation') },
    {
      name: 'organisationKind',
      kind: 'select',
      label: t('kind'),
      options: [choose, ...ORGANISATION_KINDS.map((value) => ({ value, label: kinds(value) }))],
    },
    { name: 'districtCode', kind: 'select', label: t('district'), options: [choose, ...districts] },
    {
      name: 'certificateNumber',
      label: t('certificate'),
      hint: t('certificateHint'),
      width: 'half',
    },
    { name: 'certificateOn', kind: 'date', label: t('certificateOn') },
    {
      name: 'consent',
      kind: 'tick',
      label: t('consent'),
      hint: pickText(locale, currentConsent('agent')),
    },
  ];
}
