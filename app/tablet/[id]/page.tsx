import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getFormatter, getLocale, getMessages, getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { Tablet } from '@/components/tablet/tablet';
import { tabletMessages } from '@/components/tablet/messages';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { pickText } from '@/lib/i18n/text';
import { frozenManifest, roundById } from '@/lib/rounds/queries';
import { isIdLike } from '@/lib/shared/page-number';
import { tabletById, tabletGroups } from '@/lib/tablets/queries';

interface Props {
  readonly params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations('tablet');
  return { title: t('windowTitle', { id: (await params).id }) };
}

/** The page that an assembly's tablet keeps. It names nobody: the list comes later, hashed. */
export default async function TabletPage({ params }: Props) {
  await requirePermission('handle-tablets');
  const { id } = await params;
  const db = registry();
  const tablet = isIdLike(id) ? await tabletById(db, id) : null;
  const round = tablet === null ? null : await roundById(db, tablet.roundId);
  if (tablet === null || round?.manifestHash == null) notFound();
  const [locale, messages, format, manifest, groups] = await Promise.all([
    getLocale(),
    getMessages(),
    getFormatter(),
    frozenManifest(db, round.id, round.manifestHash),
    tabletGroups(db, id),
  ]);
  return (
    <NextIntlClientProvider messages={tabletMessages(messages)}>
      <Tablet
        entry={{
          id,
          place: tablet.place,
          round: round.id,
          roundName: pickText(locale, { es: round.nameEs, en: round.nameEn }),
          closes: format.dateTime(round.closesAt, {
            dateStyle: 'full',
            timeStyle: 'short',
            timeZone: 'America/Lima',
          }),
          manifest,
          manifestHash: round.manifestHash,
          groups,
        }}
      />
    </NextIntlClientProvider>
  );
}
