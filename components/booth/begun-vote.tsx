import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { hasMarks } from './choices';
import { forgetMarks, forgetVote } from './store';
import type { StoredVote } from './types';

export type Begun = 'unsent' | 'pending' | 'change' | 'pendingChange';

/** What of this vote was begun on this phone and is not counted; null when there is nothing. */
export function begunOf({ counted, outbox, draft }: StoredVote): Begun | null {
  if (counted === null) return outbox === null ? 'unsent' : 'pending';
  if (outbox !== null) return 'pendingChange';
  return hasMarks(draft ?? {}) ? 'change' : null;
}

export type Wiped = 'clearTold' | 'forgetTold';

/** A vote that was begun and not counted: where to go on with it, and the ways to wipe it. */
export function BegunVote({
  vote,
  begun,
  onWiped,
}: {
  readonly vote: StoredVote;
  readonly begun: Begun;
  readonly onWiped: (what: Wiped) => void;
}) {
  const t = useTranslations('booth.begun');
  const wipe = useTranslations('booth.wipe');
  const [asking, setAsking] = useState<'clear' | 'forget' | null>(null);
  const isPending = begun === 'pending' || begun === 'pendingChange';
  const isMarked = hasMarks(vote.draft ?? {});
  const ofUnsent = isMarked ? 'marked' : 'activated';
  const what = isPending ? 'pending' : begun === 'change' ? 'change' : ofUnsent;
  return (
    <section className="border-ink mb-8 border-2 bg-white p-4 sm:p-6" data-begun={begun}>
      <h2 className="mb-1 text-xl">{t(`title.${begun}`)}</h2>
      <p className="mb-4">{t(`what.${what}`)}</p>
      <div className="flex flex-wrap gap-4">
        <ButtonLink href={`/votar/${encodeURIComponent(vote.round)}/cabina`}>
          {t('open')}
        </ButtonLink>
        {isMarked && !isPending && asking !== 'clear' ? (
          <Button
            type="button"
            variant="secondary"
            onClick={() => {
              setAsking('clear');
            }}
          >
            {wipe('clear')}
          </Button>
        ) : null}
        {vote.counted === null && asking !== 'forget' ? (
          <Button
            type="button"
            variant="danger"
            onClick={() => {
              setAsking('forget');
            }}
          >
            {wipe(isPending ? 'forgetWaiting' : 'forget')}
          </Button>
        ) : null}
      </div>
      {asking === null ? null : (
        <Asking
          key={asking}
          {...{ vote, begun, asking }}
          onWiped={(wiped) => {
            setAsking(null);
            onWiped(wiped);
          }}
          onNo={() => {
            setAsking(null);
          }}
        />
      )}
    </section>
  );
}

function Asking({
  vote,
  begun,
  asking,
  onWiped,
  onNo,
}: {
  readonly vote: StoredVote;
  readonly begun: Begun;
  readonly asking: 'clear' | 'forget';
  readonly onWiped: (what: Wiped) => void;
  readonly onNo: () => void;
}) {
  const clear = useTranslations('booth.clear');
  const forget = useTranslations('booth.forget');
  const isClear = asking === 'clear';
  const lost =
    begun === 'pending'
      ? forget('pending.lost')
      : forget(vote.recoverable === true ? 'unsent.lostWithCode' : 'unsent.lost');
  const stake = begun === 'pending' ? 'pending' : 'unsent';
  return (
    <div className="mt-6">
      <Notice
        tone="warning"
        title={isClear ? clear('title') : forget(`${stake}.title`)}
        role="alert"
      >
        {isClear ? (
          <>
            <p>{clear('what')}</p>
            <p className="mt-2">{clear(begun === 'change' ? 'rightToChange' : 'right')}</p>
          </>
        ) : (
          <p>{lost}</p>
        )}
      </Notice>
      <div className="flex flex-wrap gap-4">
        <Button
          type="button"
          variant="danger"
          onClick={() => {
            const wiping = isClear ? forgetMarks(vote.id) : forgetVote(vote.id);
            void wiping.then(() => {
              onWiped(isClear ? 'clearTold' : 'forgetTold');
            });
          }}
        >
          {isClear ? clear('yes') : forget(`${stake}.yes`)}
        </Button>
        <Button type="button" variant="secondary" onClick={onNo}>
          {clear('no')}
        </Button>
      </div>
    </div>
  );
}
