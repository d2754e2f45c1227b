import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { formatCode } from '@/lib/ballots/receipt';
import type { CheckedStep, OwnVoteCheck } from '@/lib/record/own-vote';
import type { Manifest } from '@/lib/rounds/manifest';
import { verifyEd25519 } from '@/lib/shared/ed25519';
import { proofFile } from './proof';
import { recordReader } from './record-tools';
import { forgetVote, manifestText, rememberCheckpoint, seenCheckpoint } from './store';
import type { CountedVote } from './use-own-votes';

export type Checking =
  | { readonly kind: 'idle' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'away' }
  | { readonly kind: 'checked'; readonly answer: OwnVoteCheck; readonly witnesses: string[] };

/** One vote of this phone: its code, the check step by step, and the way to forget it. */
export function OwnVote({
  vote,
  boxUrl,
  onForgotten,
}: {
  readonly vote: CountedVote;
  readonly boxUrl: string;
  readonly onForgotten: () => void;
}) {
  const t = useTranslations('booth.ownVote');
  const [checking, setChecking] = useState<Checking>({ kind: 'idle' });
  const [isAsking, setAsking] = useState(false);
  const check = async (evenLarge: boolean): Promise<void> => {
    setChecking({ kind: 'checking' });
    setChecking(await checked(vote, boxUrl, evenLarge));
  };
  return (
    <section className="border-ink mb-8 border-2 bg-white p-4 sm:p-6">
      <h2 className="mb-1 text-xl">{t('title')}</h2>
      <p className="mb-4 font-semibold tabular-nums">{formatCode(vote.counted.receipt)}</p>
      <div role="status">
        <Progress checking={checking} />
      </div>
      {checking.kind === 'checked' ? (
        <Findings
          answer={checking.answer}
          witnesses={checking.witnesses}
          onWhole={() => void check(true)}
        />
      ) : null}
      <div className="flex flex-wrap gap-4">
        <Button
          type="button"
          variant={checking.kind === 'checked' ? 'secondary' : 'primary'}
          aria-disabled={checking.kind === 'checking' || undefined}
          onClick={() => {
            if (checking.kind !== 'checking') void check(false);
          }}
        >
          {t(checking.kind === 'checked' ? 'again' : 'check')}
        </Button>
        {isAsking ? null : (
          <Button
            type="button"
            variant="danger"
            onClick={() => {
              setAsking(true);
            }}
          >
            {t('forget')}
          </Button>
        )}
      </div>
      {isAsking ? (
        <div className="mt-6">
          <Notice tone="warning" title={t('forgetTitle')} role="alert">
            <p>{t('forgetWhat')}</p>
          </Notice>
          <div className="flex flex-wrap gap-4">
            <Button
              type="button"
              variant="danger"
              onClick={() => void forgetVote(vote.id).then(onForgotten)}
            >
              {t('forgetYes')}
            </Button>
            <Button
              type="button"
              variant="secondary"
              onClick={() => {
                setAsking(false);
              }}
            >
              {t('forgetNo')}
            </Button>
          </div>
        </div>
      ) : null}
    </section>
  );
}

async function checked(vote: CountedVote, boxUrl: string, evenLarge: boolean): Promise<Checking> {
  const text = await manifestText(vote.manifestHash);
  if (text === undefined) return { kind: 'away' };
  const manifest = JSON.parse(text) as Manifest;
  const { checkOwnVote } = await import('@/lib/record/own-vote');
  try {
    const answer = await checkOwnVote(
      {
        promise: vote.counted.promise,
        manifest,
        manifestText: text,
        seen: (await seenCheckpoint(vote.round)) ?? null,
      },
      {
        read: recordReader(boxUrl, vote.round),
        verify: verifyEd25519,
        now: new Date(),
        evenLarge,
      },
    );
    if (answer === null) return { kind: 'away' };
    if (answer.remember !== null) await rememberCheckpoint(vote.round, answer.remember);
    return { kind: 'checked', answer, witnesses: manifest.witnesses.map(({ name }) => name) };
  } catch {
    return { kind: 'away' };
  }
}

function Progress({ checking }: { readonly checking: Checking }) {
  const t = useTranslations('booth.ownVote');
  if (checking.kind === 'idle') return <p className="mb-4">{t('what')}</p>;
  if (checking.kind === 'checking') return <p className="mb-4">{t('checking')}</p>;
  if (checking.kind === 'away') {
    return (
      <Notice tone="warning" title={t('awayTitle')}>
        <p>{t('away')}</p>
      </Notice>
    );
  }
  const outcome = outcomeOf(checking.answer.steps);
  const tone = { fails: 'danger', late: 'warning', waits: 'info', holds: 'success' } as const;
  return (
    <Notice tone={tone[outcome]} title={t(`outcome.${outcome}.title`)}>
      <p>{t(`outcome.${outcome}.text`)}</p>
    </Notice>
  );
}

/** One failing step is enough for an alarm; what only waits is none. */
export function outcomeOf(steps: readonly CheckedStep[]): 'fails' | 'late' | 'waits' | 'holds' {
  if (steps.some(({ verdict }) => verdict === 'fails')) return 'fails';
  const included = steps.find(({ step }) => step === 'included')?.verdict;
  return included === 'late' || included === 'waits' ? included : 'holds';
}

const MARKS: Readonly<Record<CheckedStep['verdict'], { sign: string; look: string }>> = {
  holds: { sign: '✔', look: 'bg-ok text-white' },
  fails: { sign: '✘', look: 'bg-danger text-white' },
  late: { sign: '!', look: 'bg-warn text-white' },
  waits: { sign: '…', look: 'border-ink border-2' },
  asks: { sign: '…', look: 'border-ink border-2' },
  none: { sign: '–', look: 'border-ink border-2' },
};

export function Findings({
  answer,
  witnesses,
  onWhole,
}: {
  readonly answer: OwnVoteCheck;
  readonly witnesses: readonly string[];
  readonly onWhole: () => void;
}) {
  const t = useTranslations('booth.ownVote');
  const outcome = outcomeOf(answer.steps);
  return (
    <>
      <ol className="mb-6 space-y-4">
        {answer.steps.map((each) => (
          <li key={each.step} data-step={each.step} data-verdict={each.verdict}>
            <div className="flex items-start gap-3">
              <span
                aria-hidden="true"
                className={`grid size-8 shrink-0 place-items-center rounded-full font-bold ${MARKS[each.verdict].look}`}
              >
                {MARKS[each.verdict].sign}
              </span>
              <div className="min-w-0 pt-0.5">
                <p className="font-semibold">
                  <span className="sr-only">{t(`verdict.${each.verdict}`)}: </span>
                  {t(`name.${each.step}`)}
                </p>
                <p>{sentence(t, each)}</p>
                {each.verdict === 'asks' ? (
                  <Button type="button" variant="secondary" className="mt-2" onClick={onWhole}>
                    {t('whole')}
                  </Button>
                ) : null}
              </div>
            </div>
          </li>
        ))}
      </ol>
      {outcome === 'fails' || outcome === 'late' ? (
        <Notice tone="danger" title={t('proofTitle')}>
          <p>{t('proof')}</p>
          {witnesses.length > 0 ? (
            <p className="mt-2">{t('proofWitnesses', { names: witnesses.join(', ') })}</p>
          ) : null}
          <p className="mt-4">
            <Button
              type="button"
              onClick={() => {
                proofFile(answer);
              }}
            >
              {t('proofSave')}
            </Button>
          </p>
        </Notice>
      ) : null}
    </>
  );
}

type Words = ReturnType<typeof useTranslations<'booth.ownVote'>>;

/** What was found at a step, in plain words. */
function sentence(t: Words, { step, verdict, count = 0, of = 0 }: CheckedStep): string {
  return t(`found.${step}.${verdict}`, { count, of });
}
