import { useLocale, useTranslations } from 'next-intl';
import { DateText, DateTime } from '@/components/date';
import { ButtonLink } from '@/components/ui/button';
import { daysBetween } from '@/lib/cycle/rules';
import { pickText } from '@/lib/i18n/text';
import { now } from '@/lib/shared/clock';
import { limaDay } from '@/lib/shared/lima';
import type { Happening } from './now';

/** What is happening, until when, and the one thing to do about it. */
export function NowPanel({ happening }: { readonly happening: Happening }) {
  const t = useTranslations('home');
  return (
    <section
      aria-labelledby="ahora"
      className="border-accent bg-surface border-t-8 px-5 pt-4 pb-6 sm:px-6"
    >
      <h2 id="ahora" className="font-sans text-base font-semibold tracking-normal">
        {t('now.title')}
      </h2>
      {happening.kind === 'round' ? (
        <RoundNow happening={happening} />
      ) : (
        <PhaseNow happening={happening} />
      )}
    </section>
  );
}

function RoundNow({ happening }: { happening: Extract<Happening, { kind: 'round' }> }) {
  const t = useTranslations('home.now');
  const locale = useLocale();
  const { round, phase } = happening;
  const name = pickText(locale, { es: round.nameEs, en: round.nameEn });
  const daysLeft = daysBetween(limaDay(now()), limaDay(round.closesAt));
  return (
    <>
      <p className="font-display mt-2 text-2xl leading-tight font-bold">{t(`round.${phase}`)}</p>
      <p className="mt-1">{name}</p>
      {phase === 'voting' ? (
        <>
          <p className="mt-4 text-3xl leading-tight font-semibold tracking-tight sm:text-4xl">
            {t('daysLeft', { days: daysLeft })}
          </p>
          <p className="mt-2">
            {t('until')} <DateTime value={round.closesAt} />
          </p>
          <ButtonLink href={`/votar/${round.id}`} className="mt-5 min-h-15 w-full text-lg">
            {t('vote')}
          </ButtonLink>
          <p className="mt-4 text-base">{t('need')}</p>
          <p className="mt-1 text-base">
            <a href="/propuestas" className="inline-flex min-h-12 items-center">
              {t('readFirst')}
            </a>
          </p>
        </>
      ) : null}
      {phase === 'announced' ? (
        <>
          <p className="mt-4">
            {t('from')} <DateTime value={round.opensAt} />
          </p>
          <ButtonLink href={`/votar/${round.id}`} className="mt-5 w-full">
            {t('activate')}
          </ButtonLink>
        </>
      ) : null}
      {phase === 'counting' || phase === 'tallied' ? (
        <>
          <p className="mt-4">{t('countingText')}</p>
          <ButtonLink href="/comprobar" variant="secondary" className="mt-5 w-full">
            {t('check')}
          </ButtonLink>
        </>
      ) : null}
      {phase === 'published' ? (
        <ButtonLink href={`/resultados/${round.id}`} className="mt-5 w-full">
          {t('seeResults')}
        </ButtonLink>
      ) : null}
    </>
  );
}

function PhaseNow({ happening }: { happening: Exclude<Happening, { kind: 'round' }> }) {
  const t = useTranslations('home');
  const phase = happening.kind === 'phase' ? happening.phase : happening.next;
  if (!phase) return <p className="mt-2 text-xl">{t('now.nothing')}</p>;
  return (
    <>
      <p className="font-display mt-2 text-2xl leading-tight font-bold">
        {happening.kind === 'between' ? t('now.soon') : null} {t(`phase.${phase.phase}.name`)}
      </p>
      <p className="mt-3">{t(`phase.${phase.phase}.what`)}</p>
      <p className="mt-3">
        {happening.kind === 'between' ? t('now.from') : t('now.until')}{' '}
        <DateText value={happening.kind === 'between' ? phase.from : phase.to} />
      </p>
      <ButtonLink href="/propuestas" className="mt-5 w-full">
        {t('now.seeProposals')}
      </ButtonLink>
    </>
  );
}
