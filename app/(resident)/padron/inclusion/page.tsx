import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { DateTime } from '@/components/date';
import { FieldsForm } from '@/components/fields-form';
import { PhoneLine } from '@/components/phone-line';
import { PageHeader } from '@/components/ui/page-header';
import { pickText } from '@/lib/i18n/text';
import { currentConsent } from '@/lib/privacy/consents';
import { inclusionFields } from '../fields';
import { askInclusion } from '../filing';
import { openList } from '../open-list';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('lists.inclusion');
  return { title: t('title') };
}

/** For whoever is not on the list: on the page, or at the desk. */
export default async function InclusionPage() {
  const [t, common, locale, list, fields] = await Promise.all([
    getTranslations('lists.inclusion'),
    getTranslations('common'),
    getLocale(),
    openList(),
    inclusionFields('page'),
  ]);
  const back = { href: '/padron', label: common('back') };
  if (list === null) {
    return (
      <>
        <PageHeader title={t('title')} back={back} lead={t('closed')} />
        <PhoneLine />
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={t('title')}
        back={back}
        lead={t.rich('lead', { date: () => <DateTime value={list.dates.challengesCloseAt} /> })}
      />
      <FieldsForm
        action={askInclusion}
        hidden={{ roundId: list.id }}
        fields={fields}
        button={t('send')}
        problem={common('problem')}
      />
      <div className="text-ink-soft mt-8 max-w-(--container-text) space-y-3">
        <p>{t('noPhone')}</p>
        <p>{pickText(locale, currentConsent('verification'))}</p>
      </div>
    </>
  );
}
