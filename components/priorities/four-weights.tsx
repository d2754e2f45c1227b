import { useTranslations } from 'next-intl';
import { DIMENSION_IDS } from '@/lib/plan/types';
import type { PriorityView } from '@/lib/priorities/types';
import { basisPoints } from '@/lib/priorities/words';
import { WeightComparison } from '../charts/weight-comparison';

/** Each dimension before, as asked, as proposed and as adopted, side by side. */
export function FourWeights({ view }: { readonly view: PriorityView }) {
  const t = useTranslations('priorities.weights');
  const { weights, voice } = view.document;
  const adopted = new Map(view.decisions.map((each) => [each.dimension, each.adoptedBp]));
  return (
    <WeightComparison
      columns={[
        { key: 'current', label: t('current'), striped: true },
        { key: 'asked', label: t('asked') },
        { key: 'proposed', label: t('proposed'), striped: true },
        { key: 'adopted', label: t('adopted') },
      ]}
      rows={DIMENSION_IDS.map((code) => ({
        code,
        values: {
          current: weights.current[code],
          asked: basisPoints(voice.voice[code]),
          proposed: weights.weightsBp[code],
          adopted: adopted.get(code) ?? null,
        },
      }))}
    />
  );
}
