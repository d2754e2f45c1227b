import { useTranslations } from 'next-intl';
import {
  EXAMPLE_COSTS,
  EXAMPLE_ENVELOPE_CENTS,
  EXAMPLE_IDS,
  type ExampleId,
} from '@/lib/results/worked-example';
import { formatSoles } from '@/lib/shared/money';

/** Words that all pictures of the example use. */
export function useExampleWords() {
  const t = useTranslations('rules');
  const name = (id: ExampleId): string => `${id}, ${t(`example.names.${id}`)}`;
  return {
    t,
    name,
    /** A name for any id the engine speaks of. */
    title: (id: string): string => {
      const known = EXAMPLE_IDS.find((each) => each === id);
      return known === undefined ? id : name(known);
    },
    votes: (votes: number): string => t('picture.votes', { votes, votesText: votes.toString() }),
    left: (bought: readonly ExampleId[]): string => {
      const spent = bought.reduce((sum, id) => sum + EXAMPLE_COSTS[id], 0);
      const left = EXAMPLE_ENVELOPE_CENTS - spent;
      return left === 0 ? t('picture.nothingLeft') : t('picture.left', { left: formatSoles(left) });
    },
    envelope: t('picture.envelope', { envelope: formatSoles(EXAMPLE_ENVELOPE_CENTS) }),
  };
}

/** The winners of the example, typed. */
export function boughtIn(winners: readonly string[]): ExampleId[] {
  return winners.flatMap((id) => EXAMPLE_IDS.filter((each) => each === id));
}
