import { pickText } from '@/lib/i18n/text';
import type { GatedAllocate } from '@/lib/results/gate';

export interface Outcome {
  readonly id: string;
  readonly title: string;
  readonly label: string;
  readonly costCents: number;
  readonly dimension: 'SOC' | 'ECO' | 'AMB' | 'INS';
  readonly votes: number | null;
  readonly funded: boolean;
}

/** Funded ones in the order of purchase, then the others by votes. */
export function inOrder(contest: GatedAllocate, locale: string): Outcome[] {
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
