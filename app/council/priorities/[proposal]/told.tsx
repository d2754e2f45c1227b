import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import { isDimensionId } from '@/lib/plan/types';
import type { PriorityView } from '@/lib/priorities/types';
import type { SearchParams } from '@/lib/shared/page-number';

const REFUSALS = [
  'not-allowed',
  'not-found',
  'superseded',
  'not-complete',
  'sum-not-whole',
  'already-adopted',
  'next-cycle-has-weights',
  'reason-missing',
  'nothing-decided',
] as const;

/** What came of the act that led here. */
export function Told({
  params,
  view,
}: {
  readonly params: SearchParams;
  readonly view: PriorityView;
}) {
  const t = useTranslations('council.told');
  const refusal = useTranslations('council.refusal');
  const problem = useTranslations('common')('problem');
  const names = useTranslations('common.dimension');
  const refused = REFUSALS.find((each) => each === params['rechazo']);
  const decided = params['decidida'];
  return (
    <>
      {view.supersededBy ? (
        <Notice tone="warning" title={t('superseded')}>
          <a href={`/council/priorities/${view.supersededBy}`}>{t('supersededLink')}</a>
        </Notice>
      ) : null}
      {refused ? (
        <Notice tone="danger" role="alert" title={problem}>
          {refusal(refused)}
        </Notice>
      ) : null}
      {typeof decided === 'string' && isDimensionId(decided) ? (
        <Notice tone="success" role="status">
          {t('decided', { dimension: names(decided) })}
        </Notice>
      ) : null}
      {params['adoptada'] === '1' && view.adoption ? (
        <Notice tone="success" role="status">
          {t('adopted', { year: view.nextCycle.fiscalYear.toString() })}
        </Notice>
      ) : null}
      {params['reabierta'] === '1' ? (
        <Notice tone="info" role="status">
          {t('reopened')}
        </Notice>
      ) : null}
    </>
  );
}
