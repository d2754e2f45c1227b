import { useTranslations } from 'next-intl';
import { Button, ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { RefusedReason, Trouble } from './send';
import { StepHeading } from './step-heading';

/** On its way: counted only when the ballot box has said so. */
export function Sending({
  trouble,
  onRetry,
}: {
  readonly trouble: Trouble | null;
  readonly onRetry: () => void;
}) {
  const t = useTranslations('booth.sending');
  const title = trouble === null ? t('title') : t('notYet');
  return (
    <>
      <StepHeading title={title} windowTitle={title} />
      <div role="status">
        {trouble === null ? (
          <p className="text-lg">{t('wait')}</p>
        ) : (
          <Notice tone="warning" title={t(trouble)}>
            <p>{t('saved')}</p>
          </Notice>
        )}
      </div>
      {trouble === null ? null : (
        <>
          <Button type="button" onClick={onRetry}>
            {t('retry')}
          </Button>
          <p className="mt-6 max-w-(--container-text)">{t('mayLeave')}</p>
        </>
      )}
    </>
  );
}

/** The ballot box said no: why, in one sentence, and what to do. */
export function Refused({
  reason,
  roundId,
}: {
  readonly reason: RefusedReason;
  readonly roundId: string;
}) {
  const t = useTranslations('booth.refused');
  const title = t('title');
  return (
    <>
      <StepHeading title={title} windowTitle={title} />
      <Notice tone="danger" title={t(`reason.${reason}`)} role="alert">
        <p>{t(reason === 'closed' ? 'doClosed' : 'do')}</p>
      </Notice>
      <ButtonLink href={`/votar/${roundId}`} variant="secondary">
        {t('toRound')}
      </ButtonLink>
    </>
  );
}
