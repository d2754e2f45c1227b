import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { DateTime } from '@/components/date';
import { RefreshWhile } from '@/components/refresh-while';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Progress } from '@/components/ui/progress';
import { Section } from '@/components/ui/section';
import { registry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { requirePermission } from '@/lib/auth/session';
import { pickText } from '@/lib/i18n/text';
import { roundById } from '@/lib/rounds/queries';
import { STATES_WITH_WORK } from '@/lib/rounds/rules';
import { isJobNote, type RoundDetail } from '@/lib/rounds/types';
import { isIdLike, pageOf, type PageSearch, type SearchParams } from '@/lib/shared/page-number';
import { RoundAlarm } from '../../alarms';
import { RoundState } from '../../round-state';
import { RoundActs } from './acts';
import { RoundAudit } from './audit';
import { RoundContests } from './contests';
import { RoundTurnout } from './turnout';

interface Props {
  readonly params: Promise<{ id: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata(): Promise<Metadata> {
  const meta = await getTranslations('admin');
  return { title: meta('round.title') };
}

/** One round: how it stands, what can be done now, who took part, who did what. */
export default async function AdminRoundPage({ params, searchParams }: Props) {
  await requirePermission('manage-rounds');
  const { id } = await params;
  const round = isIdLike(id) ? await roundById(registry(), id) : null;
  if (round === null) notFound();
  const [t, locale, query, now] = await Promise.all([
    getTranslations('admin.round'),
    getLocale(),
    searchParams,
    databaseNow(registry()),
  ]);
  const isWorking = (STATES_WITH_WORK as readonly string[]).includes(round.state);
  return (
    <>
      <PageHeader
        title={pickText(locale, { es: round.nameEs, en: round.nameEn })}
        back={{ href: '/admin/rounds', label: t('back') }}
      >
        <RoundState state={round.state} />
      </PageHeader>
      <Outcome query={query} />
      <RoundAlarm round={round} />
      <Work round={round} isWorking={isWorking} />
      <RefreshWhile active={isWorking || (round.state === 'open' && now >= round.closesAt)} />
      <Facts round={round} />
      <RoundActs round={round} isEarly={now < round.closesAt} />
      <RoundContests round={round} />
      <RoundTurnout round={round} />
      <RoundAudit roundId={round.id} page={pageOf(query)} />
    </>
  );
}

/** What came of the last act, carried in the address after its redirect. */
async function Outcome({ query }: { readonly query: SearchParams }) {
  const [t, rounds, common] = await Promise.all([
    getTranslations('admin.round'),
    getTranslations('rounds'),
    getTranslations('common'),
  ]);
  const { hecho, problema } = query;
  if (typeof hecho === 'string' && t.has(`done.${hecho}`)) {
    return (
      <Notice tone="success" role="status">
        {t(`done.${hecho}`)}
        {hecho === 'asked' ? <a href="/admin/approvals">{t('seeAsked')}</a> : null}
      </Notice>
    );
  }
  if (typeof problema !== 'string' || !rounds.has(`refusal.${problema}`)) return null;
  return (
    <Notice tone="danger" role="alert" title={common('problem')}>
      {rounds(`refusal.${problema}`)}
    </Notice>
  );
}

async function Work({
  round,
  isWorking,
}: {
  readonly round: RoundDetail;
  readonly isWorking: boolean;
}) {
  if (!isWorking) return null;
  const [t, words] = await Promise.all([getTranslations('admin.round'), getTranslations('rounds')]);
  const note = round.jobNote !== null && isJobNote(round.jobNote) ? round.jobNote : null;
  const sentence = note === null ? t('waiting') : words(`note.${note}`);
  return (
    <div aria-live="polite" className="mb-8 max-w-(--container-text)">
      {note?.startsWith('failed-') ? (
        <Notice tone="warning">{sentence}</Notice>
      ) : (
        <Progress value={round.jobProgress} max={100} label={sentence} />
      )}
      <a href={`/admin/rounds/${round.id}`}>{t('refresh')}</a>
    </div>
  );
}

async function Facts({ round }: { readonly round: RoundDetail }) {
  const t = await getTranslations('admin.round');
  const facts = [
    [t('opens'), <DateTime key="opens" value={round.opensAt} />],
    [t('closes'), <DateTime key="closes" value={round.closesAt} />],
    ...(round.closedAt === null
      ? []
      : [[t('closedAt'), <DateTime key="closed" value={round.closedAt} />]]),
    ...(round.publishedAt === null
      ? []
      : [[t('publishedAt'), <DateTime key="published" value={round.publishedAt} />]]),
    [t('live'), t(`policy.${round.livePolicy}`)],
    [t('minGroup'), round.minGroup],
    [
      t('screen'),
      <a key="screen" href={`/screen/${round.screenCode}`}>{`/screen/${round.screenCode}`}</a>,
    ],
    [
      t('hash'),
      <code key="hash" className="break-all">
        {round.manifestHash ?? t('noHash')}
      </code>,
    ],
  ];
  return (
    <Section title={t('facts')}>
      <dl className="grid gap-x-8 gap-y-2 sm:grid-cols-[auto_1fr]">
        {facts.map(([label, value], index) => (
          <div key={index} className="contents">
            <dt className="font-semibold">{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 flex flex-wrap gap-4">
        {round.manifestHash === null ? null : (
          <ButtonLink href={`/votar/${round.id}/afiche`} variant="secondary">
            {t('poster')}
          </ButtonLink>
        )}
        {round.state === 'published' ? (
          <ButtonLink href={`/resultados/${round.id}`} variant="secondary">
            {t('results')}
          </ButtonLink>
        ) : null}
      </p>
    </Section>
  );
}
