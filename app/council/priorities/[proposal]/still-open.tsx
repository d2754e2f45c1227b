import { useTranslations } from 'next-intl';
import { DIMENSION_BORDER, DimensionMark } from '@/components/dimension';
import { Progress } from '@/components/ui/progress';
import { DIMENSION_IDS } from '@/lib/plan/types';
import { scaleTheRest } from '@/lib/priorities/envelopes';
import { WHOLE_BP, type PriorityView } from '@/lib/priorities/types';
import { percentBp } from '@/lib/priorities/words';
import { DecisionForm } from './decision-form';

/** The running sum, and a form for every dimension that is not decided yet. */
export function StillOpen({ view }: { readonly view: PriorityView }) {
  const t = useTranslations('council.decide');
  const problem = useTranslations('common')('problem');
  const names = useTranslations('common.dimension');
  const decided = Object.fromEntries(
    view.decisions.map((each) => [each.dimension, each.adoptedBp]),
  );
  const sum = view.decisions.reduce((all, each) => all + each.adoptedBp, 0);
  const open = DIMENSION_IDS.filter((code) => decided[code] === undefined);
  const proposed = view.document.weights.weightsBp;
  const scaled = scaleTheRest(proposed, decided);
  return (
    <>
      <div className="mb-8 max-w-(--container-text)">
        <Progress
          value={sum}
          max={WHOLE_BP}
          label={t('running', {
            sum: percentBp(sum),
            left: percentBp(WHOLE_BP - sum),
            open: open.length,
          })}
        />
      </div>
      <ul className="grid gap-8 lg:grid-cols-2">
        {open.map((code) => (
          <li key={code} className={`border-t-8 bg-white p-6 ${DIMENSION_BORDER[code]}`}>
            <h3 className="mb-4 text-xl">
              <DimensionMark code={code} />
            </h3>
            <DecisionForm
              proposal={view.id}
              dimension={code}
              words={{
                problem,
                question: t('question', { dimension: names(code) }),
                adopt: t('adopt', { share: percentBp(proposed[code]) }),
                scale:
                  scaled[code] === proposed[code]
                    ? null
                    : t('scale', { share: percentBp(scaled[code]) }),
                amend: t('amend'),
                value: t('value'),
                valueHint:
                  open.length === 1
                    ? t('valueLast', { share: percentBp(WHOLE_BP - sum) })
                    : t('valueHint', { share: percentBp(WHOLE_BP - sum) }),
                reason: t('reason'),
                reasonHint: t('reasonHint'),
                save: t('save', { dimension: names(code) }),
              }}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
