import { useLocale, useTranslations } from 'next-intl';
import { formatCount } from '@/components/count';
import { DimensionMark } from '@/components/dimension';
import { Section } from '@/components/ui/section';
import { pickText } from '@/lib/i18n/text';
import type { GatedRank } from '@/lib/results/gate';

/** The five rows of the plan that residents put first. */
export function FirstFive({ contest }: { readonly contest: GatedRank }) {
  const t = useTranslations('council.five');
  const locale = useLocale();
  return (
    <Section title={t('title')}>
      <ol className="space-y-3">
        {contest.order.slice(0, 5).map((id, at) => {
          const row = contest.rows.find((each) => each.id === id);
          const place = contest.result?.ranking.find((each) => each.id === id);
          if (!row) return null;
          return (
            <li key={id} className="flex items-baseline gap-3">
              <span aria-hidden="true" className="font-display w-6 text-2xl leading-none font-bold">
                {at + 1}
              </span>
              <DimensionMark code={row.dimension} size={22} label={false} />
              <a href={`/plan/${id}`} className="min-w-0 flex-1">
                {pickText(locale, row.title)}
              </a>
              {place ? (
                <span className="whitespace-nowrap">
                  {t('points', { points: formatCount(place.score) })}
                </span>
              ) : null}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
