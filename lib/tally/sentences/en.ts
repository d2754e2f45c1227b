import type { TieCriterion } from '../types';
import { ruleInEnglish } from './rules-en';
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

const OTHER_RULE = {
  greedy: 'most voted first',
  'equal-shares': 'equal shares',
} as const;

export const en: Sentences = {
  spent: (winners, cost, budget, left) =>
    `${count(winners, 'proposal', 'proposals')} funded for ${cost}, out of an envelope of ${budget}. ${left} is left unassigned.`,
  rule: ruleInEnglish,
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
  supportersSpent: (afterPurchases, cost, left, atTheEnd) => {
    const ending =
      atTheEnd === null
        ? ''
        : ` It did not fit in what was left at the end either: ${atTheEnd.left}, which is ${atTheEnd.missing} short.`;
    return afterPurchases === 0
      ? `Not enough: its supporters had ${left} between them and it costs ${cost}.${ending}`
      : `Not enough: after ${count(afterPurchases, 'purchase', 'purchases')} its supporters had ${left} left between them and it costs ${cost}; the rest had gone to other proposals they chose too.${ending}`;
  },
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
  moreSupporters: (voters) =>
    voters === 1
      ? 'With one more person choosing it, it would have been funded.'
      : `With ${voters} more people choosing it, it would have been funded.`,
  noNumberOfSupporters: 'No number of supporters would have funded it.',
  fundedAtCost: (cost, cheaperBy) =>
    `It would also have been funded at a cost of ${cost}, that is, ${cheaperBy} less.`,
  noCost: 'Nor would a lower cost have funded it.',
  instead: ({ rule, onlyThere, onlyHere, betterHere, betterThere, same }) => {
    const name = OTHER_RULE[rule];
    if (onlyThere.length === 0 && onlyHere.length === 0) {
      return [`With ${name} the same would have been funded.`];
    }
    const more = onlyThere.length === 0 ? [] : [`${list.format(onlyThere)} would have been funded`];
    const less =
      onlyHere.length === 0 ? [] : [`${list.format(onlyHere)} would not have been funded`];
    return [
      `With ${name} ${[...more, ...less].join(' and ')}.`,
      `${count(betterHere, 'person sees', 'people see')} more of their own proposals funded with the rule that was applied, ${betterThere} with the other, and it is the same to ${same}.`,
    ];
  },
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
