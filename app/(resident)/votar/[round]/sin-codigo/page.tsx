import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PhoneLine } from '@/components/phone-line';
import { ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { publicRound } from '../../open-round';

interface Props {
  readonly params: Promise<{ round: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('voting.noCode');
  return { title: t('title') };
}

/** For whoever gets no code: the reasons there can be, and what to do. It knows nobody. */
export default async function NoCodePage({ params }: Props) {
  const { round } = await publicRound((await params).round);
  const [t, common] = await Promise.all([
    getTranslations('voting.noCode'),
    getTranslations('common'),
  ]);
  const reasons = ['notOnRoll', 'noPhone', 'otherPhone', 'otherDistrict'] as const;
  return (
    <>
      <PageHeader
        title={t('title')}
        back={{ href: `/votar/${round.id}`, label: common('back') }}
        lead={t('lead')}
      />
      <Section title={t('reasonsTitle')}>
        <dl className="max-w-(--container-text) space-y-4">
          {reasons.map((reason) => (
            <div key={reason}>
              <dt className="font-semibold">{t(`${reason}.title`)}</dt>
              <dd>{t(`${reason}.do`)}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title={t('deskTitle')}>
        <p className="mb-4 max-w-(--container-text)">{t('desk')}</p>
        <PhoneLine />
      </Section>
      <p>
        <ButtonLink href={`/votar/${round.id}/dni`} variant="secondary">
          {t('again')}
        </ButtonLink>
      </p>
    </>
  );
}
