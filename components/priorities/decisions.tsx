import { useTranslations } from 'next-intl';
import { DIMENSION_IDS } from '@/lib/plan/types';
import type { PriorityView } from '@/lib/priorities/types';
import { percentBp } from '@/lib/priorities/words';
import { DateText } from '../date';
import { DIMENSION_BORDER, DimensionMark } from '../dimension';
import { Tag } from '../ui/tag';

/** Step 4: what the council decided on each dimension, and why, in its own words. */
export function Decisions({ view }: { readonly view: PriorityView }) {
  const t = useTranslations('priorities');
  return (
    <ul className="mb-8 grid gap-5 md:grid-cols-2">
      {DIMENSION_IDS.map((code) => {
        const decision = view.decisions.find((each) => each.dimension === code);
        return (
          <li
            key={code}
            className={`break-inside-avoid border-l-8 bg-white p-5 ${DIMENSION_BORDER[code]}`}
          >
            <p className="flex flex-wrap items-center justify-between gap-3">
              <DimensionMark code={code} size={24} />
              {decision ? (
                <Tag tone={decision.adoptedBp === decision.proposedBp ? 'success' : 'warning'}>
                  {t(
                    decision.adoptedBp === decision.proposedBp
                      ? 'decision.asProposed'
                      : 'decision.amended',
                  )}
                </Tag>
              ) : (
                <Tag>{t('decision.pending')}</Tag>
              )}
            </p>
            {decision ? (
              <>
                <p className="mt-3 text-xl font-semibold">
                  {percentBp(decision.proposedBp)} → {percentBp(decision.adoptedBp)}
                </p>
                <blockquote className="mt-2">«{decision.reason}»</blockquote>
                <p className="mt-2 text-base">
                  {decision.decidedBy}, <DateText value={decision.decidedAt} />
                </p>
              </>
            ) : (
              <p className="mt-3">
                {t('decision.proposed', {
                  share: percentBp(view.document.weights.weightsBp[code]),
                })}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
