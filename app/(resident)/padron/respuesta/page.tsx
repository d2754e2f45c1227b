import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { DateTime } from '@/components/date';
import { Button, ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { registry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { districtChoices } from '@/lib/cycle/districts';
import { pickText } from '@/lib/i18n/text';
import { standing } from '@/lib/lists/person';
import { listRoundById } from '@/lib/lists/queries';
import { listPhase } from '@/lib/lists/rules';
import { leavePadron } from '../actions';
import { padronPage } from '../addresses';
import { currentPerson } from '../person';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('lists.answer');
  return { title: t('title'), robots: { index: false } };
}

/** The answer, for the person alone: on the list or not, where, and what to do. */
export default async function PadronAnswerPage() {
  const person = await currentPerson();
  if (person === null) redirect(padronPage('padron'));
  const db = registry();
  const [t, locale, round, at, districts, now] = await Promise.all([
    getTranslations('lists.answer'),
    getLocale(),
    listRoundById(db, person.roundId),
    standing(db, person),
    districtChoices(db),
    databaseNow(db),
  ]);
  if (round === null) redirect(padronPage('padron'));
  const place = districts.find(({ value }) => value === at?.districtCode)?.label ?? '';
  const { dates } = round;
  const canAsk =
    round.state === 'draft' && dates !== null && listPhase(dates, now) === 'open' ? dates : null;
  return (
    <>
      <PageHeader
        title={t('title')}
        eyebrow={pickText(locale, { es: round.nameEs, en: round.nameEn })}
      />
      <div className="max-w-(--container-text)">
        {at === null ? (
          <Notice tone="warning" title={t('notOn')}>
            <p>
              {canAsk === null
                ? t('notOnClosed')
                : t.rich('notOnOpen', {
                    date: () => <DateTime value={canAsk.challengesCloseAt} />,
                  })}
            </p>
          </Notice>
        ) : (
          <Notice tone="success" title={t('on')}>
            <p>{t('onWhere', { district: place })}</p>
            <p className="mt-2">{t('wrongDistrict')}</p>
          </Notice>
        )}
        <p className="mb-6 flex flex-wrap gap-4">
          {at === null && canAsk !== null ? (
            <ButtonLink href="/padron/inclusion">{t('include')}</ButtonLink>
          ) : null}
          <ButtonLink href="/privacidad/mis-datos" variant="secondary">
            {t('data')}
          </ButtonLink>
          {canAsk === null ? null : (
            <ButtonLink href="/padron/tacha" variant="secondary">
              {t('challenge')}
            </ButtonLink>
          )}
        </p>
        <form action={leavePadron}>
          <Button variant="secondary">{t('leave')}</Button>
        </form>
      </div>
    </>
  );
}
