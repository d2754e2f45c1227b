import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { RefreshWhile } from '@/components/refresh-while';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { visitsToday } from '@/lib/credentials/desk-queries';
import { openShiftOf } from '@/lib/desk/shift-queries';
import { pickText } from '@/lib/i18n/text';
import { roundById } from '@/lib/rounds/queries';
import { isIdLike, pageOf, type PageSearch } from '@/lib/shared/page-number';
import { findPerson } from '../../actions';
import { shiftPage, shiftsPage, visitPage } from '../../addresses';
import { Key } from '../../key';
import { deskProblem } from '../../problems';
import { QueueAnswer, WaitingQueue } from '../../queue';
import { ReceiptCheck } from '../../receipt-check';

interface Props {
  readonly params: Promise<{ readonly round: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('desk.people');
  return { title: t('title') };
}

/** The officer's screen: look up, the queue, who is at which kiosk, a receipt to check. */
export default async function PeoplePage({ params, searchParams }: Props) {
  const actor = await requirePermission('serve-at-desk');
  const { round: id } = await params;
  const db = registry();
  const round = isIdLike(id) ? await roundById(db, id) : null;
  if (round === null || round.state === 'draft' || round.state === 'opening') notFound();
  const [t, problems, common, locale, query, visits, shift] = await Promise.all([
    getTranslations('desk.people'),
    getTranslations('desk.problem'),
    getTranslations('common'),
    getLocale(),
    searchParams,
    visitsToday(db, round.id),
    openShiftOf(db, actor.id),
  ]);
  const problem = deskProblem(query['problema']);
  const error = problem === null ? undefined : problems(problem);
  return (
    <>
      {error === undefined ? null : (
        <ErrorSummary
          title={common('problem')}
          errors={[{ href: problem === 'nobody-waiting' ? '#cola' : '#dni', message: error }]}
        />
      )}
      <PageHeader
        title={t('title')}
        lead={
          shift === null
            ? t('lead')
            : t.rich('leadShift', {
                place: shift.placeName,
                device: shift.device,
                link: (chunks) => <a href={shiftPage(shift.id)}>{chunks}</a>,
              })
        }
        eyebrow={pickText(locale, { es: round.nameEs, en: round.nameEn })}
        back={{ href: '/desk', label: t('back') }}
      />
      {shift === null ? (
        <Notice tone="warning" title={t('noShift')}>
          <a href={shiftsPage()}>{t('openShift')}</a>
        </Notice>
      ) : null}
      <QueueAnswer roundId={round.id} query={query} />
      <div className="grid gap-x-12 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
        <section className="mb-10">
          <form action={findPerson.bind(null, round.id)}>
            <TextInput
              id="dni"
              name="dni"
              label={
                <>
                  {t('dni')}
                  <Key letter="B" />
                </>
              }
              hint={t('dniHint')}
              error={problem === 'nobody-waiting' ? undefined : error}
              className="text-2xl tabular-nums"
              inputMode="numeric"
              autoComplete="off"
              accessKey="b"
              maxLength={300}
              autoFocus
            />
            <Button>{t('find')}</Button>
          </form>
          <p className="mt-4 text-base">{t('keys')}</p>
        </section>
        {shift === null ? null : (
          <WaitingQueue
            roundId={round.id}
            placeId={shift.placeId}
            officerId={actor.id}
            page={pageOf(query)}
          />
        )}
      </div>
      <Visits visits={visits} />
      <ReceiptCheck roundId={round.id} typed={query['codigo']} />
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
