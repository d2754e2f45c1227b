import { useLocale, useTranslations } from 'next-intl';
import type { Dispatch } from 'react';
import { Soles } from '@/components/money';
import { Button } from '@/components/ui/button';
import { pickText } from '@/lib/i18n/text';
import type { Contest } from '@/lib/rounds/manifest';
import { formatSoles } from '@/lib/shared/money';
import { fragmentOf } from './place';
import { answerOf, spentCents } from './choices';
import type { BoothAction, BoothState } from './state';
import { StepHeading } from './step-heading';
import type { Answer } from './types';

/** Everything that will be sent, as it will be counted, before it is sent. */
export function Review({
  state,
  dispatch,
}: {
  readonly state: BoothState;
  readonly dispatch: Dispatch<BoothAction>;
}) {
  const t = useTranslations('booth.review');
  const common = useTranslations('booth');
  const locale = useLocale();
  return (
    <>
      <StepHeading
        title={t('title')}
        windowTitle={t('title')}
        back={{ href: fragmentOf(state.contests.length - 1), label: common('back') }}
        lead={t('lead')}
      />
      {state.contests.map((contest, step) => {
        const title = pickText(locale, contest.title);
        const answer = answerOf(state.answers, contest.id);
        return (
          <section key={contest.id} className="border-line border-t py-5">
            <div className="flex items-start justify-between gap-4">
              <h2 className="text-xl">{title}</h2>
              <a
                href={fragmentOf(step)}
                className="-mt-3 inline-flex min-h-12 shrink-0 items-center font-semibold"
              >
                {t('change')}
                <span className="sr-only">: {title}</span>
              </a>
            </div>
            {answer.blank ? (
              <p className="mt-2 font-semibold">{t('blank')}</p>
            ) : (
              <Chosen contest={contest} answer={answer} />
            )}
          </section>
        );
      })}
      <div className="border-line border-t pt-6">
        <Button
          type="button"
          className="w-full sm:w-auto"
          onClick={() => {
            dispatch({ type: 'sent' });
          }}
        >
          {t('send')}
        </Button>
        <p className="mt-4 max-w-(--container-text)">{t('afterwards')}</p>
      </div>
    </>
  );
}

function Chosen({ contest, answer }: { readonly contest: Contest; readonly answer: Answer }) {
  const t = useTranslations('booth.review');
  const locale = useLocale();
  if (contest.kind === 'rank') {
    return (
      <ol className="mt-3 list-decimal space-y-2 pl-7">
        {answer.picks.map((id) => {
          const row = contest.rows.find((each) => each.id === id);
          return <li key={id}>{row ? pickText(locale, row.title) : id}</li>;
        })}
      </ol>
    );
  }
  const spent = spentCents(contest, answer);
  return (
    <>
      <ul className="mt-3 space-y-3">
        {contest.proposals
          .filter((proposal) => answer.picks.includes(proposal.id))
          .map((proposal) => (
            <li
              key={proposal.id}
              className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1"
            >
              <span className="min-w-0 flex-1 basis-64">{pickText(locale, proposal.title)}</span>
              <Soles cents={proposal.costCents} />
            </li>
          ))}
      </ul>
      <p className="mt-4 font-semibold">
        {t('sum', { spent: formatSoles(spent), total: formatSoles(contest.envelopeCents) })}
      </p>
    </>
  );
}
