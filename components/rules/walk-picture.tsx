import { EXAMPLE_COSTS, EXAMPLE_IDS, type ExampleId } from '@/lib/results/worked-example';
import { formatSoles } from '@/lib/shared/money';
import type { FundingResult, ProjectOutcome } from '@/lib/tally/types';
import { boughtIn, useExampleWords } from './example-words';
import { FilledEnvelope } from './filled-envelope';
import { ExampleTile } from './segment';

const THOUSAND_SOLES_CENTS = 1000_00;

/** The list from top to bottom as greedy walks it, and the envelope it fills. */
export function WalkPicture({
  result,
  perCost,
}: {
  readonly result: FundingResult;
  /** By votes for every thousand soles instead of by votes. */
  readonly perCost: boolean;
}) {
  const { t, name, votes } = useExampleWords();
  const outcomes = new Map(result.projects.map((project) => [project.id, project]));
  const worth = (id: ExampleId): number => {
    const count = outcomes.get(id)?.votes ?? 0;
    return perCost ? (count * THOUSAND_SOLES_CENTS) / EXAMPLE_COSTS[id] : count;
  };
  // Equal ones as the tie rule has them: more votes, then less money.
  const order = [...EXAMPLE_IDS].sort(
    (a, b) =>
      worth(b) - worth(a) ||
      (outcomes.get(b)?.votes ?? 0) - (outcomes.get(a)?.votes ?? 0) ||
      EXAMPLE_COSTS[a] - EXAMPLE_COSTS[b],
  );
  const figure = (id: ExampleId): string =>
    perCost
      ? t('picture.perThousand', {
          votes: votes(Math.round(worth(id) * 100) / 100),
          thousand: formatSoles(THOUSAND_SOLES_CENTS),
        })
      : votes(worth(id));
  const fate = (project: ProjectOutcome | undefined): string => {
    if (project?.outcome.status === 'funded') return t('picture.bought');
    const reason = project?.outcome.reasons[0];
    return reason?.reason === 'below-threshold'
      ? t('picture.outByThreshold', { threshold: reason.threshold })
      : t('picture.dear');
  };
  return (
    <>
      <ol className="mb-5 space-y-2">
        {order.map((id) => {
          const funded = outcomes.get(id)?.outcome.status === 'funded';
          return (
            <li
              key={id}
              className="border-line flex flex-wrap items-baseline gap-x-3 border-b pb-2"
            >
              <span>
                <ExampleTile id={id} /> {name(id)}
              </span>
              <span className="text-base">
                {figure(id)} · {formatSoles(EXAMPLE_COSTS[id])}
              </span>
              <strong className="ml-auto">
                <span aria-hidden="true">{funded ? '✓ ' : '✗ '}</span>
                {fate(outcomes.get(id))}
              </strong>
            </li>
          );
        })}
      </ol>
      <FilledEnvelope bought={boughtIn(result.winners)} />
    </>
  );
}
