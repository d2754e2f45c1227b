import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { DateText } from '@/components/date';
import { ContestResult } from '@/components/results/contest-result';
import { TurnoutResult } from '@/components/results/turnout-result';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { registry } from '@/db/registry/client';
import { webEnv } from '@/lib/env';
import { pickText } from '@/lib/i18n/text';
import { priorityProposalOfRound } from '@/lib/priorities/queries';
import { explainContest } from '@/lib/results/explain';
import type { PublicResult } from '@/lib/results/gate';
import { districtPlaces, publishedResult, turnoutBeforePublication } from '@/lib/results/queries';
import { roundById } from '@/lib/rounds/queries';
import { isIdLike } from '@/lib/shared/page-number';
import { RoundFigures } from '../../round-figures';
import { CheckIt } from './check-it';
import { Contents } from './contents';
import { Summary } from './summary';

interface Props {
  readonly params: Promise<{ readonly round: string }>;
}

const endedRound = cache(async (id: string) => {
  const round = isIdLike(id) ? await roundById(registry(), id) : null;
  return round === null || round.state === 'draft' || round.state === 'opening' ? null : round;
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, locale, round] = await Promise.all([
    getTranslations('results'),
    getLocale(),
    endedRound((await params).round),
  ]);
  if (!round) return { title: t('list.title') };
  const name = pickText(locale, { es: round.nameEs, en: round.nameEn });
  return { title: t('round.title', { name }) };
}

/** What a voting decided: shown when it is published; before, how many took part. */
export default async function ResultPage({ params }: Props) {
  const { round: id } = await params;
  const round = await endedRound(id);
  if (!round) notFound();
  const [t, locale, published, places] = await Promise.all([
    getTranslations('results'),
    getLocale(),
    publishedResult(id),
    districtPlaces(),
  ]);
  const name = pickText(locale, { es: round.nameEs, en: round.nameEn });
  const back = { href: '/resultados', label: t('round.back') };
  if (!published) {
    const turnout = await turnoutBeforePublication(id);
    const isOpen = round.state === 'open' || round.state === 'closing';
    return (
      <>
        <PageHeader title={t('round.title', { name })} back={back} />
        <Notice tone="info" title={t(isOpen ? 'round.open.title' : 'round.counting.title')}>
          {t(isOpen ? 'round.open.text' : 'round.counting.text')}
        </Notice>
        {isOpen ? (
          <p className="flex flex-wrap gap-4">
            <ButtonLink href={`/votar/${id}`}>{t('round.open.vote')}</ButtonLink>
            <ButtonLink href={`/screen/${round.screenCode}`} variant="secondary">
              {t('round.open.screen')}
            </ButtonLink>
          </p>
        ) : null}
        {turnout ? (
          <TurnoutResult turnout={turnout} places={places} minGroup={round.minGroup} />
        ) : null}
        <RoundFigures roundId={id} />
      </>
    );
  }
  const { result, publishedAt, version } = published;
  const priorities = await priorityProposalOfRound(id);
  // One drawing is enough to see how votes become works: the largest fund's, which comes first.
  const last = 1 + result.contests.findIndex(({ kind }) => kind === 'allocate');
  const [wide, narrow] = [result.contests.slice(0, last), result.contests.slice(last)];
  const shown = (contest: PublicResult['contests'][number]) => (
    <ContestResult
      key={contest.id}
      contest={contest}
      explanation={explainContest(contest, locale)}
      minGroup={result.minGroup}
      isDrawn={wide.includes(contest)}
      exportHref={`/api/v1/rounds/${id}/pabulib/${contest.id}`}
    />
  );
  return (
    <>
      <PageHeader
        title={t('round.title', { name })}
        back={back}
        eyebrow={t.rich('round.published', { date: () => <DateText value={publishedAt} /> })}
        lead={t(`effect.${result.voteEffect}`)}
      />
      <Summary result={result} />
      <Contents result={result} />
      {wide.map(shown)}
      <div className="grid gap-x-14 lg:grid-cols-2">{narrow.map(shown)}</div>
      <TurnoutResult turnout={result.turnout} places={places} minGroup={result.minGroup} />
      {priorities ? (
        <Section id="prioridades-siguientes" title={t('next.title')} lead={t('next.lead')}>
          <ButtonLink href={`/prioridades/${priorities.nextCycle.id}`} variant="secondary">
            {t('next.link', { year: priorities.nextCycle.fiscalYear.toString() })}
          </ButtonLink>
        </Section>
      ) : null}
      <CheckIt
        result={result}
        version={version}
        recordUrl={`${webEnv().MINKA_BALLOT_BOX_URL}/public-record/${id}`}
      />
    </>
  );
}
