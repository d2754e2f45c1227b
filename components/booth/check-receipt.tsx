'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { formatCode } from '@/lib/ballots/receipt';
import { lookUpReceipt, type LookUp } from './look-up';
import { votesOf } from './store';

/**
 * A form that asks the ballot box itself. Without JavaScript it is a plain GET form, and the server
 * asks instead (`first` is then its answer).
 */
export function CheckReceipt({
  boxUrl,
  rounds,
  round,
  typed,
  first,
}: {
  readonly boxUrl: string;
  readonly rounds: readonly { readonly value: string; readonly label: string }[];
  readonly round: string;
  readonly typed: string;
  readonly first: LookUp | null;
}) {
  const t = useTranslations('booth.check');
  const common = useTranslations('booth');
  const [asked, setAsked] = useState(round);
  const [code, setCode] = useState(typed);
  const [isAsking, setIsAsking] = useState(false);
  const [answer, setAnswer] = useState(first);
  const remembered = useRemembered(asked);
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
  const ask = async (what: string): Promise<void> => {
    setCode(what);
    setIsAsking(true);
    setAnswer(await lookUpReceipt(boxUrl, asked, what));
    setIsAsking(false);
  };
  return (
    <>
      {errors.length > 0 ? <ErrorSummary title={common('problem')} errors={errors} /> : null}
      {remembered.length > 0 ? (
        <Notice tone="info" title={t('remembered')}>
          <p className="mb-3">{t('rememberedWhy')}</p>
          {remembered.map((each) => (
            <Button
              key={each}
              type="button"
              variant="secondary"
              className="mr-3 mb-2 flex-col gap-0!"
              onClick={() => void ask(formatCode(each))}
            >
              {t('useCode')} <span className="whitespace-nowrap">{formatCode(each)}</span>
            </Button>
          ))}
        </Notice>
      ) : null}
      <form
        method="get"
        className="max-w-(--container-text)"
        onSubmit={(event) => {
          event.preventDefault();
          void ask(code);
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
        <noscript>
          <p className="mb-6">{t('noScript')}</p>
        </noscript>
        <Button aria-disabled={isAsking || undefined}>{t('send')}</Button>
      </form>
      <div role="status" className="mt-8">
        {isAsking ? <p>{t('sending')}</p> : <Answer answer={answer} />}
      </div>
    </>
  );
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

/** The codes of the votes this phone has had counted in a round. */
function useRemembered(round: string): readonly string[] {
  const [found, setFound] = useState<{ round: string; codes: readonly string[] } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const look = async (): Promise<void> => {
      const votes = 'indexedDB' in globalThis ? await votesOf(round).catch(() => []) : [];
      const codes = votes.flatMap((vote) => (vote.counted ? [vote.counted.receipt] : []));
      if (isCurrent) setFound({ round, codes });
    };
    void look();
    return () => {
      isCurrent = false;
    };
  }, [round]);
  return found?.round === round ? found.codes : [];
}
