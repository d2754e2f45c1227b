import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { formatCount } from '@/components/count';
import { ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { publicAgents } from '@/lib/agents/queries';
import { currentCycle } from '@/lib/cycle/queries';
import { pickText } from '@/lib/i18n/text';
import { rollKeys } from '@/lib/roll/keys';
import { pageOf, type PageSearch } from '@/lib/shared/page-number';

const PER_PAGE = 50;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('agents.list');
  return { title: t('title') };
}

/** Who takes part for which organisation: without DNI. */
export default async function AgentsPage({ searchParams }: { readonly searchParams: PageSearch }) {
  const [t, kinds, locale, cycle, query] = await Promise.all([
    getTranslations('agents.list'),
    getTranslations('agents.kinds'),
    getLocale(),
    currentCycle(),
    searchParams,
  ]);
  if (cycle === null) return <PageHeader title={t('title')} lead={t('noCycle')} />;
  const page = pageOf(query);
  const { agents, total } = await publicAgents(registry(), rollKeys(), cycle.id, {
    page,
    perPage: PER_PAGE,
  });
  return (
    <>
      <PageHeader
        title={t('title')}
        eyebrow={pickText(locale, { es: cycle.nameEs, en: cycle.nameEn })}
        lead={t('lead')}
      />
      {agents.length === 0 ? (
        <p className="mb-6">{t('empty')}</p>
      ) : (
        <DataTable
          caption={t('count', { total, totalText: formatCount(total) })}
          head={[t('name'), t('organisation'), t('kind'), t('district')]}
          rows={agents.map((agent) => [
            agent.name,
            agent.organisation,
            kinds(agent.organisationKind),
            agent.districtName,
          ])}
        />
      )}
      <Pagination
        page={page}
        pages={Math.ceil(total / PER_PAGE)}
        href={(to) => `/agentes?pagina=${to}`}
      />
      <p className="mt-6 flex flex-wrap gap-4">
        <ButtonLink href="/agentes/registro">{t('register')}</ButtonLink>
        {total === 0 ? null : (
          <ButtonLink href="/agentes/lista.csv" variant="secondary">
            {t('download')}
          </ButtonLink>
        )}
      </p>
    </>
  );
}
