import { expect, it } from 'vitest';
import { buildElection } from './election';
import { tally } from './tally';
import type { FundingRule } from './types';

/** Two projects that nothing but the order of the file tells apart, and one that comes first. */
const election = buildElection({
  kind: 'approval',
  projects: [
    { id: 'c', cost: 10 },
    { id: 'a', cost: 10 },
    { id: 'b', cost: 10 },
  ],
  budget: 20,
  unitsPerCurrency: 1,
  ballots: [
    { choices: ['a', 'b', 'c'], count: 2 },
    { choices: ['b'], count: 1 },
    { choices: ['c'], count: 1 },
    { choices: ['a'], count: 3 },
  ],
});

it.each<[string, FundingRule]>([
  [
    'Equal Shares',
    {
      kind: 'equal-shares',
      utility: 'cost',
      completion: 'greedy',
      add1Start: 'floor',
      add1Stop: 'overspend',
      ties: ['file-order'],
    },
  ],
  ['maximin support', { kind: 'maximin-support', ties: ['file-order'] }],
])('%s reports the lot that was drawn, where it fell and that it mattered', (_name, rule) => {
  const result = tally(election, rule);
  expect(result.winners).toEqual(['a', 'c']);
  expect(result.ties).toEqual([
    { place: 2, tied: ['c', 'b'], chosen: 'c', decidedBy: 'file-order', mattered: true },
  ]);
});
