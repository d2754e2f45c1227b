import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DateTime } from '@/components/date';
import { Notice } from '@/components/ui/notice';
import { Pagination } from '@/components/ui/pagination';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { registry } from '@/db/registry/client';
import { approvalsPage } from '@/lib/auth/people';
import { requireStaff } from '@/lib/auth/session';
import { pageOf, type PageSearch } from '@/lib/shared/page-number';
import { DecideForm } from './decide-form';

const PER_PAGE = 10;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('staff.approvals');
  return { title: t('title') };
}

/** What waits for a second person, and what was decided. */
export default async function ApprovalsPage({
  searchParams,
}: {
  readonly searchParams: PageSearch;
}) {
  const actor = await requireStaff('administrator');
  const page = pageOf(await searchParams);
  const [t, { approvals, total }] = await Promise.all([
    getTranslations('staff.approvals'),
    approvalsPage(registry(), { page, perPage: PER_PAGE }),
  ]);
  const words = {
    approve: t('approve'),
    decline: t('decline'),
    linkTitle: t('linkTitle'),
    linkHow: t('linkHow'),
  };
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      {approvals.length === 0 ? <Notice tone="info">{t('empty')}</Notice> : null}
      {approvals.map((approval) => (
        <Section
          key={approval.id}
          title={t('recovery', { name: approval.subjectName ?? approval.subject })}
        >
          <p className="max-w-(--container-text)">
            {t('asked', { by: approval.requestedBy })} <DateTime value={approval.requestedAt} />
          </p>
          <p className="my-3 max-w-(--container-text)">
            <strong>{t('reason')}:</strong> {approval.reason}
          </p>
          {approval.decision !== null ? (
            <p>{t(`decided.${approval.decision}`, { by: approval.decidedBy ?? '' })}</p>
          ) : approval.requestedBy === actor.id || approval.subject === actor.id ? (
            <Notice tone="info">{t('another')}</Notice>
          ) : (
            <DecideForm id={approval.id} words={words} />
          )}
        </Section>
      ))}
      <Pagination
        page={page}
        pages={Math.ceil(total / PER_PAGE)}
        href={(to) => `/admin/approvals?pagina=${to}`}
      />
    </>
  );
}
