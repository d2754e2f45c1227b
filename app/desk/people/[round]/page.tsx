import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { lookUpReceipt, type LookUp } from '@/components/booth/look-up';
import { RefreshWhile } from '@/components/refresh-while';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { requireStaff } from '@/lib/auth/session';
import { visitsToday } from '@/lib/credentials/desk-queries';
import { webEnv } from '@/lib/env';
import { pickText } from '@/lib/i18n/text';
import { roundById } from '@/lib/rounds/queries';
import { isIdLike, type PageSearch } from '@/lib/shared/page-number';
import { findPerson } from '../../actions';
import { visitPage } from '../../addresses';
import { deskProblem } from '../../problems';

interface Props {
  readonly params: Promise<{ readonly round: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('desk.people');
  return { title: t('title') };
}

/** The officer's screen while a queue waits: look up, who is at which kiosk, check a receipt. */
export default async function PeoplePage({ params, searchParams }: Props) {
  await requireStaff('officer');
  const { round: id } = await params;
  const round = isIdLike(id) ? await roundById(registry(), id) : null;
  if (round === null || round.state === 'draft' || round.state === 'opening') notFound();
  const [t, problems, common, locale, query, visits] = await Promise.all([
    getTranslations('desk.people'),
    getTranslations('desk.problem'),
    getTranslations('common'),
    getLocale(),
    searchParams,
    visitsToday(registry(), round.id),
  ]);
  const problem = deskProblem(query['problema']);
  const error = problem === null ? undefined : problems(problem);
  const typed = query['codigo'];
  const code = typeof typed === 'string' ? typed.slice(0, 60) : null;
  const boxUrl = new URL(webEnv().MINKA_BALLOT_BOX_URL).origin;
  const found = code === null ? null : await lookUpReceipt(boxUrl, round.id, code);
  return (
    <>
      {error === undefined ? null : (
        <ErrorSummary title={common('problem')} errors={[{ href: '#dni', message: error }]} />
      )}
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        eyebrow={pickText(locale, { es: round.nameEs, en: round.nameEn })}
        back={{ href: '/desk', label: t('back') }}
      />
      <form action={findPerson.bind(null, round.id)} className="mb-10">
        <TextInput
          id="dni"
          name="dni"
          label={t('dni')}
          error={error}
          width="short"
          className="text-2xl tabular-nums"
          inputMode="numeric"
          autoComplete="off"
          maxLength={40}
          autoFocus
        />
        <Button>{t('find')}</Button>
      </form>
      <Visits visits={visits} />
      <Section title={t('receiptTitle')} lead={t('receiptHow')} id="comprobante">
        <form method="get" action="#comprobante" className="max-w-(--container-text)">
          <TextInput
            id="codigo"
            name="codigo"
            label={t('code')}
            hint={t('codeHint')}
            error={found?.kind === 'unreadable' ? t('unreadable') : undefined}
            defaultValue={code ?? ''}
            width="half"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={60}
          />
          <Button variant="secondary">{t('check')}</Button>
        </form>
        <div role="status" className="mt-6">
          <ReceiptAnswer found={found} />
        </div>
      </Section>
    </>
  );
}

async function Visits({ visits }: { readonly visits: Awaited<ReturnType<typeof visitsToday>> }) {
  const [t, states] = await Promise.all([
    getTranslations('desk.people'),
    getTranslations('desk.visitState'),
  ]);
  const isGoing = visits.some(({ state }) => state === 'waiting' || state === 'voting');
  return (
    <Section title={t('visitsTitle')}>
      <RefreshWhile active={isGoing} />
      {visits.length === 0 ? (
        <p>{t('visitsEmpty')}</p>
      ) : (
        <DataTable
          dense
          captionHidden
          caption={t('visitsCaption')}
          head={[t('head.person'), t('head.kiosk'), t('head.state')]}
          rows={visits.map((visit) => [
            <a key="person" href={visitPage(visit.id)}>
              {t('dniEnds', { digits: visit.dniLastTwo })}
            </a>,
            visit.kioskName,
            states(visit.state),
          ])}
        />
      )}
      <p className="text-ink-soft">{t('never')}</p>
    </Section>
  );
}

async function ReceiptAnswer({ found }: { readonly found: LookUp | null }) {
  const t = await getTranslations('desk.people');
  switch (found?.kind) {
    case undefined:
    case 'unreadable':
      return null;
    case 'recorded':
      return <Notice tone="success" title={t('recorded')} />;
    case 'missing':
      return (
        <Notice tone="danger" title={t('missing')}>
          <p>{t('missingDo')}</p>
        </Notice>
      );
    case 'away':
      return <Notice tone="warning" title={t('away')} />;
  }
}
