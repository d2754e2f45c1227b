import { useLocale, useTranslations } from 'next-intl';
import { Soles } from '@/components/money';
import { Section } from '@/components/ui/section';
import { pickText } from '@/lib/i18n/text';
import type { ContestExplanation } from '@/lib/results/explain';
import type { GatedAllocate } from '@/lib/results/gate';

/** As many as a meeting reads; the result page has them all. */
const SHOWN = 6;

/** The most voted proposals that were not funded, and why. */
export function LeftOut({
  contests,
  roundId,
}: {
  readonly contests: readonly {
    readonly contest: GatedAllocate;
    readonly explanation: ContestExplanation | null;
  }[];
  readonly roundId: string;
}) {
  const t = useTranslations('council.leftOut');
  const locale = useLocale();
  const all = contests
    .flatMap(({ contest, explanation }) =>
      contest.proposals
        .filter(({ id }) => !contest.winners.includes(id))
        .map((proposal) => ({
          ...proposal,
          votes: contest.result?.projects.find(({ id }) => id === proposal.id)?.votes ?? 0,
          // The last reason is what decided: what came before was another chance.
          why: explanation?.options.get(proposal.id)?.at(-1) ?? t('noFigures'),
        })),
    )
    .sort((a, b) => b.votes - a.votes || (a.id < b.id ? -1 : 1));
  if (all.length === 0) return null;
  const more = all.length - SHOWN;
  return (
    <Section title={t('title')}>
      <ul className="grid gap-x-10 gap-y-4 lg:grid-cols-2 print:grid-cols-2 print:gap-x-6 print:gap-y-1">
        {all.slice(0, SHOWN).map((proposal) => (
          <li key={proposal.id} className="break-inside-avoid">
            <a href={`/propuestas/${proposal.id}`} className="font-semibold">
              {pickText(locale, proposal.title)}
            </a>{' '}
            <Soles cents={proposal.costCents} />
            <p className="text-base">{proposal.why}</p>
          </li>
        ))}
      </ul>
      {more > 0 ? (
        <p className="mt-4">
          <a href={`/resultados/${roundId}`}>{t('more', { more })}</a>
        </p>
      ) : null}
    </Section>
  );
}
