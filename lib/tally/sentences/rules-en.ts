import type {
  BordaRule,
  EqualSharesRule,
  GreedyRule,
  PhragmenRule,
  Rule,
  TieCriterion,
  TieRule,
  Utility,
} from '../types';

/** Prints an amount of the rule (a ceiling), or the name of a category or district. */
type Print = (text: string) => string;

const list = new Intl.ListFormat('en', { type: 'conjunction' });

/** What a rule does, with its own parameters: one sentence after another. */
export function ruleInEnglish(rule: Rule, money: Print, part: Print): string[] {
  return [...course(rule, money, part), ties(rule.ties)];
}

function course(rule: Rule, money: Print, part: Print): string[] {
  switch (rule.kind) {
    case 'borda':
      return borda(rule);
    case 'greedy':
      return greedy(rule, money, part);
    case 'equal-shares':
      return equalShares(rule);
    case 'phragmen':
      return phragmen(rule);
    case 'maximin-support':
      return [
        'The cost of everything bought is shared out among its supporters as evenly as possible. The proposal that keeps the heaviest load smallest is bought next, until none fits any more.',
      ];
    case 'max-welfare':
      return [
        `Of all combinations of proposals that fit in the envelope, the one with ${WELFARE[rule.utility]} is chosen.`,
      ];
  }
}

const WELFARE: Readonly<Record<Utility, string>> = {
  cardinality: 'most votes in total',
  cost: 'most votes, each multiplied by what its proposal costs,',
  points: 'most points in total',
  'points-cost': 'most points, each multiplied by what its proposal costs,',
  borda: 'most points by order (the last of each ballot gets none)',
};

/** What greedy sorts by. */
const SORTED: Readonly<Record<Utility, string>> = {
  cost: 'from the proposal with most votes to the one with fewest',
  'points-cost': 'from the proposal with most votes or points to the one with fewest',
  cardinality: 'from the proposal with most votes for what it costs to the one with fewest',
  points: 'from the proposal with most points for what it costs to the one with fewest',
  borda: 'from the proposal with most points by order for what it costs to the one with fewest',
};

function greedy(rule: GreedyRule, money: Print, part: Print): string[] {
  const said = [
    rule.walk === 'no-skip'
      ? `The list is walked ${SORTED[rule.utility]}, and each one that fits in the money left is funded; the first that does not fit ends the count.`
      : `The list is walked ${SORTED[rule.utility]}, and each one that fits in the money left is funded; one that does not fit is skipped.`,
  ];
  if (rule.threshold !== undefined) {
    said.push(
      `Only those that reach ${rule.threshold} take part; with exactly ${rule.threshold} they do.`,
    );
  }
  const { categories = {}, districts = {} } = rule.ceilings ?? {};
  const tops = [...Object.entries(categories), ...Object.entries(districts)];
  if (tops.length > 0) {
    const each = tops.map(([name, top]) => `“${part(name)}”, ${money(top)}`);
    said.push(`What is funded cannot go beyond these ceilings: ${each.join('; ')}.`);
  }
  if (rule.conflicts !== undefined && rule.conflicts.length > 0) {
    said.push('Of proposals that cannot be done together only the one that comes first is funded.');
  }
  if (rule.leftover === 'next-that-fits' && rule.walk === 'no-skip') {
    said.push('What is left funds the next ones that do fit.');
  }
  if (rule.leftover === 'partial') {
    said.push('What is left at the end pays a part of the best proposal that no longer fitted.');
  }
  return [...said, ...unsupported(rule.unsupported)];
}

const unsupported = (treatment: 'leave' | 'fund' | undefined): string[] =>
  treatment === 'fund' ? ['Those that nobody chose come last, if they still fit.'] : [];

/** Who is bought first with equal shares, and how supporters split a cost. */
const SHARED: Readonly<Record<Utility, string>> = {
  cost: 'in equal parts by those who supported it; whoever has less left puts in what they have. The one that asks each person for the smallest part of its cost is bought first',
  cardinality:
    'in equal parts by those who supported it; whoever has less left puts in what they have. The one that asks each person for least money is bought first',
  points:
    'by those who supported it, by the points they gave it; whoever has less left puts in what they have. The one that asks least money per point is bought first',
  'points-cost':
    'by those who supported it, by the points they gave it; whoever has less left puts in what they have. The one that asks the smallest part of its cost per point is bought first',
  borda:
    'by those who supported it, by the place they gave it (the last does not pay); whoever has less left puts in what they have. The one that asks least money per point is bought first',
};

function equalShares(rule: EqualSharesRule): string[] {
  const said = [
    rule.endowments === undefined
      ? 'The money is shared equally among everybody who voted.'
      : 'The money is first shared among the districts, as set before the vote, and in each one equally among those who voted.',
    `Each proposal is paid for ${SHARED[rule.utility]}. So no group decides everything and none is left with nothing.`,
  ];
  if (rule.completion.startsWith('add1')) {
    const start =
      rule.add1Start === 'floor'
        ? 'Everybody starts with their share in whole units of money'
        : 'Everybody starts with their exact share';
    const stop =
      rule.add1Stop === 'overspend'
        ? 'as long as what is bought stays within the envelope'
        : 'until no other fits in what is left, and only while what is bought stays within the envelope';
    said.push(`${start}; it is raised one by one and everything is bought anew, ${stop}.`);
  }
  if (rule.completion.endsWith('greedy')) {
    said.push(
      `With what is left the list is walked ${SORTED[rule.utility]}, and those that still fit are funded.`,
    );
    said.push(...unsupported(rule.unsupported));
  } else said.push('What could not be spent this way stays unassigned.');
  if (rule.compareWithGreedy === true) {
    said.push(
      'At the end it is compared with simply funding those with most votes: if with that list more people see more of their own proposals funded, that list applies.',
    );
  }
  return said;
}

function phragmen(rule: PhragmenRule): string[] {
  const end =
    rule.overshoot === 'skip'
      ? 'one that no longer fits in what is left is skipped'
      : 'the first that no longer fits ends the count';
  return [
    `The cost of each proposal is loaded on its supporters so that all of them end with the same load. The one that leaves the smallest load is bought next; ${end}.`,
    ...unsupported(rule.unsupported),
  ];
}

function borda({ slots }: BordaRule): string[] {
  const points =
    slots === 'ballot-length'
      ? 'first place on each ballot gets as many points as that ballot names, the next one less, and so on down to one'
      : typeof slots === 'number'
        ? `first place on each ballot gets ${slots}, the next one less, and so on`
        : `the places of each ballot get ${list.format(slots.map(String))}`;
  return [
    `Points are given by order: ${points}. Those of all ballots are added up; with equal points, the one with more first places goes first, then more second places, and so on.`,
  ];
}

function tie(criterion: TieCriterion): string {
  switch (criterion) {
    case 'file-order':
      return 'the one that comes earlier on the ballot';
    case 'project-id':
      return 'the one with the lower code';
    case 'min-cost':
      return 'the one that costs less';
    case 'max-votes':
      return 'the one that more people chose';
    default:
      return 'the one drawn in a lot that anybody can repeat';
  }
}

const ties = (rule: TieRule): string =>
  `In a tie, first comes ${rule.map(tie).join('; if they are still equal, ')}.`;
