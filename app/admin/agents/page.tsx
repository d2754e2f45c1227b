import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { DateText } from '@/components/date';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { agentsPage } from '@/lib/agents/queries';
import { requirePermission } from '@/lib/auth/session';
import { currentCycle } from '@/lib/cycle/queries';
import { pickText } from '@/lib/i18n/text';
import { pageOf, type PageSearch } from '@/lib/shared/page-number';
import { normaliseNumber } from '@/lib/shared/reference-number';

const PER_PAGE = 25;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('agents.staff');
  return { title: t('title') };
}

/** Registrations of agents, those that wait first. */
export default async function AgentsAdminPage({
  searchParams,
}: {
  readonly searchParams: PageSearch;
}) {
  await requirePermission('accredit-agents');
  const [t, locale, cycle, query] = await Promise.all([
    getTranslations('agents.staff'),
    getLocale(),
    currentCycle(),
    searchParams,
  ]);
  if (cycle === null) return <PageHeader title={t('title')} lead={t('noCycle')} />;
  const page = pageOf(query);
  const { lines, total } = await agentsPage(registry(), cycle.id, { page, perPage: PER_PAGE });
  const number = typeof query['numero'] === 'string' ? normaliseNumber(query['numero']) : null;
  return (
    <>
      <PageHeader
        title={t('title')}
        eyebrow={pickText(locale, { es: cycle.nameEs, en: cycle.nameEn })}
        lead={t('lead')}
      />
      {number === null ? null : (
        <Notice tone="success" role="status" title={t('taken')}>
          {number}
        </Notice>
      )}
      {total === 0 ? (
        <p className="mb-6">{t('empty')}</p>
      ) : (
        <DataTable
          caption={t('title')}
          captionHidden
          dense
          head={[t('number'), t('organisation'), t('district'), t('submitted'), t('state')]}
          rows={lines.map((line) => [
            <a key="number" href={`/admin/agents/${line.id}`}>
              {line.number}
            </a>,
            line.organisation,
            line.districtName,
            <DateText key="submitted" value={line.submittedAt} />,
            t(`states.${line.state}`),
          ])}
        />
      )}
      <Pagination
        page={page}
        pages={Math.ceil(total / PER_PAGE)}
        href={(to) => `/admin/agents?pagina=${to}`}
      />
      <p className="mt-6">
        <ButtonLink href="/admin/agents/new" variant="secondary">
          {t('take')}
        </ButtonLink>
      </p>
    </>
  );
}
