'use client';

import { useTranslations } from 'next-intl';
import { useActionState, useEffect, useEffectEvent, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { formatCode } from '@/lib/ballots/receipt';
import { BegunVote, begunOf, type Wiped } from './begun-vote';
import { lookUpReceipt, type LookUp } from './look-up';
import { OwnVote } from './own-vote';
import { receiptAsked } from './receipt-link';
import { isCounted, useOwnVotes } from './use-own-votes';

/** What was asked and answered without JavaScript, by way of the server. */
export interface AskedByForm {
  readonly round: string;
  readonly answer: LookUp;
}

interface Props {
  readonly boxUrl: string;
  readonly rounds: readonly { readonly value: string; readonly label: string }[];
  readonly round: string;
  readonly ask: (before: AskedByForm | null, form: FormData) => Promise<AskedByForm>;
}

/**
 * The votes of this phone, which it checks by itself, and a form for a code from any device. The
 * form is posted, and a QR has the code in its fragment: a code never stands in an address that a
 * server sees. Without JavaScript the server asks the box in the reader's place.
 */
export function CheckReceipt({ boxUrl, rounds, round, ask }: Props) {
  const [byForm, action] = useActionState(ask, null);
  const [asked, setAsked] = useState(byForm?.round ?? round);
  const [code, setCode] = useState('');
  const [isAsking, setIsAsking] = useState(false);
  const [answer, setAnswer] = useState(byForm?.answer ?? null);
  const t = useTranslations('booth.check');
  const common = useTranslations('booth');
  const begunWords = useTranslations('booth.begun');
  const own = useOwnVotes(asked);
  const [wiped, setWiped] = useState<Wiped | null>(null);
  const lookAgain = (what: Wiped): void => {
    setWiped(what);
    own.lookAgain();
  };
  const error =
    answer?.kind === 'unreadable'
      ? t(`problem.${answer.problem}`, { typed: answer.typed })
      : undefined;
  // A new answer is a new list of errors: the summary takes the focus again.
  const errors = useMemo(
    () =>
      answer?.kind === 'unreadable' && error !== undefined
        ? [{ href: '#codigo', message: error }]
        : [],
    [answer, error],
  );
  const lookUp = async (of: string, typed: string): Promise<void> => {
    setIsAsking(true);
    setAnswer(await lookUpReceipt(boxUrl, of, typed));
    setIsAsking(false);
  };
  useScanned((scanned) => {
    const of = rounds.some(({ value }) => value === scanned.round) ? scanned.round : round;
    setAsked(of);
    setCode(scanned.code);
    void lookUp(of, scanned.code);
  });
  return (
    <>
      {errors.length > 0 ? <ErrorSummary title={common('problem')} errors={errors} /> : null}
      {own.votes?.filter(isCounted).map((vote) => (
        <OwnVote
          key={vote.id}
          vote={vote}
          boxUrl={boxUrl}
          onForgotten={() => {
            lookAgain('forgetTold');
          }}
        />
      ))}
      {own.votes?.map((vote) => {
        const begun = begunOf(vote);
        return begun === null ? null : (
          <BegunVote key={vote.id} {...{ vote, begun }} onWiped={lookAgain} />
        );
      })}
      <div role="status">
        {wiped === null ? null : <Notice tone="success" title={begunWords(wiped)} />}
      </div>
      <h2 className="mb-3 text-xl">{t('byCode')}</h2>
      <form
        action={action}
        className="max-w-(--container-text)"
        onSubmit={(event) => {
          event.preventDefault();
          void lookUp(asked, code);
        }}
      >
        <Select
          id="proceso"
          name="proceso"
          label={t('round')}
          options={[...rounds]}
          value={asked}
          onChange={(event) => {
            setAsked(event.target.value);
            setAnswer(null);
            setWiped(null);
          }}
        />
        <TextInput
          id="codigo"
          name="codigo"
          label={t('code')}
          hint={t('hint')}
          error={error}
          width="half"
          value={code}
          onChange={(event) => {
            setCode(event.target.value);
          }}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={60}
        />
        <p className="mb-6 [@media(scripting:none)]:hidden">{t('privacy')}</p>
        <noscript>
          <p className="mb-6">{t('noScript')}</p>
        </noscript>
        <Button aria-disabled={isAsking || undefined}>{t('send')}</Button>
      </form>
      <div role="status" className="mt-8">
        {isAsking ? <p>{t('sending')}</p> : <Answer answer={answer} />}
      </div>
      <p className="mt-8 mb-10">
        <a href={`/votar/${encodeURIComponent(asked)}/mi-derecho`}>{t('ownRight')}</a>
      </p>
    </>
  );
}

/** Takes a code from the fragment, once, and leaves none in the browser's history. */
function useScanned(onScanned: (asked: { round: string; code: string }) => void): void {
  const look = useEffectEvent((): void => {
    const scanned = receiptAsked(location.hash);
    if (scanned === null) return;
    history.replaceState(history.state, '', location.pathname + location.search);
    onScanned(scanned);
  });
  useEffect(() => {
    const follow = (): void => {
      look();
    };
    follow();
    window.addEventListener('hashchange', follow);
    return () => {
      window.removeEventListener('hashchange', follow);
    };
  }, []);
}

function Answer({ answer }: { readonly answer: LookUp | null }) {
  const t = useTranslations('booth.check');
  switch (answer?.kind) {
    case undefined:
    case 'unreadable':
      return null;
    case 'recorded':
      return (
        <Notice tone="success" title={t('recorded.title')}>
          <p className="font-semibold">{formatCode(answer.code)}</p>
          <p>{t(answer.isOpen ? 'recorded.open' : 'recorded.closed')}</p>
          <p>{t(answer.isPublished ? 'recorded.published' : 'recorded.staged')}</p>
        </Notice>
      );
    case 'missing':
      return (
        <Notice tone="danger" title={t('missing.title')}>
          <p className="font-semibold">{formatCode(answer.code)}</p>
          <p>{t('missing.do')}</p>
        </Notice>
      );
    case 'away':
      return (
        <Notice tone="warning" title={t('away.title')}>
          <p>{t('away.do')}</p>
        </Notice>
      );
  }
}
