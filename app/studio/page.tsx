import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { formatCount } from '@/components/count';
import { Soles } from '@/components/money';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { DataTable } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { requirePermission } from '@/lib/auth/session';
import { currentCycle } from '@/lib/cycle/queries';
import { pickText } from '@/lib/i18n/text';
import { filtersOf } from '@/lib/proposals/input';
import { PUBLIC_STATES } from '@/lib/proposals/policy';
import { listProposals } from '@/lib/proposals/queries';

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('studio.list');
  return { title: t('title') };
}

export default async function StudioPage({ searchParams }: Props) {
  await requirePermission('register-proposals');
  const [t, states, locale, cycle, params] = await Promise.all([
    getTranslations('studio.list'),
    getTranslations('proposals.state'),
    getLocale(),
    currentCycle(),
    searchParams,
  ]);
  if (!cycle) return <Notice tone="info">{t('noCycle')}</Notice>;
  const filters = { ...filtersOf(params), cycleId: cycle.id };
  const { items, total, pages } = await listProposals(filters, filters.page);
  const address = (page: number) =>
    `/studio?${new URLSearchParams({ estado: filters.state ?? '', pagina: String(page) }).toString()}`;
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <form className="flex max-w-md flex-wrap items-end gap-4">
        <Select
          id="estado"
          name="estado"
          label={t('filter')}
          defaultValue={filters.state ?? ''}
          options={[
            { value: '', label: t('all') },
            ...PUBLIC_STATES.map((state) => ({ value: state, label: states(state) })),
          ]}
        />
        <div className="mb-6">
          <Button variant="secondary">{t('show')}</Button>
        </div>
      </form>
      {total === 0 ? (
        <Notice tone="info">{t('empty')}</Notice>
      ) : (
        <DataTable
          dense
          caption={t('caption', {
            count: total,
            countText: formatCount(total),
            cycle: pickText(locale, { es: cycle.nameEs, en: cycle.nameEn }),
          })}
          head={[t('head.code'), t('head.title'), t('head.scope'), t('head.cost'), t('head.state')]}
          numeric={[3]}
          rows={items.map((item) => [
            <a key="code" href={`/studio/${item.code}`} className="whitespace-nowrap">
              {item.code}
            </a>,
            pickText(locale, { es: item.titleEs, en: item.titleEn }),
            item.districtName ?? t('province'),
            <Soles key="cost" cents={item.costCents} />,
            <Tag key="state" tone="neutral">
              {states(item.state)}
            </Tag>,
          ])}
        />
      )}
      <Pagination page={filters.page} pages={pages} href={address} />
    </>
  );
}
