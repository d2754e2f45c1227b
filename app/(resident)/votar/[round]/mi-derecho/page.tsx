import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { cookies } from 'next/headers';
import { DateText } from '@/components/date';
import { Button, ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { registry } from '@/db/registry/client';
import { ownRight, type UsedRight } from '@/lib/credentials/own-right';
import { voterCookie } from '@/lib/roll/cookies';
import { voterBySession } from '@/lib/roll/queries';
import { channelsOf } from '@/lib/verification/queries';
import { identityName } from '@/lib/verification/web';
import { identityStart, votingPage } from '../../addresses';
import { ConsentWords } from '../../consent-words';
import { publicRound } from '../../open-round';
import { forgetMe } from '../actions';

interface Props {
  readonly params: Promise<{ round: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('voting.right');
  return { title: t('title'), robots: { index: false } };
}

/** For a verified resident alone: whether a ballot was given out in her name, how and on which day. */
export default async function OwnRightPage({ params }: Props) {
  const { round, phase } = await publicRound((await params).round);
  const [t, common, voter] = await Promise.all([
    getTranslations('voting.right'),
    getTranslations('common'),
    voterOf(round.id),
  ]);
  const isOpen = phase === 'announced' || phase === 'voting';
  return (
    <>
      <PageHeader
        title={t('title')}
        back={{ href: votingPage(round.id), label: common('back') }}
        lead={t('lead')}
      />
      {voter === null ? (
        <div className="max-w-(--container-text)">
          <p className="mb-6">{t('ask')}</p>
          <Ways roundId={round.id} />
        </div>
      ) : (
        <div className="max-w-(--container-text)">
          <Answer right={await ownRight(registry(), voter)} isOpen={isOpen} />
          <div className="mt-10 flex flex-wrap gap-4">
            <ButtonLink href={votingPage(round.id)}>{t('toRound')}</ButtonLink>
            <form action={forgetMe.bind(null, round.id)}>
              <Button variant="secondary">{t('leave')}</Button>
            </form>
          </div>
        </div>
      )}
    </>
  );
}

/** How one shows here that it is oneself: a letter opens the vote only. */
async function Ways({ roundId }: { readonly roundId: string }) {
  const [t, ways, channels] = await Promise.all([
    getTranslations('voting.right'),
    getTranslations('verification'),
    channelsOf(registry(), roundId),
  ]);
  const provider = channels.includes('oidc') ? identityName() : null;
  const hasPhone = channels.includes('sms');
  if (!hasPhone && provider === null) return <p>{ways('rightAtDesk')}</p>;
  return (
    <>
      <p className="mb-6 flex flex-wrap gap-4">
        {hasPhone ? (
          <ButtonLink href={votingPage(roundId, 'dni', { purpose: 'right' })}>
            {t('begin')}
          </ButtonLink>
        ) : null}
        {provider === null ? null : (
          <ButtonLink
            href={identityStart(roundId, 'right')}
            variant={hasPhone ? 'secondary' : 'primary'}
          >
            {ways('identity.begin', { provider })}
          </ButtonLink>
        )}
      </p>
      {provider === null ? null : <ConsentWords />}
    </>
  );
}

async function voterOf(roundId: string) {
  const token = (await cookies()).get(voterCookie().name)?.value;
  const voter = token === undefined ? null : await voterBySession(registry(), token);
  return voter?.roundId === roundId ? voter : null;
}

async function Answer({
  right,
  isOpen,
}: {
  readonly right: UsedRight | null;
  readonly isOpen: boolean;
}) {
  const t = await getTranslations('voting.right');
  if (right === null) {
    return (
      <Notice tone="info" title={t('freeTitle')}>
        <p>{t(isOpen ? 'freeOpen' : 'freeOver')}</p>
      </Notice>
    );
  }
  const pending = { phone: 'pendingPhone', desk: 'pendingDesk' } as const;
  return (
    <>
      <Notice tone="info" title={t('usedTitle')}>
        <p>
          {right.channel === 'tablet' && !right.isComplete
            ? t('pendingTablet')
            : t.rich(right.channel, { day: () => <DateText value={right.day} /> })}
        </p>
        {right.isComplete || right.channel === 'paper' || right.channel === 'tablet' ? null : (
          <p className="mt-2">{t(pending[right.channel])}</p>
        )}
        <p className="mt-2">{t('noTime')}</p>
      </Notice>
      <Section title={t('notMeTitle')}>
        <p>{t('notMe')}</p>
      </Section>
    </>
  );
}
