import { getLocale, getTranslations } from 'next-intl/server';
import { Notice } from '@/components/ui/notice';
import { pickText } from '@/lib/i18n/text';
import { listResults, publishedResult } from '@/lib/results/queries';

/** Where residents put this row in the last published vote; nothing before the first. */
export async function Votes({ code }: { readonly code: string }) {
  const { items } = await listResults(1);
  const round = items.find(({ state }) => state === 'published');
  if (round === undefined) return null;
  const published = await publishedResult(round.roundId);
  const ranking = published?.result.contests.find((contest) => contest.kind === 'rank');
  const at = ranking?.order.indexOf(code) ?? -1;
  if (ranking === undefined || at < 0) return null;
  const [t, locale] = await Promise.all([getTranslations('plan'), getLocale()]);
  return (
    <Notice tone="info" title={t('votes.title')}>
      <p>
        {t('votes.place', {
          round: pickText(locale, { es: round.nameEs, en: round.nameEn }),
          place: at + 1,
          rows: ranking.order.length,
        })}{' '}
        <a href={`/resultados/${round.roundId}#${ranking.id}`}>{t('votes.see')}</a>
      </p>
    </Notice>
  );
}
