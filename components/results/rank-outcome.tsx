import { useLocale, useTranslations } from 'next-intl';
import { pickText } from '@/lib/i18n/text';
import type { GatedRank } from '@/lib/results/gate';
import { Bar } from '../charts/bar';
import { formatCount } from '../count';
import { DimensionMark } from '../dimension';
import { Details } from '../ui/details';

/** As many as a ballot can order; the others are one click away. */
const SHOWN = 5;

/** Plan rows in the order residents gave them, each with its points and how often it came first. */
export function RankOutcome({ contest }: { readonly contest: GatedRank }) {
  const t = useTranslations('results');
  const locale = useLocale();
  const rows = new Map(contest.rows.map((row) => [row.id, row]));
  const places = new Map(contest.result?.ranking.map((place) => [place.id, place]));
  const most = Math.max(1, ...[...places.values()].map((place) => place.score));
  const list = (ids: readonly string[], first: number) => (
    <ol start={first} className="mb-6 space-y-5">
      {ids.map((id, position) => {
        const at = first - 1 + position;
        const row = rows.get(id);
        const place = places.get(id);
        if (!row) return null;
        return (
          <li key={id} className="flex break-inside-avoid gap-4">
            <span
              aria-hidden="true"
              className="font-display w-9 shrink-0 text-right text-2xl leading-tight font-bold"
            >
              {at + 1}
            </span>
            <div className="min-w-0 flex-1">
              <div className="flex flex-wrap items-baseline justify-between gap-x-6">
                <span className="flex min-w-0 items-start gap-2 font-semibold">
                  <DimensionMark code={row.dimension} size={24} label={false} />
                  <a href={`/plan/${id}`}>{pickText(locale, row.title)}</a>
                </span>
                {place ? (
                  <span className="font-semibold whitespace-nowrap">
                    {t('rank.points', {
                      points: place.score,
                      pointsText: formatCount(place.score),
                    })}
                  </span>
                ) : null}
              </div>
              {place ? (
                <>
                  <div className="mt-1.5">
                    <Bar share={place.score / most} tone={row.dimension} />
                  </div>
                  <p className="mt-1 text-base">
                    {t('rank.chosen', {
                      ballots: place.votes,
                      ballotsText: formatCount(place.votes),
                    })}
                    {place.votes > 0
                      ? `, ${t('rank.first', {
                          first: place.places[0] ?? 0,
                          firstText: formatCount(place.places[0] ?? 0),
                        })}`
                      : null}
                    .
                  </p>
                </>
              ) : null}
            </div>
          </li>
        );
      })}
    </ol>
  );
  const others = contest.order.slice(SHOWN);
  return (
    <>
      {list(contest.order.slice(0, SHOWN), 1)}
      {others.length > 0 ? (
        <Details summary={t('rank.others', { others: others.length })}>
          {list(others, SHOWN + 1)}
        </Details>
      ) : null}
    </>
  );
}
