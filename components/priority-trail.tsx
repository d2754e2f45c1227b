import { getFormatter, getTranslations } from 'next-intl/server';
import { DIMENSION_IDS } from '@/lib/plan/types';
import { needScoreOfRound, newestPriorityProposal } from '@/lib/priorities/queries';
import { fromExact, scaled } from '@/lib/priorities/ratio';
import { percent, percentBp } from '@/lib/priorities/words';
import { DimensionMark } from './dimension';
import { Soles } from './money';
import { DataTable } from './ui/table';

/**
 * The feedback that lands in the institutional dimension: on goal INS-2-M1 and objective INS-2-O1,
 * what residents asked for, what was proposed, what the council adopted and what it became. Nothing
 * before the first published result. For the page of a plan row, as an async server component.
 */
export async function PriorityTrail({ row }: { readonly row: 'INS-2-M1' | 'INS-2-O1' }) {
  const view = await newestPriorityProposal();
  if (!view) return null;
  const [t, format] = await Promise.all([getTranslations('priorities'), getFormatter()]);
  const score = row === 'INS-2-M1' ? await needScoreOfRound(view.roundId) : null;
  const { weights, voice } = view.document;
  const adopted = new Map(view.decisions.map((each) => [each.dimension, each.adoptedBp]));
  const year = view.nextCycle.fiscalYear.toString();
  return (
    <div className="border-institucional mt-6 border-l-8 bg-white p-5">
      <p className="mb-2 font-semibold">{t('trail.title', { year })}</p>
      <p className="mb-4">{t(`trail.${row}`)}</p>
      {score ? (
        <p className="mb-4">
          {t(score.meetsGoal ? 'trail.scoreMet' : 'trail.scoreUnmet', {
            score: format.number(scaled(fromExact(score.province), 2) / 100, {
              minimumFractionDigits: 2,
            }),
          })}
        </p>
      ) : null}
      <DataTable
        caption={t('trail.table')}
        captionHidden
        dense
        head={[
          t('dimension'),
          t('weights.asked'),
          t('weights.proposed'),
          t('weights.adopted'),
          t('envelope.amount'),
        ]}
        numeric={[1, 2, 3, 4]}
        rows={DIMENSION_IDS.map((code) => {
          const decided = adopted.get(code);
          return [
            <DimensionMark key={code} code={code} size={22} />,
            percent(voice.voice[code]),
            percentBp(weights.weightsBp[code]),
            decided === undefined ? '—' : percentBp(decided),
            view.envelopes ? <Soles key="cents" cents={view.envelopes[code]} /> : '—',
          ];
        })}
      />
      <p className="flex flex-wrap gap-x-6">
        <a href={`/prioridades/${view.nextCycle.id}`}>{t('trail.forward')}</a>
        <a href={`/prioridades/${view.nextCycle.id}#de-vuelta`}>{t('trail.backward')}</a>
      </p>
    </div>
  );
}
