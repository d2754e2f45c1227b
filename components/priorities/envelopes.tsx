import { useTranslations } from 'next-intl';
import { DIMENSION_IDS } from '@/lib/plan/types';
import type { PriorityView } from '@/lib/priorities/types';
import { WHOLE_BP } from '@/lib/priorities/types';
import { percentBp } from '@/lib/priorities/words';
import { DimensionMark } from '../dimension';
import { Soles } from '../money';
import { DataTable } from '../ui/table';

/** Step 5: the ceiling, times each adopted weight, is the envelope. Null before adoption. */
export function Envelopes({ view }: { readonly view: PriorityView }) {
  const t = useTranslations('priorities');
  const { envelopes } = view;
  if (!envelopes) return <p className="max-w-(--container-text)">{t('envelope.pending')}</p>;
  const adopted = new Map(view.decisions.map((each) => [each.dimension, each.adoptedBp]));
  const whole = DIMENSION_IDS.reduce((sum, code) => sum + envelopes[code], 0);
  return (
    <DataTable
      caption={t('envelope.table')}
      head={[t('dimension'), t('envelope.weight'), t('envelope.amount')]}
      numeric={[1, 2]}
      rows={DIMENSION_IDS.map((code) => [
        <DimensionMark key={code} code={code} size={24} />,
        percentBp(adopted.get(code) ?? 0),
        <Soles key="amount" cents={envelopes[code]} />,
      ])}
      foot={[t('envelope.ceiling'), percentBp(WHOLE_BP), <Soles key="whole" cents={whole} />]}
    />
  );
}
