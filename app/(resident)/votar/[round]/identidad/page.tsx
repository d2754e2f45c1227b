import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { PhoneLine } from '@/components/phone-line';
import { ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { registry } from '@/db/registry/client';
import type { PageSearch } from '@/lib/shared/page-number';
import { channelsOf } from '@/lib/verification/queries';
import { IDENTITY_PROBLEMS } from '@/lib/verification/types';
import { identityName } from '@/lib/verification/web';
import { identityStart, purposeIn, votingPage } from '../../addresses';
import { ConsentWords } from '../../consent-words';
import { roundTakingVoters } from '../../open-round';
import { problemIn } from '../problems';

interface Props {
  readonly params: Promise<{ round: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const t = await getTranslations('verification.identity');
  const problem = problemIn(await searchParams, IDENTITY_PROBLEMS) ?? 'again';
  return { title: t(`${problem}.title`), robots: { index: false } };
}

/** Why the way over the identity provider led nowhere, and which other ways there are. */
export default async function IdentityPage({ params, searchParams }: Props) {
  const query = await searchParams;
  const purpose = purposeIn(query);
  const round = await roundTakingVoters((await params).round, purpose);
  const provider = identityName();
  const problem = problemIn(query, IDENTITY_PROBLEMS);
  if (provider === null || problem === null) redirect(votingPage(round.id));
  const [t, ways, channels] = await Promise.all([
    getTranslations('verification.identity'),
    getTranslations('verification'),
    channelsOf(registry(), round.id),
  ]);
  const others = [
    ...(channels.includes('sms')
      ? [{ href: votingPage(round.id, 'dni', { purpose }), label: ways('byPhone') }]
      : []),
    ...(channels.includes('letter') && purpose === 'vote'
      ? [{ href: votingPage(round.id, 'dni', { channel: 'letter' }), label: ways('byLetter') }]
      : []),
  ];
  return (
    <>
      <PageHeader
        title={t(`${problem}.title`)}
        lead={t(`${problem}.lead`, { provider })}
        back={{ href: votingPage(round.id), label: ways('back') }}
      />
      <div className="max-w-(--container-text) space-y-4">
        <p className="flex flex-wrap gap-4">
          <ButtonLink href={identityStart(round.id, purpose)}>
            {t('retry', { provider })}
          </ButtonLink>
          {others.map(({ href, label }) => (
            <ButtonLink key={href} href={href} variant="secondary">
              {label}
            </ButtonLink>
          ))}
        </p>
        <ConsentWords />
        {channels.includes('desk') ? <p>{ways('atDesk')}</p> : null}
        <PhoneLine />
      </div>
    </>
  );
}
