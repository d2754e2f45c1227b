import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { DateText } from '@/components/date';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/session';
import { councilBrief } from '@/lib/council/queries';
import { pickText } from '@/lib/i18n/text';
import { explainContest } from '@/lib/results/explain';
import { districtPlaces } from '@/lib/results/queries';
import { FirstFive } from './_brief/first-five';
import { LeftOut } from './_brief/left-out';
import { MoneyByDimension } from './_brief/money-by-dimension';
import { Participation } from './_brief/participation';
import { Today } from './_brief/today';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('council');
  return { title: t('title') };
}

/** Everything on one A4: the same words, set smaller and closer together on paper. */
const ONE_SHEET = [
  'print:leading-tight print:[zoom:0.7]',
  'print:[&_header]:mb-2 print:[&_header>div]:mt-1 print:[&_h1]:text-2xl',
  'print:[&_section]:mb-3 print:[&_section>h2]:mb-1 print:[&_section>h2]:text-xl print:[&_section>p]:mb-1',
  'print:[&_li_p]:leading-tight print:[&_section>p]:max-w-none print:[&_[role=region]]:mb-0',
  'print:[&_ul]:mb-1 print:[&_li]:mt-1 print:[&_table]:leading-tight print:[&_td]:py-0.5 print:[&_th]:py-0.5',
].join(' ');

/** One A4 for a meeting: what to approve, who took part, what came first, what was left out. */
export default async function CouncilPage() {
  await requirePermission('decide-priorities');
  const [t, locale, brief, places] = await Promise.all([
    getTranslations('council'),
    getLocale(),
    councilBrief(),
    districtPlaces(),
  ]);
  if (!brief) {
    return (
      <>
        <PageHeader title={t('title')} />
        <Notice tone="info">{t('empty')}</Notice>
      </>
    );
  }
  const { published, previous, priorities } = brief;
  const { result } = published;
  const ranking = result.contests.find((contest) => contest.kind === 'rank');
  const contests = result.contests.filter((contest) => contest.kind === 'allocate');
  return (
    <div className={ONE_SHEET}>
      <PageHeader
        title={t('title')}
        eyebrow={pickText(locale, { es: brief.nameEs, en: brief.nameEn })}
        lead={
          <>
            {t.rich('published', { date: () => <DateText value={published.publishedAt} /> })}{' '}
            <a href={`/resultados/${published.roundId}`}>{t('full')}</a>
          </>
        }
      />
      <Today view={priorities} roundId={published.roundId} />
      <div className="grid gap-x-10 lg:grid-cols-2 print:grid-cols-2 print:gap-x-6">
        {ranking ? <FirstFive contest={ranking} /> : null}
        <MoneyByDimension
          spent={result.spent}
          year={result.fiscalYear}
          before={previous && { year: previous.fiscalYear, spent: previous.result.result.spent }}
        />
      </div>
      <Participation turnout={result.turnout} places={places} minGroup={result.minGroup} />
      <LeftOut
        contests={contests.map((contest) => ({
          contest,
          explanation: explainContest(contest, locale),
        }))}
        roundId={published.roundId}
      />
    </div>
  );
}
