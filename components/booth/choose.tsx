import { useLocale, useTranslations } from 'next-intl';
import { useMemo, type Dispatch } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import { pickText } from '@/lib/i18n/text';
import { mostPicks } from '@/lib/rounds/contests';
import type { AllocateContest, Contest } from '@/lib/rounds/manifest';
import { formatSoles } from '@/lib/shared/money';
import { AllocateChoice, EnvelopeBar } from './allocate-choice';
import { BlankChoice, ChoiceBar } from './choice-frame';
import { fragmentOf } from './place';
import { RankChoice } from './rank-choice';
import { answerOf, type ChoiceProblem } from './choices';
import type { BoothAction, BoothState } from './state';
import { StepHeading } from './step-heading';

/** The money, and how many proposals may be marked where that is fewer than all. */
function allocateLead(t: Words, contest: AllocateContest): string {
  const total = formatSoles(contest.envelopeCents);
  const most = mostPicks(contest);
  return most < contest.proposals.length
    ? t('allocateLeadUpTo', { total, most })
    : t('allocateLead', { total });
}

type Words = ReturnType<typeof useTranslations<'booth.choose'>>;

/** One contest to a page. */
export function Choose({
  state,
  contest,
  step,
  forReview,
  dispatch,
}: {
  readonly state: BoothState;
  readonly contest: Contest;
  readonly step: number;
  readonly forReview: boolean;
  readonly dispatch: Dispatch<BoothAction>;
}) {
  const t = useTranslations('booth.choose');
  const common = useTranslations('booth');
  const locale = useLocale();
  const answer = answerOf(state.answers, contest.id);
  const title = pickText(locale, contest.title);
  const { problems } = state;
  const toggle = (option: string): void => {
    dispatch({ type: 'toggled', contest: contest.id, option });
  };
  const isLast = step + 1 === state.contests.length;
  const firstField = `options-${contest.id}`;
  // The summary takes the focus whenever its errors are new: once per press of the button.
  const errors = useMemo(() => {
    const messageOf = ({ problem, over }: ChoiceProblem): string => {
      switch (problem) {
        case 'unanswered':
          return t(contest.kind === 'rank' ? 'unansweredRank' : 'unansweredAllocate');
        case 'too-many-picked':
          return t('tooManyPicked', { more: over });
        case 'over-budget':
          return t('overBudget', { over: formatSoles(over) });
      }
    };
    return problems.map((one) => ({ href: `#${firstField}`, message: messageOf(one) }));
  }, [problems, t, contest.kind, firstField]);
  const windowTitle = problems.length > 0 ? common('errorTitle', { title }) : title;
  return (
    <div className="[&_button]:scroll-mb-64 [&_input]:scroll-mb-64 [&_summary]:scroll-mb-64">
      {errors.length > 0 ? <ErrorSummary title={common('problem')} errors={errors} /> : null}
      <StepHeading
        title={title}
        windowTitle={windowTitle}
        eyebrow={t('step', { step: step + 1, steps: state.contests.length })}
        back={
          forReview
            ? { href: fragmentOf('review'), label: t('backToReview') }
            : { href: fragmentOf(step === 0 ? 'start' : step - 1), label: common('back') }
        }
        lead={
          contest.kind === 'rank'
            ? t('rankLead', { most: contest.maxRanked })
            : allocateLead(t, contest)
        }
      />
      {contest.kind === 'rank' ? (
        <RankChoice
          contest={contest}
          answer={answer}
          seed={state.seed}
          onToggle={toggle}
          onMove={(option, by) => {
            dispatch({ type: 'moved', contest: contest.id, option, by });
          }}
        />
      ) : (
        <AllocateChoice contest={contest} answer={answer} seed={state.seed} onToggle={toggle} />
      )}
      <BlankChoice
        id={`blank-${contest.id}`}
        blank={answer.blank}
        onChange={(blank) => {
          dispatch({ type: 'blanked', contest: contest.id, blank });
        }}
      />
      <ChoiceBar
        next={forReview || isLast ? t('toReview') : t('next')}
        onNext={() => {
          dispatch({ type: 'continued' });
        }}
      >
        {answer.blank ? (
          t('isBlank')
        ) : contest.kind === 'rank' ? (
          t(answer.picks.length < contest.maxRanked ? 'ranked' : 'rankedFull', {
            count: answer.picks.length,
            most: contest.maxRanked,
          })
        ) : (
          <EnvelopeBar contest={contest} answer={answer} />
        )}
      </ChoiceBar>
    </div>
  );
}
