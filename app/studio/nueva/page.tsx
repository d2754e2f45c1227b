import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { currentCycle, envelopesOf } from '@/lib/cycle/queries';
import { pickText } from '@/lib/i18n/text';
import { objectiveChoices } from '@/lib/proposals/queries';
import { RegistrationForm } from './registration-form';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('studio.new');
  return { title: t('title') };
}

export default async function RegisterPage() {
  await requirePermission('register-proposals');
  const [t, words, locale, cycle] = await Promise.all([
    getTranslations('studio.new'),
    getTranslations('studio'),
    getLocale(),
    currentCycle(),
  ]);
  if (!cycle) return <Notice tone="info">{words('list.noCycle')}</Notice>;
  const [objectives, envelopes] = await Promise.all([
    objectiveChoices(registry()),
    envelopesOf(cycle.id),
  ]);
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        back={{ href: '/studio', label: words('evaluate.back') }}
      />
      <RegistrationForm
        objectives={objectives.map(({ code, titleEs, titleEn }) => ({
          value: code,
          label: `${code} · ${pickText(locale, { es: titleEs, en: titleEn })}`,
        }))}
        envelopes={envelopes
          .filter(({ scope }) => scope !== 'dimension')
          .map(({ id, districtName }) => ({ value: id, label: districtName ?? t('province') }))}
        kinds={(['resident', 'organisation', 'board'] as const).map((value) => ({
          value,
          label: t(`kinds.${value}`),
        }))}
        words={{
          problem: words('errors.summary'),
          objective: t('objective'),
          envelope: t('envelope'),
          name: t('name'),
          nameHint: t('nameHint'),
          label: t('label'),
          labelHint: t('labelHint'),
          what: t('what'),
          where: t('where'),
          why: t('why'),
          cost: t('cost'),
          costHint: t('costHint'),
          kind: t('kind'),
          proposer: t('proposer'),
          proposerHint: t('proposerHint'),
          save: t('save'),
        }}
      />
    </>
  );
}
