import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { DateText } from '@/components/date';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Tag } from '@/components/ui/tag';
import { pickText } from '@/lib/i18n/text';
import { listResults } from '@/lib/results/queries';
import { pageOf, type PageSearch } from '@/lib/shared/page-number';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('results');
  return { title: t('list.title'), description: t('list.lead') };
}

/** Every voting that has ended, the newest first, with what may be read of it. */
export default async function ResultsPage({ searchParams }: { searchParams: PageSearch }) {
  const page = pageOf(await searchParams);
  const [t, locale, { items, pages }] = await Promise.all([
    getTranslations('results'),
    getLocale(),
    listResults(page),
  ]);
  return (
    <>
      <PageHeader title={t('list.title')} lead={t('list.lead')} />
      {items.length === 0 ? <Notice tone="info">{t('list.empty')}</Notice> : null}
      <ul className="divide-line border-line divide-y border-y">
        {items.map((item) => (
          <li key={item.roundId} className="py-5">
            <h2 className="text-2xl">
              <a href={`/resultados/${item.roundId}`}>
                {pickText(locale, { es: item.nameEs, en: item.nameEn })}
              </a>
            </h2>
            <p className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
              <Tag tone={item.state === 'published' ? 'success' : 'neutral'}>
                {t(`list.state.${item.state}`)}
              </Tag>
              <span>{t('list.fiscalYear', { year: item.fiscalYear.toString() })}</span>
              <span>
                {t.rich('list.closed', { date: () => <DateText value={item.closedAt} /> })}
              </span>
            </p>
          </li>
        ))}
      </ul>
      <Pagination page={page} pages={pages} href={(to) => `/resultados?pagina=${to.toString()}`} />
    </>
  );
}
