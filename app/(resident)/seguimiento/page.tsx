import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { followedProposals, followedYears, followUpTotals } from '@/lib/follow-up/queries';
import { pageOf, type PageSearch } from '@/lib/shared/page-number';
import { FollowedItem } from './followed-item';
import { Totals } from './totals';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('followup');
  return { title: t('title'), description: t('lead') };
}

function yearOf(text: string | string[] | undefined): number | null {
  return typeof text === 'string' && /^\d{4}$/.test(text) ? Number(text) : null;
}

/** What became of what was voted: stage, money spent against money allocated, delays and why. */
export default async function FollowUpPage({ searchParams }: { searchParams: PageSearch }) {
  const search = await searchParams;
  const fiscalYear = yearOf(search['anio']);
  const page = pageOf(search);
  const [t, years, totals, { items, pages }] = await Promise.all([
    getTranslations('followup'),
    followedYears(),
    followUpTotals(fiscalYear),
    followedProposals({ fiscalYear, page }),
  ]);
  const address = (year: number | null, to = 1): string => {
    const query = new URLSearchParams({
      ...(year === null ? {} : { anio: year.toString() }),
      ...(to > 1 ? { pagina: to.toString() } : {}),
    }).toString();
    return query === '' ? '/seguimiento' : `/seguimiento?${query}`;
  };
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      {years.length > 1 ? (
        <nav aria-label={t('years')} className="mb-8">
          <ul className="flex flex-wrap gap-x-6">
            {[null, ...years].map((year) => (
              <li key={year ?? 'all'}>
                <a
                  href={address(year)}
                  aria-current={year === fiscalYear ? 'page' : undefined}
                  className="inline-flex min-h-12 items-center aria-[current]:font-semibold"
                >
                  {year === null ? t('allYears') : t('year', { year: year.toString() })}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
      {totals.proposals === 0 ? (
        <Notice tone="info">{t('empty')}</Notice>
      ) : (
        <>
          <Totals totals={totals} />
          <ul className="border-line divide-line divide-y border-y">
            {items.map((item) => (
              <FollowedItem key={item.code} item={item} />
            ))}
          </ul>
        </>
      )}
      <Pagination page={page} pages={pages} href={(to) => address(fiscalYear, to)} />
    </>
  );
}
