import { useTranslations } from 'next-intl';
import { formatSoles } from '@/lib/shared/money';
import type { PriorityDocument } from '@/lib/priorities/document';
import { DIMENSION_IDS } from '@/lib/plan/types';
import { formatCount } from '../count';
import { DimensionMark } from '../dimension';
import { DataTable } from '../ui/table';
import { groupName } from './group-name';

/** Step 1: what every district gave each dimension, in raw counts. */
export function VotesTable({ document }: { readonly document: PriorityDocument }) {
  const t = useTranslations('priorities');
  const { groups, province } = document.voice;
  const figure = (value: number): string =>
    document.measure === 'ranking-points' ? formatCount(value) : formatSoles(value);
  return (
    <DataTable
      caption={t(`votes.${document.measure}`)}
      head={[
        t('district'),
        t('votes.ballots'),
        ...DIMENSION_IDS.map((code) => <DimensionMark key={code} code={code} size={22} />),
      ]}
      numeric={[1, 2, 3, 4, 5]}
      dense
      rows={groups.map((group) => [
        groupName(group, t),
        formatCount(group.ballots),
        ...DIMENSION_IDS.map((code) => figure(group.votes[code])),
      ])}
      foot={[
        t('province'),
        formatCount(province.ballots),
        ...DIMENSION_IDS.map((code) => figure(province.votes[code])),
      ]}
    />
  );
}
