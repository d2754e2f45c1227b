import { EXAMPLE_BALLOTS, EXAMPLE_COSTS, EXAMPLE_IDS } from '@/lib/results/worked-example';
import { formatSoles } from '@/lib/shared/money';
import { DataTable } from '../ui/table';
import { useExampleWords } from './example-words';
import { ExampleTile } from './segment';

/** The five proposals of the example, what they cost and who marked them. */
export function ExampleBallots() {
  const { t } = useExampleWords();
  return (
    <DataTable
      caption={t('example.caption')}
      dense
      numeric={[1, 2]}
      head={[t('example.proposal'), t('example.cost'), t('example.votes'), t('example.who')]}
      rows={EXAMPLE_IDS.map((id) => {
        const voters = EXAMPLE_BALLOTS.flatMap((ballot, at) =>
          ballot.includes(id) ? [at + 1] : [],
        );
        return [
          <span key={id}>
            <ExampleTile id={id} /> {t(`example.names.${id}`)}
          </span>,
          formatSoles(EXAMPLE_COSTS[id]),
          voters.length,
          voters.join(', '),
        ];
      })}
    />
  );
}
