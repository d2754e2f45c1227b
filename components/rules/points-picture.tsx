import { orderOf, type ExampleId } from '@/lib/results/worked-example';
import type { RankingResult } from '@/lib/tally/types';
import { useExampleWords } from './example-words';
import { Segment, ExampleTile } from './segment';

const WIDTH = 328;
const HEIGHT = 26;

/** Points of each place, one after the other: how a score is put together. */
export function PointsPicture({ result }: { readonly result: RankingResult }) {
  const { t, name } = useExampleWords();
  const places = new Map(result.ranking.map((place) => [place.id, place]));
  const most = Math.max(1, ...result.ranking.map(({ score }) => score));
  const { slots } = result.rule;
  const worth =
    typeof slots === 'number' ? countdown(slots) : slots === 'ballot-length' ? [] : slots;
  const parts = (id: ExampleId) =>
    (places.get(id)?.places ?? [])
      .map((ballots, at) => ({ ballots, points: ballots * (worth[at] ?? 0), each: worth[at] ?? 0 }))
      .filter(({ points }) => points > 0);
  return (
    <>
      <p className="mb-3 font-semibold">{t('picture.places', { points: worth.join(', ') })}</p>
      <ol className="space-y-4">
        {orderOf(result).map((id) => {
          const score = places.get(id)?.score ?? 0;
          return (
            <li key={id}>
              <p className="flex flex-wrap items-baseline justify-between gap-x-4">
                <span>
                  <ExampleTile id={id} /> {name(id)}
                </span>
                <strong>
                  {t('picture.points', { points: score, pointsText: score.toString() })}
                </strong>
              </p>
              <svg
                aria-hidden="true"
                viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
                className="w-full max-w-120"
                data-print-colour
              >
                {parts(id).map(({ points }, at, all) => {
                  const before = all.slice(0, at).reduce((sum, one) => sum + one.points, 0);
                  return (
                    <Segment
                      key={at}
                      id={id}
                      x={1 + (before / most) * (WIDTH - 2)}
                      y={1}
                      width={(points / most) * (WIDTH - 2)}
                      height={HEIGHT - 2}
                    />
                  );
                })}
              </svg>
              <p className="text-base">
                {parts(id)
                  .map(({ ballots, each }) => `${ballots} × ${each}`)
                  .join(' + ')}
              </p>
            </li>
          );
        })}
      </ol>
    </>
  );
}

/** [5, 4, 3, 2, 1] for 5. */
function countdown(from: number): number[] {
  return Array.from({ length: from }, (_, at) => from - at);
}
