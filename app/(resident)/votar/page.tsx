import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { DateTime } from '@/components/date';
import { ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { registry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { pickText } from '@/lib/i18n/text';
import { openRounds } from '@/lib/rounds/queries';
import { phaseAt } from '@/lib/rounds/rules';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('voting.choose');
  return { title: t('title') };
}

/** Which vote: usually there is one. */
export default async function VotePage() {
  const db = registry();
  const [t, locale, rounds, now] = await Promise.all([
    getTranslations('voting.choose'),
    getLocale(),
    openRounds(db),
    databaseNow(db),
  ]);
  if (rounds.length === 0) {
    return (
      <>
        <PageHeader title={t('none')} lead={t('noneLead')} />
        <p className="flex flex-wrap gap-4">
          <ButtonLink href="/propuestas">{t('seeProposals')}</ButtonLink>
          <ButtonLink href="/resultados" variant="secondary">
            {t('seeResults')}
          </ButtonLink>
        </p>
      </>
    );
  }
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <ul className="divide-line border-line max-w-(--container-text) divide-y border-y">
        {rounds.map((round) => (
          <li key={round.id} className="py-6">
            <h2 className="text-2xl">{pickText(locale, { es: round.nameEs, en: round.nameEn })}</h2>
            <p className="mt-2 mb-4">
              {phaseAt(round, now) === 'announced'
                ? t.rich('from', { date: () => <DateTime value={round.opensAt} /> })
                : t.rich('until', { date: () => <DateTime value={round.closesAt} /> })}
            </p>
            <ButtonLink href={`/votar/${round.id}`}>{t('enter')}</ButtonLink>
          </li>
        ))}
      </ul>
    </>
  );
}
