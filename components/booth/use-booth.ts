import { useCallback, useEffect, useReducer, type Dispatch } from 'react';
import { refuse, type Result } from '@/lib/shared/result';
import {
  activateVote,
  openBooth,
  type NotActivated,
  type OpenedBooth,
  type StopReason,
} from './activate';
import { fragmentOf, placeOf, placeOfStage } from './place';
import { sendBallot } from './send';
import { OPENING, reduceBooth, type BoothAction, type BoothState } from './state';
import { changeVote, forgetMarks, forgetVote } from './store';
import type { BoothEntry } from './types';

const LONGEST_PAUSE_MS = 30_000;

/** The machine of the booth with its hands: phone storage, the two servers, the address. */
export function useBooth(entry: BoothEntry): {
  readonly state: BoothState;
  readonly dispatch: Dispatch<BoothAction>;
  /** Wipes what was marked, or the whole vote with its right. */
  readonly clear: () => void;
  readonly forget: () => void;
} {
  const [state, dispatch] = useReducer(reduceBooth, OPENING);
  const { stage, voteId, answers, manifest } = state;

  const isOpening = stage.name === 'opening';
  useEffect(() => {
    if (!isOpening) return;
    void openBooth(entry)
      .catch(() => refuse('unavailable'))
      .then((result) => {
        dispatch(afterOpening(result, entry));
      });
  }, [isOpening, entry]);

  const isActivating = stage.name === 'activating';
  const code = stage.name === 'activating' ? stage.code : null;
  useEffect(() => {
    if (!isActivating || manifest === null) return;
    void activateVote(entry, manifest, code)
      .catch(() => refuse('unavailable'))
      .then((result) => {
        dispatch(afterOpening(result, entry));
      });
  }, [isActivating, code, manifest, entry]);

  const isChoosing = stage.name === 'choose' || stage.name === 'review';
  useEffect(() => {
    if (!isChoosing || Object.keys(answers).length === 0) return;
    // Losing the draft is no reason to stop a voter: what counts is saved before it is sent.
    void changeVote(voteId, (held) => ({ ...held, draft: answers })).catch(() => undefined);
  }, [isChoosing, voteId, answers]);

  useSending(state, entry, dispatch);

  useWalk(state, dispatch);

  const clear = useCallback(() => {
    void forgetMarks(voteId).then(() => {
      dispatch({ type: 'cleared' });
    });
  }, [voteId]);
  const forget = useCallback(() => {
    void forgetVote(voteId).then(() => {
      dispatch({ type: 'forgotten' });
    });
  }, [voteId]);
  return { state, dispatch, clear, forget };
}

function afterOpening(
  result: Result<OpenedBooth | NotActivated, StopReason>,
  { phase }: BoothEntry,
): BoothAction {
  if (!result.ok) return { type: 'stopped', reason: result.reason };
  const { value } = result;
  if (value.kind === 'not-activated') {
    return { type: 'not-activated', manifest: value.manifest, taken: value.taken };
  }
  const { vote, manifest } = value;
  return {
    type: 'opened',
    vote,
    manifest,
    mayVote: phase === 'voting',
    place: placeOf(location.hash),
  };
}

/** Keeps the address and the step together, so that the browser's back button walks. */
export function useWalk({ stage, manifest }: BoothState, dispatch: Dispatch<BoothAction>): void {
  const place = placeOfStage(stage);
  const fragment = place === null ? null : fragmentOf(place);
  useEffect(() => {
    if (fragment === null || placeOf(location.hash) === placeOf(fragment)) return;
    location.hash = fragment;
  }, [fragment]);
  useEffect(() => {
    const follow = (): void => {
      const place = placeOf(location.hash);
      if (place !== null) dispatch({ type: 'went', place });
    };
    window.addEventListener('hashchange', follow);
    return () => {
      window.removeEventListener('hashchange', follow);
    };
  }, [manifest, dispatch]);
}

/** Sends while the stage says so; after trouble, again by itself, ever more slowly. */
function useSending(
  { stage, voteId, manifest, answers }: BoothState,
  { boxUrl, manifestHash }: BoothEntry,
  dispatch: Dispatch<BoothAction>,
): void {
  const attempt = stage.name === 'sending' ? stage.attempt : 0;
  const isWaiting = stage.name === 'sending' && stage.isWaiting;

  useEffect(() => {
    if (attempt === 0 || isWaiting || manifest === null) return;
    void sendBallot({ voteId, boxUrl, manifest, manifestHash, answers })
      .catch(() => ({ kind: 'retry', trouble: 'busy' }) as const)
      .then((outcome) => {
        if (outcome.kind === 'counted') dispatch({ type: 'counted', counted: outcome.counted });
        else if (outcome.kind === 'refused') dispatch({ type: 'refused', reason: outcome.reason });
        else dispatch({ type: 'troubled', trouble: outcome.trouble });
      });
  }, [attempt, isWaiting, manifest, voteId, boxUrl, manifestHash, answers, dispatch]);

  useEffect(() => {
    if (!isWaiting) return;
    const retry = (): void => {
      dispatch({ type: 'retried' });
    };
    const timer = setTimeout(retry, Math.min(2 ** attempt * 1000, LONGEST_PAUSE_MS));
    window.addEventListener('online', retry);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('online', retry);
    };
  }, [isWaiting, attempt, dispatch]);
}
