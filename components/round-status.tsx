import { useTranslations } from 'next-intl';
import type { RoundFigures } from '@/lib/rounds/monitor-checks';
import { formatCount } from './count';
import { DateTime } from './date';
import { Details } from './ui/details';

const STALE_AFTER_MS = 5 * 60 * 1000;

/** One line for everybody: when the figures of a vote were last compared, and whether they agree. */
export function RoundStatus({
  figures,
  now,
}: {
  readonly figures: RoundFigures | null;
  readonly now: Date;
}) {
  const t = useTranslations('monitor.public');
  if (figures === null) return null;
  const { checkedAt, holds, isAway, totals } = figures;
  const isStale = now.getTime() - checkedAt.getTime() > STALE_AFTER_MS;
  const state = isAway ? 'away' : holds ? (isStale ? 'stale' : 'holds') : 'broken';
  return (
    <aside aria-label={t('title')} className="border-line mt-10 border-t pt-4">
      <p className={state === 'holds' ? '' : 'font-semibold'}>
        <span aria-hidden="true">{state === 'holds' ? '✔ ' : '⚠ '}</span>
        {t('title')}. {t.rich(state, { when: () => <DateTime value={checkedAt} /> })}
      </p>
      <Details summary={t('see')}>
        {totals === null ? null : (
          <p className="mb-2">
            {t('totals', {
              voters: formatCount(totals.voters),
              issued: formatCount(totals.issued),
              eligible: formatCount(totals.eligible),
            })}
          </p>
        )}
        <p className="max-w-(--container-text)">{t('what')}</p>
      </Details>
    </aside>
  );
}
