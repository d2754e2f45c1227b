import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ContestResult } from '@/components/results/contest-result';
import { TurnoutResult } from '@/components/results/turnout-result';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/session';
import { explainContest } from '@/lib/results/explain';
import { districtPlaces, tallyForStaff } from '@/lib/results/queries';
import { isIdLike } from '@/lib/shared/page-number';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('results.preview');
  return { title: t('title') };
}

/** The count as it would be published, for whoever answers for publishing it. */
export default async function TallyPreviewPage({
  params,
}: {
  readonly params: Promise<{ readonly id: string }>;
}) {
  const actor = await requirePermission('see-unpublished-tally');
  const { id } = await params;
  const result = isIdLike(id) ? await tallyForStaff(actor, id) : null;
  if (!result) notFound();
  const [t, locale, places] = await Promise.all([
    getTranslations('results.preview'),
    getLocale(),
    districtPlaces(),
  ]);
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        back={{ href: `/admin/rounds/${id}`, label: t('back') }}
      />
      <Notice tone="warning">{t('secret')}</Notice>
      {result.contests.map((contest) => (
        <ContestResult
          key={contest.id}
          contest={contest}
          explanation={explainContest(contest, locale)}
          minGroup={result.minGroup}
        />
      ))}
      <TurnoutResult turnout={result.turnout} places={places} minGroup={result.minGroup} />
    </>
  );
}
