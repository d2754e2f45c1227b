import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getMessages, getTranslations } from 'next-intl/server';
import { CheckReceipt } from '@/components/booth/check-receipt';
import { lookUpReceipt } from '@/components/booth/look-up';
import { boothMessages } from '@/components/booth/messages';
import { PageHeader } from '@/components/ui/page-header';
import { registry } from '@/db/registry/client';
import { webEnv } from '@/lib/env';
import { pickText } from '@/lib/i18n/text';
import { listRounds } from '@/lib/rounds/queries';
import type { PageSearch, SearchParams } from '@/lib/shared/page-number';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('booth.check');
  return { title: t('title') };
}

/** Whether a receipt is in the ballot box. The phone asks; the server only where there is no script. */
export default async function CheckPage({ searchParams }: { readonly searchParams: PageSearch }) {
  const [t, locale, messages, query, all] = await Promise.all([
    getTranslations('booth.check'),
    getLocale(),
    getMessages(),
    searchParams,
    listRounds(registry()),
  ]);
  const rounds = all
    .filter((round) => round.state !== 'draft' && round.state !== 'opening')
    .map((round) => ({
      value: round.id,
      label: pickText(locale, { es: round.nameEs, en: round.nameEn }),
    }));
  const asked = one(query, 'proceso');
  const round = rounds.find(({ value }) => value === asked) ?? rounds[0];
  if (round === undefined) return <PageHeader title={t('title')} lead={t('noRounds')} />;
  const typed = one(query, 'codigo');
  const boxUrl = new URL(webEnv().MINKA_BALLOT_BOX_URL).origin;
  const first = typed === null ? null : await lookUpReceipt(boxUrl, round.value, typed);
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <NextIntlClientProvider messages={boothMessages(messages)}>
        <CheckReceipt
          boxUrl={boxUrl}
          rounds={rounds}
          round={round.value}
          typed={typed ?? ''}
          first={first}
        />
      </NextIntlClientProvider>
    </>
  );
}

function one(query: SearchParams, name: string): string | null {
  const value = query[name];
  return typeof value === 'string' ? value.slice(0, 80) : null;
}
