import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { formatCount } from '@/components/count';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { registry } from '@/db/registry/client';
import { currentCycle, envelopesOf, listCycles } from '@/lib/cycle/queries';
import { addressOf, filtersOf } from '@/lib/proposals/input';
import { listProposals } from '@/lib/proposals/queries';
import { Filters } from './_parts/filters';
import { ProposalList } from './_parts/proposal-list';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('proposals');
  return { title: t('title') };
}

export default async function ProposalsPage({
  searchParams,
}: {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { page, ...asked } = filtersOf(await searchParams);
  const db = registry();
  const [t, cycles, current] = await Promise.all([
    getTranslations('proposals'),
    listCycles(db),
    currentCycle(db),
  ]);
  const cycle = cycles.find((each) => each.id === asked.cycleId) ?? current ?? cycles[0] ?? null;
  const filters = { ...asked, cycleId: cycle?.id ?? null };
  const [{ items, total, pages }, envelopes] = await Promise.all([
    listProposals(filters, page, db),
    cycle ? envelopesOf(cycle.id, db) : [],
  ]);
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        eyebrow={cycle ? t('eyebrow', { year: String(cycle.fiscalYear) }) : undefined}
      />
      <Filters filters={filters} cycles={cycles} envelopes={envelopes} />
      <h2 className="mb-3 text-2xl">{t('found', { total, totalText: formatCount(total) })}</h2>
      <ProposalList proposals={items} />
      <Pagination page={page} pages={pages} href={(to) => addressOf(filters, to)} />
    </>
  );
}
