import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { RefreshWhile } from '@/components/refresh-while';
import { Button, ButtonLink } from '@/components/ui/button';
import { ConfirmForm } from '@/components/ui/confirm-form';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { CODE_MINUTES } from '@/lib/credentials/desk';
import { visitById, type VisitDetail } from '@/lib/credentials/desk-queries';
import { visitCode } from '@/lib/credentials/visit-code';
import { webEnv } from '@/lib/env';
import type { PageSearch } from '@/lib/shared/page-number';
import { callVisitAgain, endThisVisit } from '../../actions';
import { peoplePage } from '../../addresses';
import { Key } from '../../key';
import { deskProblem } from '../../problems';

interface Props {
  readonly params: Promise<{ readonly visit: string }>;
  readonly searchParams: PageSearch;
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('desk.people');
  return { title: t('visitsTitle') };
}

/** One person at one kiosk: the code that opens it, then only whether it is done. */
export default async function VisitPage({ params, searchParams }: Props) {
  await requirePermission('serve-at-desk');
  const { visit: id } = await params;
  const visit = UUID.test(id) ? await visitById(registry(), id) : null;
  if (visit === null) notFound();
  const [t, problems, common, query] = await Promise.all([
    getTranslations('desk.visit'),
    getTranslations('desk.problem'),
    getTranslations('common'),
    searchParams,
  ]);
  const problem = deskProblem(query['problema']);
  const isGoing = visit.state !== 'voted' && visit.state !== 'left';
  return (
    <>
      {problem === null ? null : (
        <ErrorSummary
          title={common('problem')}
          errors={[{ href: '#contenido', message: problems(problem) }]}
        />
      )}
      <PageHeader
        title={t('title', { kiosk: visit.kioskName, digits: visit.dniLastTwo })}
        back={{ href: peoplePage(visit.roundId), label: common('back') }}
      />
      <RefreshWhile active={isGoing} />
      <State visit={visit} />
      <p className="mb-8">
        <ButtonLink
          href={peoplePage(visit.roundId)}
          variant={isGoing ? 'secondary' : 'primary'}
          accessKey="n"
        >
          {t('next')}
          <Key letter="N" />
        </ButtonLink>
      </p>
      {isGoing ? (
        <Section title={t('endTitle')}>
          <ConfirmForm
            action={endThisVisit.bind(null, visit.id)}
            sentence={t(visit.isActivated ? 'endActivated' : 'end')}
            reason={{ label: t('reason') }}
            submit={t('endSubmit')}
          />
        </Section>
      ) : null}
    </>
  );
}

async function State({ visit }: { readonly visit: VisitDetail }) {
  const t = await getTranslations('desk.visit');
  switch (visit.state) {
    case 'waiting':
    case 'paused':
      return visit.codeHolds ? <Code visit={visit} /> : <Again visit={visit} title="expired" />;
    case 'voting':
      return (
        <>
          <Notice tone="info" role="status" title={t('voting')}>
            <p>{t('votingWhy')}</p>
          </Notice>
          <Again visit={visit} />
        </>
      );
    case 'voted':
    case 'left':
      return (
        <Notice
          tone={visit.state === 'voted' ? 'success' : 'warning'}
          role="status"
          title={t(visit.state)}
        >
          <p>{t(`${visit.state}Why`)}</p>
        </Notice>
      );
  }
}

async function Code({ visit }: { readonly visit: VisitDetail }) {
  const t = await getTranslations('desk.visit');
  const code = visitCode(webEnv().MINKA_SESSION_SECRET, visit.id, visit.codeTurn);
  return (
    <Notice tone="success" role="status" title={t('codeTitle')}>
      <p data-testid="visit-code" className="my-2 text-4xl font-bold tracking-wide tabular-nums">
        {code.slice(0, 3)} {code.slice(3)}
      </p>
      <p>{t('codeHow', { kiosk: visit.kioskName, minutes: String(CODE_MINUTES) })}</p>
    </Notice>
  );
}

async function Again({
  visit,
  title,
}: {
  readonly visit: VisitDetail;
  readonly title?: 'expired';
}) {
  const [t, states] = await Promise.all([
    getTranslations('desk.visit'),
    getTranslations('desk.visitState'),
  ]);
  return (
    <>
      {title === undefined ? null : (
        <Notice tone="warning" title={visit.state === 'paused' ? states('paused') : t(title)} />
      )}
      <form action={callVisitAgain.bind(null, visit.id)} className="mb-6">
        <Button variant={title === undefined ? 'secondary' : 'primary'}>{t('again')}</Button>
      </form>
    </>
  );
}
