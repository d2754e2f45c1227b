import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DateTime } from '@/components/date';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { pageOf, type PageSearch } from '@/lib/shared/page-number';
import { tabletsPage } from '@/lib/tablets/queries';

const PER_PAGE = 20;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('tablet.list');
  return { title: t('title') };
}

/** Tablets for halls without a network: which are out, which are back. */
export default async function TabletsPage({ searchParams }: { readonly searchParams: PageSearch }) {
  await requirePermission('handle-tablets');
  const page = pageOf(await searchParams);
  const [t, { tablets, total }] = await Promise.all([
    getTranslations('tablet.list'),
    tabletsPage(registry(), { page, perPage: PER_PAGE }),
  ]);
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        <p className="mt-4">
          <ButtonLink href="/desk/tablets/new">{t('new')}</ButtonLink>
        </p>
      </PageHeader>
      {tablets.length === 0 ? (
        <Notice tone="info">{t('empty')}</Notice>
      ) : (
        <DataTable
          caption={t('caption')}
          head={[t('id'), t('place'), t('state'), t('residents'), t('voted'), t('created')]}
          numeric={[3, 4]}
          rows={tablets.map((tablet) => [
            <a key="id" href={`/desk/tablets/${tablet.id}`}>
              {tablet.id}
            </a>,
            tablet.place,
            t(`states.${tablet.state}`),
            String(tablet.residents),
            tablet.checkIns === null ? t('unknown') : String(tablet.checkIns),
            <DateTime key="created" value={tablet.createdAt} />,
          ])}
        />
      )}
      <Pagination
        page={page}
        pages={Math.ceil(total / PER_PAGE)}
        href={(to) => `/desk/tablets?pagina=${to}`}
      />
      <Section title={t('howTitle')}>
        <ol className="max-w-(--container-text) list-decimal space-y-2 pl-6">
          {(['prepare', 'load', 'vote', 'close', 'bring'] as const).map((step) => (
            <li key={step}>{t(`how.${step}`)}</li>
          ))}
        </ol>
      </Section>
    </>
  );
}
