import { useTranslations } from 'next-intl';
import { DIMENSION_IDS } from '@/lib/plan/types';
import type { PriorityDocument } from '@/lib/priorities/document';
import { percent } from '@/lib/priorities/words';
import { formatCount } from '../count';
import { DimensionMark } from '../dimension';
import { DataTable } from '../ui/table';
import { groupName } from './group-name';

/** Step 2: each district's weight in the province and its voice, and the sum of weight × voice. */
export function VoiceTable({ document }: { readonly document: PriorityDocument }) {
  const t = useTranslations('priorities');
  const { groups, voice } = document.voice;
  return (
    <>
      <DataTable
        caption={t('voice.table')}
        head={[
          t('district'),
          t('voice.population'),
          t('voice.populationShare'),
          t('voice.needShare'),
          t('voice.weight'),
          ...DIMENSION_IDS.map((code) => (
            <DimensionMark key={code} code={code} size={24} label={false} />
          )),
        ]}
        numeric={[1, 2, 3, 4, 5, 6, 7, 8]}
        dense
        rows={groups.map((group) => [
          <>
            {groupName(group, t)}
            {group.fewBallots ? '\u00a0*' : null}
          </>,
          formatCount(group.population),
          percent(group.populationShare),
          percent(group.needShare),
          percent(group.weight),
          ...DIMENSION_IDS.map((code) => percent(group.voice[code])),
        ])}
        foot={[
          t('voice.sum'),
          formatCount(groups.reduce((sum, group) => sum + group.population, 0)),
          percent('1'),
          percent('1'),
          percent('1'),
          ...DIMENSION_IDS.map((code) => percent(voice[code])),
        ]}
      />
      {groups.some((group) => group.fewBallots) ? (
        <p className="max-w-(--container-text) text-base">
          * {t('voice.few', { few: document.rule.fewBallots })}
        </p>
      ) : null}
    </>
  );
}
