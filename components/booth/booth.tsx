'use client';

import { useTranslations } from 'next-intl';
import { Activate, NoteCode, Recover } from './activation';
import { Choose } from './choose';
import { hasMarks } from './choices';
import { Done } from './done';
import { Cleared, Clearing, Forgetting, Forgotten } from './forgetting';
import { Review } from './review';
import { Refused, Sending } from './sending';
import { Start, type BoothTimes } from './start';
import { mayRecover, stakeOf } from './state';
import { Stopped } from './stopped';
import type { BoothEntry } from './types';
import { useBooth } from './use-booth';
import { ForgetWaiting, WipeOffer } from './wipe-offer';

/** The voting booth: the one page that needs JavaScript, because the secret is made on the phone. */
export function Booth({
  entry,
  times,
}: {
  readonly entry: BoothEntry;
  readonly times: BoothTimes;
}) {
  const t = useTranslations('booth.opening');
  const { state, dispatch, clear, forget } = useBooth(entry);
  const { stage, counted, mayVote, manifest } = state;
  const { roundId } = entry;
  const wipe = <WipeOffer state={state} dispatch={dispatch} />;
  const keep = () => {
    dispatch({ type: 'kept' });
  };
  switch (stage.name) {
    case 'opening':
    case 'activating':
      return (
        <div role="status" className="[@media(scripting:none)]:hidden">
          <h1 className="text-3xl sm:text-4xl">{t('title')}</h1>
          <p className="mt-4">{t('wait')}</p>
        </div>
      );
    case 'stopped':
      return (
        <Stopped
          reason={stage.reason}
          roundId={roundId}
          onAgain={() => {
            dispatch({ type: 'tried-again' });
          }}
          onRecover={
            mayRecover(state)
              ? () => {
                  dispatch({ type: 'recovery-wanted' });
                }
              : null
          }
        />
      );
    case 'activate':
      return <Activate {...{ roundId, dispatch }} />;
    case 'note-code':
      return <NoteCode code={stage.code} dispatch={dispatch} />;
    case 'recover':
      return <Recover problem={stage.problem} dispatch={dispatch} />;
    case 'start':
      return (
        <>
          <Start {...{ state, roundId, times, dispatch }} manifestHash={entry.manifestHash} />
          {wipe}
        </>
      );
    case 'choose': {
      const contest = state.contests[stage.step];
      if (contest === undefined) return null;
      const { step, forReview } = stage;
      return (
        <>
          <Choose key={contest.id} {...{ state, contest, step, forReview, dispatch }} />
          {wipe}
        </>
      );
    }
    case 'review':
      return (
        <>
          <Review state={state} dispatch={dispatch} />
          {wipe}
        </>
      );
    case 'sending':
      return (
        <>
          <Sending
            key={stage.trouble === null ? 'sending' : 'waiting'}
            trouble={stage.trouble}
            onRetry={() => {
              dispatch({ type: 'retried' });
            }}
          />
          {stage.trouble === null ? null : <ForgetWaiting dispatch={dispatch} />}
        </>
      );
    case 'refused':
      return (
        <>
          <Refused reason={stage.reason} roundId={roundId} />
          {stage.reason === 'promise-wrong' ? <ForgetWaiting dispatch={dispatch} /> : wipe}
        </>
      );
    case 'done':
      if (counted === null || manifest === null) return null;
      return (
        <>
          <Done
            {...{ counted, mayVote, times, roundId, manifest, dispatch }}
            recoverable={state.recoverable}
            hasMarks={hasMarks(state.answers)}
            manifestHash={entry.manifestHash}
          />
          {wipe}
        </>
      );
    case 'clearing':
      return (
        <Clearing
          isCounted={counted !== null}
          onYes={clear}
          onNo={keep}
          onForget={() => {
            dispatch({ type: 'forget-wanted' });
          }}
        />
      );
    case 'cleared':
      return <Cleared isCounted={counted !== null} onAgain={keep} />;
    case 'forgetting':
      return (
        <Forgetting
          key={stakeOf(state)}
          stake={stakeOf(state)}
          receipt={counted?.receipt ?? null}
          mayVote={mayVote}
          recoverable={state.recoverable}
          onYes={forget}
          onNo={keep}
        />
      );
    case 'forgotten':
      return <Forgotten stake={stage.stake} />;
  }
}
