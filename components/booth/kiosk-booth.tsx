'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { contestsFor } from '@/lib/rounds/contests';
import { Choose } from './choose';
import { leaveKioskAs, type Leaving } from './kiosk-leave';
import { Receipt } from './receipt';
import { Review } from './review';
import { Sending } from './sending';
import type { Stage } from './state';
import { StepHeading } from './step-heading';
import type { BoothEntry } from './types';
import { useBooth } from './use-booth';
import { useIdle } from './use-idle';

const QUIET_MS = 150_000;
const GRACE_MS = 30_000;
/** A receipt that nobody takes is wiped after so long. */
const RECEIPT_MINUTES = 3;

/**
 * The booth on a device that is nobody's: one person votes, takes the code, and it is wiped. No
 * recovery code, no way of changing the vote later: the key does not outlive the visit.
 */
export function KioskBooth({ entry }: { readonly entry: BoothEntry }) {
  const t = useTranslations('kiosk.booth');
  const { state, dispatch } = useBooth(entry);
  const { stage, voteId, manifest, counted, mayVote } = state;
  const [leaving, setLeaving] = useState<Leaving | null>(null);
  const [begun, setBegun] = useState(false);

  useEffect(() => {
    if (leaving !== null) void leaveKioskAs(leaving, voteId);
  }, [leaving, voteId]);

  // Activated by the press that began: there is no second page before choosing.
  const goesOn = begun && stage.name === 'start' && mayVote;
  useEffect(() => {
    if (goesOn) dispatch({ type: 'continued' });
  }, [goesOn, dispatch]);

  const isDone = stage.name === 'done';
  const gone = useCallback(() => {
    setLeaving(isDone ? 'voted' : 'paused');
  }, [isDone]);
  const { isWarned, stay } = useIdle({
    // A ballot on its way is not interrupted: it ends counted or refused by itself.
    isOn: leaving === null && stage.name !== 'sending' && stage.name !== 'opening',
    quietMs: isDone ? RECEIPT_MINUTES * 60_000 : QUIET_MS,
    graceMs: GRACE_MS,
    onGone: gone,
  });

  if (leaving !== null) return <p role="status">{t('wiping')}</p>;
  if (isWarned) {
    return (
      <>
        <StepHeading title={t('idle')} windowTitle={t('idle')} />
        <Notice tone="warning" role="alert">
          <p>{t('idleWhy', { seconds: String(GRACE_MS / 1000) })}</p>
        </Notice>
        <Button type="button" onClick={stay}>
          {t('here')}
        </Button>
      </>
    );
  }
  const call = (
    <CallOfficer
      onCall={() => {
        setLeaving('paused');
      }}
    />
  );
  switch (stage.name) {
    case 'opening':
    case 'activating':
      return <Opening />;
    case 'activate':
    case 'start': {
      const group = entry.session?.group ?? '';
      const pages = manifest === null ? 0 : contestsFor(manifest, group).length;
      return (
        <>
          <StepHeading
            title={t('start')}
            windowTitle={t('start')}
            lead={t('startLead', { pages })}
          />
          <p className="mb-6 max-w-(--container-text)">{t('forgets')}</p>
          <Button
            type="button"
            onClick={() => {
              setBegun(true);
              if (stage.name === 'activate') dispatch({ type: 'activate-wanted' });
            }}
          >
            {t('begin')}
          </Button>
          {call}
        </>
      );
    }
    case 'choose': {
      const contest = state.contests[stage.step];
      if (contest === undefined) return null;
      const { step, forReview } = stage;
      return (
        <>
          <Choose key={contest.id} {...{ state, contest, step, forReview, dispatch }} />
          {call}
        </>
      );
    }
    case 'review':
      return (
        <>
          <Review state={state} dispatch={dispatch} />
          {call}
        </>
      );
    case 'sending':
      return (
        <Sending
          key={stage.trouble === null ? 'sending' : 'waiting'}
          trouble={stage.trouble}
          onRetry={() => {
            dispatch({ type: 'retried' });
          }}
        />
      );
    case 'done':
      if (counted === null || manifest === null) return null;
      return (
        <Counted
          onFinish={() => {
            setLeaving('voted');
          }}
        >
          <Receipt
            isShared
            receipt={counted.receipt}
            manifest={manifest}
            manifestHash={entry.manifestHash}
          />
        </Counted>
      );
    case 'stopped':
    case 'refused':
    case 'note-code':
    case 'recover':
    case 'clearing':
    case 'cleared':
    case 'forgetting':
    case 'forgotten':
      return (
        <Ended
          stage={stage}
          onAgain={() => {
            dispatch({ type: 'tried-again' });
          }}
          onLeave={() => {
            setLeaving('left');
          }}
        >
          {call}
        </Ended>
      );
  }
}

function Opening() {
  const t = useTranslations('booth.opening');
  return (
    <div role="status" className="[@media(scripting:none)]:hidden">
      <h1 className="text-3xl sm:text-4xl">{t('title')}</h1>
      <p className="mt-4">{t('wait')}</p>
    </div>
  );
}

function Counted({
  children,
  onFinish,
}: {
  readonly children: ReactNode;
  readonly onFinish: () => void;
}) {
  const t = useTranslations('kiosk.booth');
  const done = useTranslations('booth.done');
  return (
    <>
      <div className="print:hidden">
        <StepHeading title={done('title')} windowTitle={done('title')} />
      </div>
      {children}
      <div className="mt-8 print:hidden">
        <p className="mb-4 max-w-(--container-text)">
          {t('finishWhy', { minutes: String(RECEIPT_MINUTES) })}
        </p>
        <Button type="button" onClick={onFinish}>
          {t('finish')}
        </Button>
      </div>
    </>
  );
}

/** No vote came of it: why, and the officer. What may pass is tried again first. */
function Ended({
  stage,
  onAgain,
  onLeave,
  children,
}: {
  readonly stage: Stage;
  readonly onAgain: () => void;
  readonly onLeave: () => void;
  readonly children: ReactNode;
}) {
  const t = useTranslations('kiosk.booth');
  const booth = useTranslations('booth');
  const title =
    stage.name === 'stopped'
      ? booth(`stopped.${stage.reason}.title`)
      : booth(stage.name === 'refused' ? 'refused.title' : 'stopped.no-vote.title');
  const why =
    stage.name === 'stopped'
      ? booth(`stopped.${stage.reason}.why`)
      : stage.name === 'refused'
        ? booth(`refused.reason.${stage.reason}`)
        : null;
  const mayPass =
    stage.name === 'stopped' && ['box-away', 'offline', 'unavailable'].includes(stage.reason);
  return (
    <>
      <StepHeading title={title} windowTitle={title} />
      <Notice tone="warning" role="alert">
        {why === null ? null : <p>{why}</p>}
        <p className="mt-3">{t('left')}</p>
      </Notice>
      {mayPass ? (
        <>
          <Button type="button" onClick={onAgain}>
            {booth('stopped.again')}
          </Button>
          {children}
        </>
      ) : (
        <Button type="button" onClick={onLeave}>
          {t('finish')}
        </Button>
      )}
    </>
  );
}

function CallOfficer({ onCall }: { readonly onCall: () => void }) {
  const t = useTranslations('kiosk.booth');
  return (
    <section className="border-line mt-12 border-t pt-6">
      <p className="mb-3 max-w-(--container-text)">{t('callWhy')}</p>
      <Button type="button" variant="secondary" onClick={onCall}>
        {t('call')}
      </Button>
    </section>
  );
}
