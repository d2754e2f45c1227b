import 'server-only';
import { getTranslations } from 'next-intl/server';
import { registry } from '@/db/registry/client';
import { CHALLENGE_KINDS } from '@/db/registry/schema';
import { districtChoices } from '@/lib/cycle/districts';
import type { FormField } from '@/lib/shared/form';

/** The fields of a challenge, for the page and for the desk. */
export async function challengeFields(): Promise<FormField[]> {
  const [t, districts] = await Promise.all([
    getTranslations('lists.challenge'),
    districtChoices(registry()),
  ]);
  const choose = { value: '', label: t('choose') };
  return [
    { name: 'subjectDni', kind: 'digits', label: t('subjectDni'), hint: t('subjectHint') },
    {
      name: 'kind',
      kind: 'select',
      label: t('kind'),
      options: [
        choose,
        ...CHALLENGE_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) })),
      ],
    },
    {
      name: 'districtCode',
      kind: 'select',
      label: t('district'),
      hint: t('districtHint'),
      options: [choose, ...districts],
    },
    { name: 'evidence', kind: 'area', label: t('evidence'), hint: t('evidenceHint') },
  ];
}

/** The fields of a request to be put on the list; a phone is taken down at the desk alone. */
export async function inclusionFields(where: 'page' | 'desk'): Promise<FormField[]> {
  const [t, districts] = await Promise.all([
    getTranslations('lists.inclusion'),
    districtChoices(registry()),
  ]);
  return [
    { name: 'dni', kind: 'digits', label: t('dni'), hint: t('dniHint') },
    { name: 'names', label: t('names'), hint: t('namesHint') },
    {
      name: 'districtCode',
      kind: 'select',
      label: t('district'),
      options: [{ value: '', label: t('choose') }, ...districts],
    },
    ...(where === 'page'
      ? []
      : [{ name: 'phone', kind: 'digits', label: t('phone'), hint: t('phoneHint') } as const]),
    { name: 'grounds', kind: 'area', label: t('grounds'), hint: t('groundsHint') },
  ];
}
