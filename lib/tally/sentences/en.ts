import type { TieCriterion } from '../types';
import type { Sentences } from './sentences';

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const list = new Intl.ListFormat('en', { type: 'conjunction' });

const SUFFIX: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };
const rules = new Intl.PluralRules('en', { type: 'ordinal' });
const ordinal = (n: number): string => `${n}${String(SUFFIX[rules.select(n)])}`;

function criterion(decidedBy: TieCriterion): string {
  switch (decidedBy) {
    case 'file-order':
      return 'because it comes earlier on the ballot';
    case 'project-id':
      return 'because its code comes first';
    case 'min-cost':
      return 'because it costs less';
    case 'max-votes':
      return 'because more people chose it';
    default:
      return `by the lot drawn from the published seed “${decidedBy.slice('lot:'.length)}”`;
  }
}

export const en: Sentences = {
  spent: (winners, cost, budget, left) =>
    `${count(winners, 'proposal', 'proposals')} funded for ${cost}, out of an envelope of ${budget}. ${left} is left unassigned.`,
  howItWorks: {
    borda:
      'First place on a ballot is worth more points than second, second more than third, and so on. The points of all ballots are added up; in a tie, the one with more first places goes first, then more second places, and so on.',
    greedy:
      'The list is walked from the proposal with most votes to the one with fewest, and each one that fits in the money left is funded.',
    'equal-shares':
      'The money is shared equally among everybody who voted. Each proposal is paid for in equal parts by those who supported it; the one that asks least per sol of work is bought first. So no group decides everything and none is left with nothing.',
    phragmen:
      'The cost of each proposal is loaded on its supporters so that all of them end with the same load. The one that leaves the smallest load is bought next, until the next one no longer fits.',
    'maximin-support':
      'The cost of everything bought is shared out among its supporters as evenly as possible. The proposal that keeps the heaviest load smallest is bought next.',
    'max-welfare':
      'Of all sets of proposals that fit in the envelope, the one with most support in total is chosen.',
  },
  add1: (endowment, stoppedBy) => {
    const why = {
      overspend: 'a little more would have bought more than the envelope',
      exhaustive: 'no other proposal fits in what is left',
      'everything-bought': 'everything that could be bought had been bought',
    }[stoppedBy];
    return `To use the money better, everybody's share was raised little by little to ${endowment}; it stopped there because ${why}.`;
  },
  votes: (votes) => count(votes, 'vote', 'votes'),
  points: (points) => count(points, 'point', 'points'),
  funded: (order, support, cost) => `Funded ${ordinal(order)}, with ${support}: ${cost}.`,
  fundedWithTheRest: (order, votes, cost) =>
    `Funded ${ordinal(order)} with the money that was left, for its ${count(votes, 'vote', 'votes')}: ${cost}.`,
  bought: (order, payers, cost, most) =>
    `Bought ${ordinal(order)}: ${count(payers, 'supporter', 'supporters')} paid ${cost}, at most ${most} each.`,
  paidAll: (voters) =>
    voters === 1
      ? 'One of them had less left and put in all of it.'
      : `${voters} of them had less left and put in all of it.`,
  effectiveVotes: (votes) =>
    `Its effective support was ${votes.toLocaleString('en', { maximumFractionDigits: 1 })} votes.`,
  aboveEnvelope: (cost, budget) =>
    `Not funded: it costs ${cost}, more than the whole envelope (${budget}).`,
  unsupported: 'Not funded: nobody chose it.',
  noMoneyLeft: (cost, left, missing) =>
    `Not enough: when its turn came ${left} was left and it costs ${cost}; ${missing} was missing.`,
  supportersSpent: (afterPurchases, cost, left) =>
    afterPurchases === 0
      ? `Not enough: its supporters had ${left} between them and it costs ${cost}.`
      : `Not enough: after ${count(afterPurchases, 'purchase', 'purchases')} its supporters had ${left} left between them and it costs ${cost}; the rest had gone to other proposals they chose too.`,
  belowThreshold: (score, threshold) =>
    `Not funded: it got ${score} and the minimum to take part was ${threshold}.`,
  walkEnded: (endedBy) =>
    `Not funded: the count ended before its turn, at “${endedBy}”, which no longer fitted.`,
  ceilingReached: (of, cost, left) =>
    `Not funded: “${of}” had ${left} left of its own ceiling and it costs ${cost}.`,
  conflict: (rival) =>
    `Not funded: it cannot be done together with “${rival}”, which had more support.`,
  notInBestSet: 'Not funded: the set with the highest total benefit does without it.',
  partly: (amount) => `It gets a part, out of the money that was left: ${amount}.`,
  comparison: (preferEqualShares, preferGreedy, chosen) =>
    `It was compared with simply funding those with most votes: ${count(preferEqualShares, 'person gets', 'people get')} more of their own proposals with equal shares and ${preferGreedy} with most votes, so ${chosen === 'greedy' ? 'the order of most votes' : 'the split in equal shares'} applies.`,
  ranked: (voters) => `${count(voters, 'ballot', 'ballots')} counted.`,
  place: (place, score, places) => {
    const first = places[0] ?? 0;
    const times =
      first === 0 ? 'never in first place' : `${count(first, 'time', 'times')} in first place`;
    return `${ordinal(place)} with ${count(score, 'point', 'points')}; ${times}.`;
  },
  tie: (tied, chosen, decidedBy) =>
    `Tie between ${list.format(tied)}: ${chosen} goes first ${criterion(decidedBy)}.`,
};
