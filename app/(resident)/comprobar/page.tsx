import type { Metadata } from 'next';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getMessages, getTranslations } from 'next-intl/server';
import { CheckReceipt } from '@/components/booth/check-receipt';
import { boothMessages } from '@/components/booth/messages';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { registry } from '@/db/registry/client';
import { webEnv } from '@/lib/env';
import { pickText } from '@/lib/i18n/text';
import { listRounds } from '@/lib/rounds/queries';
import { RoundFigures } from '../round-figures';
import { askByForm } from './actions';
import type { PageSearch, SearchParams } from '@/lib/shared/page-number';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('booth.check');
  return { title: t('title') };
}

/** Whether a vote is in the ballot box: checked by its own phone, or asked for with its code. */
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
  const boxUrl = new URL(webEnv().MINKA_BALLOT_BOX_URL).origin;
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <NextIntlClientProvider messages={boothMessages(messages)}>
        <CheckReceipt boxUrl={boxUrl} rounds={rounds} round={round.value} ask={askByForm} />
      </NextIntlClientProvider>
      <Section title={t('wholeTitle')}>
        <p className="max-w-(--container-text)">
          {t.rich('whole', { link: (words) => <a href="/verify">{words}</a> })}
        </p>
      </Section>
      <RoundFigures roundId={round.value} />
    </>
  );
}

function one(query: SearchParams, name: string): string | null {
  const value = query[name];
  return typeof value === 'string' ? value.slice(0, 80) : null;
}
