import { useTranslations } from 'next-intl';
import type { Dispatch } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { MAX_SEQUENCE } from '@/lib/ballots/body';
import { formatCode } from '@/lib/ballots/receipt';
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
  dispatch,
}: {
  readonly counted: Counted;
  readonly manifest: Manifest;
  readonly manifestHash: string;
  /** There is a recovery code on paper. */
  readonly recoverable: boolean;
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
          <li>{t('nextPhone')}</li>
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

/** Forgetting cannot be undone: it is asked once more, with the code still in sight. */
export function Forgetting({
  receipt,
  mayVote,
  onForget,
  onKeep,
}: {
  readonly receipt: string;
  readonly mayVote: boolean;
  readonly onForget: () => void;
  readonly onKeep: () => void;
}) {
  const t = useTranslations('booth.forget');
  return (
    <>
      <StepHeading title={t('title')} windowTitle={t('title')} />
      <Notice tone="warning" title={t('still')}>
        <p>{mayVote ? t('lost') : t('lostClosed')}</p>
        <p className="mt-2">
          {t('code')} <strong className="whitespace-nowrap">{formatCode(receipt)}</strong>
        </p>
      </Notice>
      <div className="flex flex-wrap gap-4">
        <Button type="button" variant="danger" onClick={onForget}>
          {t('yes')}
        </Button>
        <Button type="button" variant="secondary" onClick={onKeep}>
          {t('no')}
        </Button>
      </div>
    </>
  );
}

export function Forgotten() {
  const t = useTranslations('booth.forgotten');
  return (
    <>
      <StepHeading title={t('title')} windowTitle={t('title')} lead={t('lead')} />
      <ButtonLink href="/" variant="secondary">
        {t('home')}
      </ButtonLink>
    </>
  );
}
