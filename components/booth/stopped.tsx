import { useTranslations } from 'next-intl';
import { Button, ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { StopReason } from './activate';
import { StepHeading } from './step-heading';

/** What one can do about each reason. */
const WAY_OUT: Readonly<Record<StopReason, 'again' | 'verify' | 'round'>> = {
  unsupported: 'round',
  'no-vote': 'verify',
  'several-votes': 'verify',
  'box-away': 'again',
  'manifest-differs': 'round',
  offline: 'again',
  'session-over': 'verify',
  'already-issued': 'round',
  'not-on-roll': 'round',
  'round-not-open': 'round',
  'quota-reached': 'round',
  unavailable: 'again',
  'signature-wrong': 'round',
  closed: 'round',
};

/** The booth does not open: why, in plain words, and the one thing to do next. */
export function Stopped({
  reason,
  roundId,
  onAgain,
  onRecover,
}: {
  readonly reason: StopReason;
  readonly roundId: string;
  readonly onAgain: () => void;
  /** Null where a recovery code would not help. */
  readonly onRecover: (() => void) | null;
}) {
  const t = useTranslations('booth.stopped');
  const way = WAY_OUT[reason];
  return (
    <>
      <StepHeading title={t(`${reason}.title`)} windowTitle={t(`${reason}.title`)} />
      <Notice tone="warning">
        <p>{t(`${reason}.why`)}</p>
        <p className="mt-3">{t(`${reason}.do`)}</p>
      </Notice>
      {onRecover === null ? null : (
        <p className="mb-6">
          <Button type="button" onClick={onRecover}>
            {t('recover')}
          </Button>
        </p>
      )}
      {reason === 'already-issued' ? (
        <p className="mb-6">
          <a href={`/votar/${roundId}/mi-derecho`}>{t('ownRight')}</a>
        </p>
      ) : null}
      {way === 'again' ? (
        <Button type="button" onClick={onAgain}>
          {t('again')}
        </Button>
      ) : (
        <ButtonLink
          variant={onRecover === null ? 'primary' : 'secondary'}
          href={way === 'verify' ? `/votar/${roundId}/dni` : `/votar/${roundId}`}
        >
          {t(way)}
        </ButtonLink>
      )}
    </>
  );
}
