import { useTranslations } from 'next-intl';
import type { Dispatch } from 'react';
import { shortHash } from '@/components/screen/model';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { BoothAction, BoothState } from './state';
import { StepHeading } from './step-heading';

/** Activated: vote now, or come back another day on this same phone. */
export function Start({
  state,
  roundId,
  times,
  manifestHash,
  dispatch,
}: {
  readonly state: BoothState;
  readonly roundId: string;
  readonly times: BoothTimes;
  readonly manifestHash: string;
  readonly dispatch: Dispatch<BoothAction>;
}) {
  const t = useTranslations('booth.start');
  const common = useTranslations('booth');
  const hasDraft = Object.keys(state.answers).length > 0;
  return (
    <>
      <StepHeading
        title={t('title')}
        windowTitle={t('title')}
        back={{ href: `/votar/${roundId}`, label: common('back') }}
        lead={
          state.mayVote
            ? t('lead', { pages: state.contests.length, closes: times.closes })
            : t('notYet', { opens: times.opens })
        }
      />
      <Notice tone="success" title={t('activated')}>
        <p>{t('ahead')}</p>
      </Notice>
      {state.mayVote ? (
        <Button
          type="button"
          onClick={() => {
            dispatch({ type: 'continued' });
          }}
        >
          {hasDraft ? t('goOn') : t('begin')}
        </Button>
      ) : null}
      <p className="mt-8 max-w-(--container-text)">{t('samePhone')}</p>
      <p className="mt-4 max-w-(--container-text)">
        {t('rules', { hash: shortHash(manifestHash) })}
      </p>
    </>
  );
}

/** In the reader's language, Lima time. */
export interface BoothTimes {
  readonly opens: string;
  readonly closes: string;
}
