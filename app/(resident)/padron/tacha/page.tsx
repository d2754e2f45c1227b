import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { DateTime } from '@/components/date';
import { FieldsForm } from '@/components/fields-form';
import { PageHeader } from '@/components/ui/page-header';
import { padronPage } from '../addresses';
import { challengeFields } from '../fields';
import { challengeEntry } from '../filing';
import { openList } from '../open-list';
import { currentPerson } from '../person';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('lists.challenge');
  return { title: t('title'), robots: { index: false } };
}

/** A verified resident says that an entry should not be on the list. */
export default async function ChallengePage() {
  if ((await currentPerson()) === null) redirect(padronPage('padron', { goal: 'tacha' }));
  const [t, common, list, fields] = await Promise.all([
    getTranslations('lists.challenge'),
    getTranslations('common'),
    openList(),
    challengeFields(),
  ]);
  const back = { href: '/padron', label: common('back') };
  if (list === null) return <PageHeader title={t('title')} back={back} lead={t('closed')} />;
  return (
    <>
      <PageHeader
        title={t('title')}
        back={back}
        lead={t.rich('lead', { date: () => <DateTime value={list.dates.challengesCloseAt} /> })}
      />
      <FieldsForm
        action={challengeEntry}
        hidden={{ roundId: list.id }}
        fields={fields}
        button={t('send')}
        problem={common('problem')}
      />
      <p className="text-ink-soft mt-8 max-w-(--container-text)">{t('privacy')}</p>
    </>
  );
}
