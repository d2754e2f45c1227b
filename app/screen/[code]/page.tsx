import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { AssemblyScreen } from '@/components/screen/assembly-screen';
import { SCREEN_TEXT_KEYS, type ScreenTexts } from '@/components/screen/texts';
import { registry } from '@/db/registry/client';
import { roundByScreenCode } from '@/lib/rounds/queries';
import { screenModel } from './screen-model';

interface Props {
  readonly params: Promise<{ code: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, { code }] = await Promise.all([getTranslations('screen'), params]);
  return { title: t('title', { code: code.toUpperCase() }), robots: { index: false } };
}

/** Projected in a hall: no session, no navigation, everything by keyboard or clicker. */
export default async function ScreenPage({ params }: Props) {
  const { code } = await params;
  const [t, locale, round] = await Promise.all([
    getTranslations('screen'),
    getLocale(),
    roundByScreenCode(registry(), code),
  ]);
  if (!round) notFound();
  const phone = await getTranslations('common.phone');
  const model = await screenModel(round, locale, (first, others) =>
    t('groupOf', { first, others: String(others) }),
  );
  const words = Object.fromEntries(
    SCREEN_TEXT_KEYS.map((key) => [key, textOf(key)]),
  ) as ScreenTexts;
  return <AssemblyScreen model={model} texts={words} />;

  function textOf(key: (typeof SCREEN_TEXT_KEYS)[number]): string {
    return key === 'phone'
      ? `${phone('ask')}: ${phone('number')}. ${phone('demo')}`
      : String(t.raw(key));
  }
}
