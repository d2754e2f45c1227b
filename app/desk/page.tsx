import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { formatCount } from '@/components/count';
import { DateTime } from '@/components/date';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { issuedByRound } from '@/lib/credentials/queries';
import { openShiftOf } from '@/lib/desk/shift-queries';
import { webEnv } from '@/lib/env';
import { pickText } from '@/lib/i18n/text';
import { listRounds } from '@/lib/rounds/queries';
import { peoplePage, shiftPage, shiftsPage } from './addresses';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('studio.desk');
  return { title: t('title') };
}

export default async function DeskPage() {
  const actor = await requirePermission('serve-at-desk');
  const [t, desk, locale, rounds, counts, shift] = await Promise.all([
    getTranslations('studio.desk'),
    getTranslations('desk.home'),
    getLocale(),
    listRounds(registry()),
    issuedByRound(registry()),
    openShiftOf(registry(), actor.id),
  ]);
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        {shift === null ? (
          <Notice tone="warning" title={desk('noShift')}>
            <p>
              {desk('noShiftWhy')} <a href={shiftsPage()}>{desk('openShift')}</a>
            </p>
          </Notice>
        ) : (
          <p className="mb-4">
            {desk('shiftAt', { place: shift.placeName })}.{' '}
            <a href={shiftPage(shift.id)}>{desk('seeShift')}</a>
          </p>
        )}
        <p className="flex flex-wrap gap-4">
          {rounds
            .filter(({ state }) => state === 'open')
            .map((round) => (
              <ButtonLink key={round.id} href={peoplePage(round.id)}>
                {desk('attendRound', {
                  round: pickText(locale, { es: round.nameEs, en: round.nameEn }),
                })}
              </ButtonLink>
            ))}
        </p>
      </PageHeader>
      {rounds.length === 0 ? (
        <Notice tone="info">{t('empty')}</Notice>
      ) : (
        <DataTable
          caption={t('caption')}
          head={[
            t('head.name'),
            t('head.closes'),
            t('head.eligible'),
            t('head.issued'),
            t('head.screen'),
          ]}
          numeric={[2, 3]}
          rows={rounds.map((round) => {
            const { eligible, issued } = counts.get(round.id) ?? { eligible: 0, issued: 0 };
            return [
              pickText(locale, { es: round.nameEs, en: round.nameEn }),
              <DateTime key="closes" value={round.closesAt} />,
              formatCount(eligible),
              formatCount(issued),
              <a key="screen" href={`/screen/${round.screenCode}`}>
                {t('screen')}
              </a>,
            ];
          })}
        />
      )}
      <Section title={t('help')}>
        <p className="max-w-(--container-text)">
          {t('helpSteps', { site: webEnv().MINKA_SITE_URL })}
        </p>
      </Section>
    </>
  );
}
