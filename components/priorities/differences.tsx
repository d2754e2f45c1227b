import { useTranslations } from 'next-intl';
import { DIMENSION_IDS } from '@/lib/plan/types';
import type { PriorityView } from '@/lib/priorities/types';
import { differenceText } from '@/lib/priorities/words';
import { DimensionMark } from '../dimension';
import { DataTable } from '../ui/table';
import { groupName } from './group-name';

/** From what residents asked to what the council adopted, in percentage points, by district. */
export function Differences({ view }: { readonly view: PriorityView }) {
  const t = useTranslations('priorities');
  const { voice } = view.document;
  const adopted = new Map(view.decisions.map((each) => [each.dimension, each.adoptedBp]));
  if (adopted.size < DIMENSION_IDS.length) return null;
  const cells = (shares: (typeof voice)['voice']) =>
    DIMENSION_IDS.map((code) => differenceText(shares[code], adopted.get(code) ?? 0));
  return (
    <DataTable
      caption={t('difference.table')}
      head={[
        t('district'),
        ...DIMENSION_IDS.map((code) => <DimensionMark key={code} code={code} size={22} />),
      ]}
      numeric={[1, 2, 3, 4]}
      dense
      rows={voice.groups.map((group) => [groupName(group, t), ...cells(group.voice)])}
      foot={[t('difference.province'), ...cells(voice.voice)]}
    />
  );
}
