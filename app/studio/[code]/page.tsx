import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/session';
import { pickText } from '@/lib/i18n/text';
import { VERDICTS } from '@/lib/proposals/input';
import { proposalByCode } from '@/lib/proposals/queries';
import { EvaluationForm } from './evaluation-form';

interface Props {
  params: Promise<{ code: string }>;
  searchParams: Promise<{ guardada?: string; registrada?: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, { code }] = await Promise.all([getTranslations('studio.evaluate'), params]);
  return { title: t('title', { code }) };
}

export default async function EvaluatePage({ params, searchParams }: Props) {
  await requirePermission('register-proposals');
  const [t, words, locale, { code }, done] = await Promise.all([
    getTranslations('studio.evaluate'),
    getTranslations('studio'),
    getLocale(),
    params,
    searchParams,
  ]);
  const proposal = await proposalByCode(code);
  if (!proposal) notFound();
  const { state, competence, reasonEs, costCents } = proposal;
  return (
    <>
      <PageHeader
        title={t('title', { code })}
        lead={pickText(locale, { es: proposal.titleEs, en: proposal.titleEn })}
        back={{ href: '/studio', label: t('back') }}
      >
        <a href={`/propuestas/${code}`}>{t('public')}</a>
      </PageHeader>
      {done.guardada ? (
        <Notice tone="success" role="status">
          {t('saved')}
        </Notice>
      ) : null}
      {done.registrada ? (
        <Notice tone="success" role="status">
          {words('new.saved', { code })}
        </Notice>
      ) : null}
      <EvaluationForm
        code={code}
        start={{
          verdict: VERDICTS.find((verdict) => verdict === state) ?? 'under-evaluation',
          competence: competence ?? 'municipal',
          cost: (costCents / 100).toString(),
          reasonEs: reasonEs ?? '',
        }}
        labels={{
          problem: words('errors.summary'),
          verdict: t('verdict'),
          verdicts: VERDICTS.map((value) => ({ value, label: t(`verdicts.${value}`) })),
          competence: t('competence'),
          competences: (['municipal', 'shared', 'national'] as const).map((value) => ({
            value,
            label: t(`competences.${value}`),
          })),
          cost: t('cost'),
          costHint: t('costHint'),
          reason: t('reason'),
          reasonHint: t('reasonHint'),
          save: t('save'),
        }}
      />
    </>
  );
}
