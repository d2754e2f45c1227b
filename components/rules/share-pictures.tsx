import {
  EXAMPLE_BALLOTS,
  EXAMPLE_ENVELOPE_CENTS,
  bestSets,
  portionsPaid,
  type Portion,
} from '@/lib/results/worked-example';
import { formatSoles } from '@/lib/shared/money';
import type { FundingResult } from '@/lib/tally/types';
import { Columns } from './columns';
import { boughtIn, useExampleWords } from './example-words';
import { FilledEnvelope } from './filled-envelope';
import { ExampleTile } from './segment';

const SHARE_CENTS = EXAMPLE_ENVELOPE_CENTS / EXAMPLE_BALLOTS.length;

/** What each person paid out of an equal purse, and what was bought with the rest. */
export function PursesPicture({ result }: { readonly result: FundingResult }) {
  const { t, name } = useExampleWords();
  const bought = boughtIn(result.winners);
  const rest = bought.filter((id) =>
    result.projects.some(
      (project) =>
        project.id === id &&
        project.outcome.status === 'funded' &&
        project.outcome.phase === 'completion',
    ),
  );
  const share = t('picture.startShare', { share: formatSoles(SHARE_CENTS) });
  const title = t('picture.purses');
  return (
    <>
      <p className="mb-1 font-semibold">{title}</p>
      <Columns
        columns={portionsPaid(result)}
        label={`${title}. ${share}`}
        line={{ cents: SHARE_CENTS, label: share }}
      />
      {rest.length === 0 ? null : (
        <p className="mb-4">
          {t('picture.rest')}{' '}
          {rest.map((id) => (
            <span key={id}>
              <ExampleTile id={id} /> {name(id)}
            </span>
          ))}
        </p>
      )}
      <FilledEnvelope bought={bought} />
    </>
  );
}

/** What each person carries of all that was bought. */
export function LoadsPicture({
  result,
  columns,
}: {
  readonly result: FundingResult;
  readonly columns: readonly (readonly Portion[])[];
}) {
  const { t, name } = useExampleWords();
  const bought = boughtIn(result.winners);
  const title = t('picture.loads');
  return (
    <>
      <p className="mb-1 font-semibold">{title}</p>
      <Columns columns={columns} label={`${title}: ${bought.map(name).join('; ')}`} />
      <FilledEnvelope bought={bought} />
    </>
  );
}

/** Both counts side by side, who gains with which, and which is applied. */
export function ComparedPicture({ result }: { readonly result: FundingResult }) {
  const { t } = useExampleWords();
  const { comparison } = result;
  if (comparison === undefined) return null;
  const sides = [
    {
      key: 'equal-shares',
      title: t('picture.shares'),
      bought: boughtIn(result.winners),
      people: comparison.preferEqualShares,
    },
    {
      key: 'greedy',
      title: t('picture.mostVoted'),
      bought: boughtIn(comparison.greedyWinners),
      people: comparison.preferGreedy,
    },
  ];
  return sides.map(({ key, title, bought, people }) => (
    <div key={key} className="mb-5">
      <FilledEnvelope title={title} bought={bought} />
      <p>
        {t('picture.better', { people, peopleText: people.toString() })}
        {comparison.chosen === key ? (
          <>
            . <strong>✓ {t('picture.chosen')}</strong>
          </>
        ) : null}
        .
      </p>
    </div>
  ));
}

const SETS_SHOWN = 3;

/** The combinations with most votes, the best on top. */
export function SetsPicture() {
  const { t } = useExampleWords();
  return (
    <>
      <p className="mb-3 font-semibold">{t('picture.sets')}</p>
      {bestSets(SETS_SHOWN).map(({ ids, votes }, at) => (
        <FilledEnvelope
          key={ids.join()}
          bought={ids}
          title={`${at === 0 ? '✓ ' : ''}${t('picture.setVotes', { votes, votesText: votes.toString() })}`}
        />
      ))}
    </>
  );
}
