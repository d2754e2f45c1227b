import { useTranslations } from 'next-intl';
import { useEffect, useReducer, useRef, useState } from 'react';
import { Choose } from '@/components/booth/choose';
import { Review } from '@/components/booth/review';
import { OPENING, reduceBooth, type BoothState } from '@/components/booth/state';
import { choicesOf } from '@/components/booth/types';
import { useWalk } from '@/components/booth/use-booth';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { contestsFor } from '@/lib/rounds/contests';
import type { Manifest } from '@/lib/rounds/manifest';
import type { KeptTablet } from './kept';
import { voteHere, type Found } from './vote';

/** The booth's own pages, with the tablet instead of the network behind them. */
export function TabletBooth({
  tablet,
  manifest,
  sealing,
  person,
  onVoted,
  onLeft,
}: {
  readonly tablet: KeptTablet;
  readonly manifest: Manifest;
  readonly sealing: CryptoKey;
  readonly person: Found;
  readonly onVoted: (receipt: string) => void;
  readonly onLeft: () => void;
}) {
  const t = useTranslations('tablet.booth');
  const [state, dispatch] = useReducer(reduceBooth, null, () => opened(manifest, person.group));
  const [isRefused, setRefused] = useState(false);
  const isKept = useRef(false);
  useWalk(state, dispatch);
  const { stage, answers } = state;
  const isSending = stage.name === 'sending';
  useEffect(() => {
    // One press of the button is one vote, however often the page is drawn meanwhile.
    if (!isSending || isKept.current) return;
    isKept.current = true;
    void voteHere({ tablet, key: sealing, manifest }, person, choicesOf(answers))
      .catch(() => ({ ok: false }) as const)
      .then((voted) => {
        if (voted.ok) onVoted(voted.value);
        else setRefused(true);
      });
  }, [isSending, tablet, sealing, manifest, person, answers, onVoted]);

  if (isRefused) {
    return (
      <Notice tone="danger" title={t('refusedTitle')}>
        <p>{t('refused')}</p>
        <Button type="button" variant="secondary" onClick={onLeft}>
          {t('giveBack')}
        </Button>
      </Notice>
    );
  }
  const contest = stage.name === 'choose' ? state.contests[stage.step] : undefined;
  return (
    <>
      {stage.name === 'choose' && contest !== undefined ? (
        <Choose
          key={contest.id}
          {...{ state, contest, dispatch }}
          step={stage.step}
          forReview={stage.forReview}
        />
      ) : null}
      {stage.name === 'review' ? <Review state={state} dispatch={dispatch} /> : null}
      {isSending ? <p role="status">{t('keeping')}</p> : null}
      {stage.name === 'choose' || stage.name === 'review' ? (
        <p className="mt-10">
          <Button type="button" variant="quiet" onClick={onLeft}>
            {t('leave')}
          </Button>
        </p>
      ) : null}
    </>
  );
}

/** A fresh booth for one person: nothing of the last one is left in it. */
function opened(manifest: Manifest, group: string): BoothState {
  return {
    ...OPENING,
    stage: { name: 'choose', step: 0, forReview: false },
    voteId: 'tablet',
    seed: crypto.getRandomValues(new Uint32Array(1))[0] ?? 0,
    manifest,
    contests: contestsFor(manifest, group),
    mayVote: true,
  };
}
