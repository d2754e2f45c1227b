import { useTranslations } from 'next-intl';
import type { Dispatch } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { MAX_SEQUENCE } from '@/lib/ballots/body';
import { formatCode } from '@/lib/ballots/receipt';
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
  dispatch,
}: {
  readonly counted: Counted;
  readonly mayVote: boolean;
  readonly times: BoothTimes;
  readonly roundId: string;
  readonly dispatch: Dispatch<BoothAction>;
}) {
  const t = useTranslations('booth.done');
  const changesLeft = MAX_SEQUENCE - counted.seq;
  const code = formatCode(counted.receipt);
  return (
    <>
      <StepHeading title={t('title')} windowTitle={t('title')} />
      <Notice tone="success" title={t('code')}>
        <p data-testid="receipt" className="my-2 text-xl font-bold tabular-nums sm:text-3xl">
          {code.split('-').map((part, index) => (
            // A narrow screen breaks the code between its groups, never inside one.
            <span key={index} className="inline-block">
              {index > 0 ? '-' : ''}
              {part}
            </span>
          ))}
        </p>
        <p>{t('codeWhy')}</p>
      </Notice>
      <h2 className="mt-8 mb-3 text-xl">{t('nextTitle')}</h2>
      <ul className="max-w-(--container-text) list-disc space-y-2 pl-6">
        <li>{mayVote ? t('nextOpen', { closes: times.closes }) : t('nextClosed')}</li>
        <li>{t('nextRecord')}</li>
        <li>{t('nextPhone')}</li>
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
