import { useTranslations } from 'next-intl';
import { DIMENSION_IDS } from '@/lib/plan/types';
import type { PriorityDocument } from '@/lib/priorities/document';
import { WHOLE_BP } from '@/lib/priorities/types';
import { factorText, percent, percentBp } from '@/lib/priorities/words';
import { DimensionMark } from '../dimension';
import { DataTable } from '../ui/table';

/** Step 3: this year's weight and the new voice, blended, bounded, and adding up to 100 %. */
export function WeightsSum({ document }: { readonly document: PriorityDocument }) {
  const t = useTranslations('priorities');
  const { weights, voice, rule } = document;
  const { factor } = weights;
  const moves = factor !== null && factor !== '1';
  const bounded = DIMENSION_IDS.some((code) => weights.held[code] !== null);
  return (
    <>
      <DataTable
        caption={t('sum.table')}
        head={[
          t('dimension'),
          t('sum.current', { share: percentBp(WHOLE_BP - rule.alphaBp) }),
          t('sum.voice', { share: percentBp(rule.alphaBp) }),
          t('sum.blended'),
          t('sum.bounds'),
          t('sum.proposed'),
        ]}
        numeric={[1, 2, 3, 5]}
        dense
        rows={DIMENSION_IDS.map((code) => {
          const held = weights.held[code];
          return [
            <DimensionMark key={code} code={code} size={22} />,
            percentBp(weights.current[code]),
            percent(voice.voice[code]),
            percent(weights.blended[code]),
            held === 'floor'
              ? t('sum.floor', { floor: percentBp(rule.floorBp) })
              : held === 'cap'
                ? t('sum.cap', { cap: percentBp(rule.capBp) })
                : moves
                  ? t('sum.factor', { factor: factorText(factor) })
                  : t('sum.asIs'),
            <strong key="proposed">{percentBp(weights.weightsBp[code])}</strong>,
          ];
        })}
        foot={[
          t('sum.total'),
          percentBp(WHOLE_BP),
          percent('1'),
          percent('1'),
          '',
          percentBp(WHOLE_BP),
        ]}
      />
      <p className="max-w-(--container-text)">
        {t('sum.explain', {
          kept: percentBp(WHOLE_BP - rule.alphaBp),
          moved: percentBp(rule.alphaBp),
          floor: percentBp(rule.floorBp),
          cap: percentBp(rule.capBp),
        })}{' '}
        {bounded && moves ? t('sum.bounded', { factor: factorText(factor) }) : t('sum.unbounded')}
      </p>
    </>
  );
}
