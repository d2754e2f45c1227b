import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { pickText } from '@/lib/i18n/text';
import type { ContestExplanation } from '@/lib/results/explain';
import type { GatedAllocate } from '@/lib/results/gate';
import { formatSoles } from '@/lib/shared/money';
import { BarsWithLine } from '../charts/bars-with-line';
import { MoneyFlow, type FlowItem } from '../charts/money-flow';
import { Soles } from '../money';
import { Details } from '../ui/details';

/** As many as fit on a picture; the lists have them all. */
const DRAWN = 14;

interface Outcome {
  readonly id: string;
  readonly title: string;
  readonly label: string;
  readonly costCents: number;
  readonly dimension: 'SOC' | 'ECO' | 'AMB' | 'INS';
  readonly votes: number | null;
  readonly funded: boolean;
}

/** What an envelope bought, in order, what did not fit, and why, for each proposal. */
export function AllocateOutcome({
  contest,
  explanation,
}: {
  readonly contest: GatedAllocate;
  readonly explanation: ContestExplanation | null;
}) {
  const t = useTranslations('results');
  const format = useFormatter();
  const locale = useLocale();
  const outcomes = inOrder(contest, locale);
  const spent = outcomes.reduce((sum, each) => sum + (each.funded ? each.costCents : 0), 0);
  const envelope = formatSoles(contest.envelopeCents);
  const left = contest.envelopeCents - spent;
  const votesText = (votes: number) => t('votes', { votes });
  const why = (id: string) => explanation?.options.get(id)?.join(' ');
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
          // What decided in the end; all of it stands under the list.
          note: (each.funded ? undefined : explanation?.options.get(each.id)?.at(-1)) ?? (
            <Soles cents={each.costCents} />
          ),
        }))}
      />
      {contest.figures === null ? null : (
        <MoneyFlow
          caption={t('flow.caption')}
          envelopeCents={contest.envelopeCents}
          votesLabel={t('flow.ballots', { ballots: format.number(contest.figures.voters) })}
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
      {explanation ? (
        <Details summary={t('contest.why')}>
          <ul className="max-w-(--container-text) space-y-4">
            {outcomes.map((each) => (
              <li key={each.id} id={`p-${each.id}`}>
                <a href={`/propuestas/${each.id}`} className="font-semibold">
                  {each.title}
                </a>
                <p>{why(each.id)}</p>
              </li>
            ))}
          </ul>
        </Details>
      ) : null}
    </>
  );
}

/** Funded ones in the order of purchase, then the others by votes. */
function inOrder(contest: GatedAllocate, locale: string): Outcome[] {
  const votes = new Map(contest.result?.projects.map(({ id, votes: count }) => [id, count]));
  const bought = new Map(contest.winners.map((id, at) => [id, at]));
  const all = contest.proposals.map(({ id, title, label, costCents, dimension }): Outcome => ({
    id,
    title: pickText(locale, title),
    label: pickText(locale, label),
    costCents,
    dimension,
    votes: votes.get(id) ?? null,
    funded: bought.has(id),
  }));
  const place = ({ id }: Outcome): number => bought.get(id) ?? contest.winners.length;
  return all.sort(
    (a, b) => place(a) - place(b) || (b.votes ?? 0) - (a.votes ?? 0) || (a.id < b.id ? -1 : 1),
  );
}

/** All that was bought and the best of the rest: never so many that nothing can be read. */
function drawn(outcomes: readonly Outcome[]): Outcome[] {
  const funded = outcomes.filter((each) => each.funded);
  const others = outcomes.filter((each) => !each.funded);
  return [...funded, ...others.slice(0, Math.max(2, DRAWN - funded.length))];
}
