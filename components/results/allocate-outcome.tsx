import { useLocale, useTranslations } from 'next-intl';
import type { ContestExplanation } from '@/lib/results/explain';
import type { GatedAllocate } from '@/lib/results/gate';
import { formatSoles } from '@/lib/shared/money';
import { BarsWithLine } from '../charts/bars-with-line';
import { MoneyFlow, type FlowItem } from '../charts/money-flow';
import { formatCount } from '../count';
import { Soles } from '../money';
import { inOrder, type Outcome } from './outcomes';

/** As many as fit on a picture; the lists have them all. */
const DRAWN = 14;

/** What an envelope bought, in order, and what did not fit. */
export function AllocateOutcome({
  contest,
  explanation,
  isDrawn,
}: {
  readonly contest: GatedAllocate;
  readonly explanation: ContestExplanation | null;
  readonly isDrawn: boolean;
}) {
  const t = useTranslations('results');
  const locale = useLocale();
  const outcomes = inOrder(contest, locale);
  const spent = outcomes.reduce((sum, each) => sum + (each.funded ? each.costCents : 0), 0);
  const envelope = formatSoles(contest.envelopeCents);
  const left = contest.envelopeCents - spent;
  const votesText = (votes: number) => t('votes', { votes, votesText: formatCount(votes) });
  return (
    <>
      <BarsWithLine
        fundedTitle={t('contest.funded')}
        unfundedTitle={t('contest.notFunded')}
        lineLabel={t('contest.line', { envelope, left: formatSoles(left) })}
        bars={outcomes.map((each) => ({
          id: each.id,
          label: each.title,
          href: `/propuestas/${each.id}`,
          value: each.votes ?? 0,
          valueText: each.votes === null ? '' : votesText(each.votes),
          funded: each.funded,
          dimension: each.dimension,
          // What decided in the end; all of it stands in the reasons under the list.
          note: (each.funded ? undefined : explanation?.options.get(each.id)?.at(-1)) ?? (
            <Soles cents={each.costCents} />
          ),
        }))}
      />
      {contest.figures === null || !isDrawn ? null : (
        <MoneyFlow
          caption={t('flow.caption')}
          envelopeCents={contest.envelopeCents}
          votesLabel={t('flow.ballots', { ballots: formatCount(contest.figures.voters) })}
          envelopeLabel={t('flow.envelope', { envelope })}
          leftLabel={left > 0 ? t('flow.left', { left: formatSoles(left) }) : null}
          notFundedLabel={t('flow.notFunded')}
          items={drawn(outcomes).map((each): FlowItem => ({
            id: each.id,
            label: each.label,
            votes: each.votes ?? 0,
            cents: each.costCents,
            funded: each.funded,
            dimension: each.dimension,
            detail: `${votesText(each.votes ?? 0)} · ${formatSoles(each.costCents)}`,
          }))}
        />
      )}
    </>
  );
}

/** All that was bought and the best of the rest: never so many that nothing can be read. */
function drawn(outcomes: readonly Outcome[]): Outcome[] {
  const funded = outcomes.filter((each) => each.funded);
  const others = outcomes.filter((each) => !each.funded);
  return [...funded, ...others.slice(0, Math.max(2, DRAWN - funded.length))];
}
