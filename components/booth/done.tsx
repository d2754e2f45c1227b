import { useTranslations } from 'next-intl';
import type { Dispatch } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';
import { MAX_SEQUENCE } from '@/lib/ballots/body';
import type { Manifest } from '@/lib/rounds/manifest';
import { Receipt } from './receipt';
import type { BoothTimes } from './start';
import type { BoothAction } from './state';
import { StepHeading } from './step-heading';
import type { Counted } from './types';

/** One state: counted. The code that proves it, what happens next, and the ways back. */
export function Done({
  counted,
  mayVote,
  times,
  roundId,
  manifest,
  manifestHash,
  recoverable,
  hasMarks,
  dispatch,
}: {
  readonly counted: Counted;
  readonly manifest: Manifest;
  readonly manifestHash: string;
  /** There is a recovery code on paper. */
  readonly recoverable: boolean;
  /** A change was marked and not sent. */
  readonly hasMarks: boolean;
  readonly mayVote: boolean;
  readonly times: BoothTimes;
  readonly roundId: string;
  readonly dispatch: Dispatch<BoothAction>;
}) {
  const t = useTranslations('booth.done');
  const changesLeft = MAX_SEQUENCE - counted.seq;
  return (
    <>
      <div className="print:hidden">
        <StepHeading title={t('title')} windowTitle={t('title')} />
      </div>
      <Receipt receipt={counted.receipt} manifest={manifest} manifestHash={manifestHash} />
      <div className="print:hidden">
        <h2 className="mt-8 mb-3 text-xl">{t('nextTitle')}</h2>
        <ul className="max-w-(--container-text) list-disc space-y-2 pl-6">
          <li>{mayVote ? t('nextOpen', { closes: times.closes }) : t('nextClosed')}</li>
          <li>{t('nextRecord')}</li>
          <li>{t(hasMarks ? 'nextPhoneMarks' : 'nextPhone')}</li>
          {recoverable ? <li>{t('tearUp')}</li> : null}
        </ul>
        <p className="mt-6">
          <ButtonLink href={`/comprobar?proceso=${roundId}`}>{t('check')}</ButtonLink>
        </p>
        {mayVote ? (
          <section>
            <h2 className="mt-10 mb-3 text-xl">{t('changeTitle')}</h2>
            <p className="mb-4 max-w-(--container-text)">
              {changesLeft > 0 ? t('change', { changes: changesLeft }) : t('noChanges')}
            </p>
            {changesLeft > 0 ? (
              <Button
                type="button"
                variant="secondary"
                onClick={() => {
                  dispatch({ type: 'change-wanted' });
                }}
              >
                {t('changeVote')}
              </Button>
            ) : null}
          </section>
        ) : null}
        <section>
          <h2 className="mt-10 mb-3 text-xl">{t('forgetTitle')}</h2>
          <p className="mb-4 max-w-(--container-text)">{t('forget')}</p>
          <Button
            type="button"
            variant="danger"
            onClick={() => {
              dispatch({ type: 'forget-wanted' });
            }}
          >
            {t('forgetVote')}
          </Button>
        </section>
      </div>
    </>
  );
}
