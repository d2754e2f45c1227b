import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { DateTime } from '@/components/date';
import { Notice } from '@/components/ui/notice';
import { Pagination } from '@/components/ui/pagination';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { registry } from '@/db/registry/client';
import type { ApprovalValues } from '@/lib/approvals/kind';
import { approvalsPage, type ApprovalLine } from '@/lib/approvals/queries';
import type { StaffActor } from '@/lib/auth/actor';
import { may } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/session';
import { pageOf, type PageSearch } from '@/lib/shared/page-number';
import { FreshGate } from '../../cuenta/fresh-gate';
import { DecideForm, WithdrawForm } from './decide-form';

const PER_PAGE = 10;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('approvals');
  return { title: t('title') };
}

/** What waits for a second person, and what was decided. */
export default async function ApprovalsPage({
  searchParams,
}: {
  readonly searchParams: PageSearch;
}) {
  const actor = await requirePermission('see-approvals', 'withdraw-requests');
  // An officer asks for acts of two people and decides none: what others asked is not shown to her.
  const askedBy = may(actor, 'see-approvals') ? undefined : actor.id;
  const page = pageOf(await searchParams);
  const [t, { approvals, total }] = await Promise.all([
    getTranslations('approvals'),
    approvalsPage(registry(), { page, perPage: PER_PAGE, askedBy }),
  ]);
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      {may(actor, 'decide-approvals') ? null : (
        <Notice tone="info">{t(askedBy === undefined ? 'readOnly' : 'own')}</Notice>
      )}
      {approvals.length === 0 ? <Notice tone="info">{t('empty')}</Notice> : null}
      {approvals.map((approval) => (
        <Approval key={approval.id} approval={approval} actor={actor} />
      ))}
      <Pagination
        page={page}
        pages={Math.ceil(total / PER_PAGE)}
        href={(to) => `/admin/approvals?pagina=${to}`}
      />
    </>
  );
}

async function Approval({
  approval,
  actor,
}: {
  readonly approval: ApprovalLine;
  readonly actor: StaffActor;
}) {
  const [t, locale, roles] = await Promise.all([
    getTranslations('approvals'),
    getLocale(),
    getTranslations('staff.roles'),
  ]);
  const nameOfRole = (role: string) => (roles.has(role) ? roles(role) : role);
  const values = approval.values && inLanguage(approval.values, locale, nameOfRole);
  const known = values !== null && t.has(`kinds.${approval.kind}.title`);
  const words = known ? `kinds.${approval.kind}` : 'unknown';
  const href = typeof values?.['href'] === 'string' ? values['href'] : null;
  return (
    <Section title={t(`${words}.title`, values ?? {})}>
      <div className="max-w-(--container-text) space-y-3">
        <p className="break-words">{t(`${words}.what`, values ?? {})}</p>
        {href?.startsWith('/') === true && may(actor, 'decide-approvals') ? (
          <p>
            <a href={href}>{t('see')}</a>
          </p>
        ) : null}
        <p>
          {t('asked', { by: approval.requestedByName })} <DateTime value={approval.requestedAt} />
        </p>
        <p className="break-words">
          <strong>{t('reason')}:</strong> {approval.reason}
        </p>
        {approval.decision === null ? (
          <p>
            {t('until')} <DateTime value={approval.expiresAt} />
          </p>
        ) : (
          <p>
            {t(`decided.${approval.decision}`, { by: approval.decidedByName ?? '' })}{' '}
            {approval.decidedAt === null ? null : <DateTime value={approval.decidedAt} />}
          </p>
        )}
        {approval.decision === null && mayAct(approval, actor) ? (
          <Decision approval={approval} actor={actor} />
        ) : null}
      </div>
    </Section>
  );
}

/** Administrators decide, and whoever asked may withdraw. */
const mayAct = (approval: ApprovalLine, actor: StaffActor): boolean =>
  may(actor, 'decide-approvals') || approval.requestedBy === actor.id;

/**
 * A kind says a name as `round` and, where there is one, in English as `roundEn`; roles as their
 * names in the code with a space between them.
 */
function inLanguage(
  { roles, ...values }: ApprovalValues,
  locale: string,
  nameOfRole: (role: string) => string,
): ApprovalValues {
  const english = Object.entries(values).filter(([name]) => name.endsWith('En'));
  return {
    ...values,
    ...(typeof roles === 'string' ? { roles: roles.split(' ').map(nameOfRole).join(', ') } : {}),
    ...(locale === 'en'
      ? Object.fromEntries(english.map(([name, value]) => [name.slice(0, -2), value]))
      : {}),
  };
}

async function Decision({
  approval,
  actor,
}: {
  readonly approval: ApprovalLine;
  readonly actor: StaffActor;
}) {
  const t = await getTranslations('approvals');
  const link = { linkTitle: t('linkTitle'), linkHow: t('linkHow') };
  if (approval.requestedBy === actor.id) {
    return (
      <>
        <Notice tone="info">{t('another')}</Notice>
        <WithdrawForm id={approval.id} words={{ withdraw: t('withdraw'), ...link }} />
      </>
    );
  }
  if (approval.isAbout(actor.id)) return <Notice tone="info">{t('another')}</Notice>;
  return (
    <FreshGate>
      <DecideForm
        id={approval.id}
        words={{ approve: t('approve'), decline: t('decline'), ...link }}
      />
    </FreshGate>
  );
}
