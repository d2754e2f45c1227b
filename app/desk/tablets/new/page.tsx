import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { pickText } from '@/lib/i18n/text';
import { listRounds } from '@/lib/rounds/queries';
import { MAX_RESIDENTS } from '@/lib/tablets/types';
import { PrepareForm } from './prepare-form';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('tablet.prepare');
  return { title: t('title') };
}

export default async function PrepareTabletPage() {
  await requirePermission('handle-tablets');
  const [t, locale, rounds] = await Promise.all([
    getTranslations('tablet.prepare'),
    getLocale(),
    listRounds(registry()),
  ]);
  const open = rounds.filter(({ state }) => state === 'open');
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        back={{ href: '/desk/tablets', label: t('back') }}
      />
      {open.length === 0 ? (
        <Notice tone="info">{t('noRound')}</Notice>
      ) : (
        <PrepareForm
          rounds={open.map(({ id, nameEs, nameEn }) => ({
            value: id,
            label: pickText(locale, { es: nameEs, en: nameEn }),
          }))}
          words={{
            problem: t('problem'),
            round: t('round'),
            place: t('place'),
            placeHint: t('placeHint'),
            list: t('list'),
            listHint: t('listHint', { most: MAX_RESIDENTS }),
            save: t('save'),
            doneTitle: t('doneTitle'),
            open: t('open'),
            notOnRoll: t('notOnRoll'),
            taken: t('taken'),
            unreadable: t('unreadable'),
            reserved: t('reserved'),
          }}
        />
      )}
    </>
  );
}
