import { useTranslations } from 'next-intl';
import type { Dispatch } from 'react';
import { Button } from '@/components/ui/button';
import { mayClear, type BoothAction, type BoothState } from './state';

/** At the end of every page where marks are kept on the phone: they can be wiped from it. */
export function WipeOffer({
  state,
  dispatch,
}: {
  readonly state: BoothState;
  readonly dispatch: Dispatch<BoothAction>;
}) {
  const t = useTranslations('booth.wipe');
  const { stage, counted } = state;
  const clears = mayClear(state);
  const isStart = stage.name === 'start';
  if (!clears && !isStart) return null;
  return (
    <section className="border-line mt-10 border-t pt-6 print:hidden">
      <h2 className="mb-3 text-xl">{t(stage.name === 'done' ? 'changeTitle' : 'title')}</h2>
      {clears ? (
        <>
          <p className="mb-4 max-w-(--container-text)">
            {t(counted === null ? 'marked' : 'markedChange')}
          </p>
          <Button
            type="button"
            variant="secondary"
            onClick={() => {
              dispatch({ type: 'clear-wanted' });
            }}
          >
            {t('clear')}
          </Button>
        </>
      ) : null}
      {isStart ? <ForgetRight dispatch={dispatch} /> : null}
    </section>
  );
}

function ForgetRight({ dispatch }: { readonly dispatch: Dispatch<BoothAction> }) {
  const t = useTranslations('booth.wipe');
  return (
    <>
      <p className="mt-6 mb-4 max-w-(--container-text)">{t('right')}</p>
      <Button
        type="button"
        variant="secondary"
        onClick={() => {
          dispatch({ type: 'forget-wanted' });
        }}
      >
        {t('forget')}
      </Button>
    </>
  );
}

/** Where a ballot waits that may have arrived: only all of it can be wiped. */
export function ForgetWaiting({ dispatch }: { readonly dispatch: Dispatch<BoothAction> }) {
  const t = useTranslations('booth.wipe');
  return (
    <section className="border-line mt-10 border-t pt-6 print:hidden">
      <h2 className="mb-3 text-xl">{t('title')}</h2>
      <p className="mb-4 max-w-(--container-text)">{t('waiting')}</p>
      <Button
        type="button"
        variant="secondary"
        onClick={() => {
          dispatch({ type: 'forget-wanted' });
        }}
      >
        {t('forgetWaiting')}
      </Button>
    </section>
  );
}
