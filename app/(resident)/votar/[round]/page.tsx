import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { cookies } from 'next/headers';
import { DateTime } from '@/components/date';
import { PhoneLine } from '@/components/phone-line';
import { Button, ButtonLink } from '@/components/ui/button';
import { Details } from '@/components/ui/details';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { registry } from '@/db/registry/client';
import { credentialState } from '@/lib/credentials/queries';
import { pickText } from '@/lib/i18n/text';
import { voterCookie } from '@/lib/roll/cookies';
import { voterBySession } from '@/lib/roll/queries';
import { channelsOf } from '@/lib/verification/queries';
import { identityName } from '@/lib/verification/web';
import { RollOfRound } from '../../padron/round-list';
import { RoundFigures } from '../../round-figures';
import { publicRound, type RoundAtNow } from '../open-round';
import { identityStart, votingPage } from '../addresses';
import { ConsentWords } from '../consent-words';
import { forgetMe } from './actions';

interface Props {
  readonly params: Promise<{ round: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [locale, { round: id }] = await Promise.all([getLocale(), params]);
  const { round } = await publicRound(id);
  return { title: pickText(locale, { es: round.nameEs, en: round.nameEn }) };
}

/** The start of voting: what it is, until when, what you need; or where you had left it. */
export default async function RoundPage({ params }: Props) {
  const at = await publicRound((await params).round);
  const [t, locale] = await Promise.all([getTranslations('voting.start'), getLocale()]);
  const { round, phase } = at;
  const name = pickText(locale, { es: round.nameEs, en: round.nameEn });
  if (phase !== 'announced' && phase !== 'voting') return <Closed at={at} name={name} />;
  const known = await voterState(round.id);
  return (
    <>
      <PageHeader
        title={name}
        back={{ href: '/votar', label: t('back') }}
        lead={
          phase === 'announced'
            ? t.rich('announced', { date: () => <DateTime value={round.opensAt} /> })
            : t.rich('voting', { date: () => <DateTime value={round.closesAt} /> })
        }
      />
      {known === null ? (
        <HowToStart roundId={round.id} />
      ) : (
        <GoOn roundId={round.id} known={known} />
      )}
      <Section title={t('secretTitle')}>
        <p className="max-w-(--container-text)">{t('secret')}</p>
        <Details summary={t('aheadTitle')}>
          <p>{t('ahead')}</p>
        </Details>
        <p>
          <a href={votingPage(round.id, 'mi-derecho')}>{t('ownRight')}</a>
        </p>
      </Section>
      <RollOfRound roundId={round.id} />
      <RoundFigures roundId={round.id} />
    </>
  );
}

async function voterState(roundId: string): Promise<'verified' | 'activated' | null> {
  const token = (await cookies()).get(voterCookie().name)?.value;
  if (token === undefined) return null;
  const voter = await voterBySession(registry(), token);
  if (voter?.roundId !== roundId) return null;
  return (await credentialState(registry(), voter)) === 'issued' ? 'activated' : 'verified';
}

async function HowToStart({ roundId }: { readonly roundId: string }) {
  const [t, ways, channels] = await Promise.all([
    getTranslations('voting.start'),
    getTranslations('verification'),
    channelsOf(registry(), roundId),
  ]);
  const provider = channels.includes('oidc') ? identityName() : null;
  const hasPhone = channels.includes('sms');
  const hasLetter = channels.includes('letter');
  return (
    <>
      <Section title={t('needTitle')}>
        <ul className="max-w-(--container-text) list-disc space-y-2 pl-6">
          <li>{t('needDni')}</li>
          {hasPhone ? <li>{t('needPhone')}</li> : null}
          {hasLetter ? <li>{ways(hasPhone ? 'letter.needOr' : 'letter.need')}</li> : null}
          <li>{t('needTime')}</li>
        </ul>
        <p className="my-6 flex flex-wrap gap-4">
          {hasPhone ? (
            <ButtonLink href={votingPage(roundId, 'dni')}>{t('begin')}</ButtonLink>
          ) : null}
          {hasLetter ? (
            <ButtonLink
              href={votingPage(roundId, 'dni', { channel: 'letter' })}
              variant={hasPhone ? 'secondary' : 'primary'}
            >
              {ways('letter.begin')}
            </ButtonLink>
          ) : null}
          {provider === null ? null : (
            <ButtonLink
              href={identityStart(roundId, 'vote')}
              variant={hasPhone || hasLetter ? 'secondary' : 'primary'}
            >
              {ways('identity.begin', { provider })}
            </ButtonLink>
          )}
        </p>
        {provider === null ? null : <ConsentWords />}
      </Section>
      <Details summary={t('noPhoneTitle')}>
        <p className="mb-3">{channels.includes('desk') ? t('noPhone') : ways('noDesk')}</p>
        <PhoneLine />
      </Details>
    </>
  );
}

async function GoOn({
  roundId,
  known,
}: {
  readonly roundId: string;
  readonly known: 'verified' | 'activated';
}) {
  const t = await getTranslations('voting.start');
  return (
    <div className="max-w-(--container-text)">
      <Notice tone="success" title={t(`${known}Title`)}>
        <p>{t(known)}</p>
      </Notice>
      <div className="mb-10 flex flex-wrap gap-4">
        <ButtonLink href={`/votar/${roundId}/cabina`}>{t('toBooth')}</ButtonLink>
        <form action={forgetMe.bind(null, roundId)}>
          <Button variant="secondary">{t('forget')}</Button>
        </form>
      </div>
    </div>
  );
}

async function Closed({ at, name }: { readonly at: RoundAtNow; readonly name: string }) {
  const [t, start] = await Promise.all([
    getTranslations('voting.closed'),
    getTranslations('voting.start'),
  ]);
  const { round, phase } = at;
  return (
    <>
      <PageHeader
        title={t('title')}
        eyebrow={name}
        lead={t.rich('lead', { date: () => <DateTime value={round.closedAt ?? round.closesAt} /> })}
      />
      <p className="mb-6 max-w-(--container-text)">
        {phase === 'published' ? t('published') : t('counting')}
      </p>
      <p className="flex flex-wrap gap-4">
        {phase === 'published' ? (
          <ButtonLink href={`/resultados/${round.id}`}>{t('results')}</ButtonLink>
        ) : null}
        <ButtonLink href="/comprobar" variant="secondary">
          {t('check')}
        </ButtonLink>
      </p>
      <p className="mt-6">
        <a href={votingPage(round.id, 'mi-derecho')}>{start('ownRight')}</a>
      </p>
    </>
  );
}
