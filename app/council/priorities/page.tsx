import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DateText } from '@/components/date';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { DataTable } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { requirePermission } from '@/lib/auth/session';
import { listPriorityProposals } from '@/lib/priorities/queries';
import { pageOf, type PageSearch } from '@/lib/shared/page-number';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('council.list');
  return { title: t('title') };
}

/** Every proposal of priorities laid before the council, the newest first. */
export default async function CouncilPrioritiesPage({
  searchParams,
}: {
  searchParams: PageSearch;
}) {
  await requirePermission('decide-priorities');
  const page = pageOf(await searchParams);
  const [t, { items, pages }] = await Promise.all([
    getTranslations('council.list'),
    listPriorityProposals(page),
  ]);
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      {items.length === 0 ? (
        <Notice tone="info">{t('empty')}</Notice>
      ) : (
        <DataTable
          caption={t('title')}
          captionHidden
          head={[t('proposal'), t('created'), t('state')]}
          rows={items.map((item) => [
            <a key="link" href={`/council/priorities/${item.id}`}>
              {t('for', { year: item.fiscalYear.toString() })}
            </a>,
            <DateText key="date" value={item.createdAt} />,
            item.adoptedAt ? (
              <Tag key="state" tone="success">
                {t('adopted')}
              </Tag>
            ) : (
              <Tag key="state" tone={item.superseded ? 'neutral' : 'warning'}>
                {item.superseded ? t('superseded') : t('pending')}
              </Tag>
            ),
          ])}
        />
      )}
      <Pagination
        page={page}
        pages={pages}
        href={(to) => `/council/priorities?pagina=${to.toString()}`}
      />
    </>
  );
}
