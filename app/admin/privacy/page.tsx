import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DateText } from '@/components/date';
import { ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { registry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { requirePermission } from '@/lib/auth/session';
import { requestsPage } from '@/lib/privacy/queries';
import { limaDay } from '@/lib/shared/lima';
import { pageOf, type PageSearch } from '@/lib/shared/page-number';
import { AnonymisationPlan, Incidents } from './parts';

const PER_PAGE = 25;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('privacy.staff');
  return { title: t('title') };
}

/** The duties of the law on personal data: what was asked, what happened, what will be erased. */
export default async function PrivacyAdminPage({
  searchParams,
}: {
  readonly searchParams: PageSearch;
}) {
  await requirePermission('answer-data-requests', 'record-incidents');
  const [t, query] = await Promise.all([getTranslations('privacy.staff'), searchParams]);
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <Requests page={pageOf(query)} />
      <Incidents />
      <AnonymisationPlan />
      <p>
        <ButtonLink href="/admin/privacy/register" variant="secondary">
          {t('register')}
        </ButtonLink>
      </p>
    </>
  );
}

async function Requests({ page }: { readonly page: number }) {
  const [t, kinds, { lines, total }, now] = await Promise.all([
    getTranslations('privacy.staff.requests'),
    getTranslations('privacy.mine.kinds'),
    requestsPage(registry(), { page, perPage: PER_PAGE }),
    databaseNow(registry()),
  ]);
  const today = limaDay(now);
  return (
    <Section title={t('title')} lead={t('lead')}>
      <p>
        <ButtonLink href="/admin/privacy/requests/new" variant="secondary">
          {t('take')}
        </ButtonLink>
      </p>
      {total === 0 ? (
        <p>{t('empty')}</p>
      ) : (
        <DataTable
          caption={t('title')}
          captionHidden
          dense
          head={[t('number'), t('kind'), t('filed'), t('due'), t('state')]}
          rows={lines.map((line) => [
            <a key="number" href={`/admin/privacy/requests/${line.id}`}>
              {line.number}
            </a>,
            kinds(line.kind),
            <DateText key="filed" value={line.filedAt} />,
            <DateText key="due" value={line.dueOn} />,
            line.outcome !== null ? (
              t('answered')
            ) : (
              <Tag key="state" tone={line.dueOn < today ? 'danger' : 'warning'}>
                {t(line.dueOn < today ? 'late' : 'waiting')}
              </Tag>
            ),
          ])}
        />
      )}
      <Pagination
        page={page}
        pages={Math.ceil(total / PER_PAGE)}
        href={(to) => `/admin/privacy?pagina=${to}`}
      />
    </Section>
  );
}
