import { describe, expect, it } from 'vitest';
import { buildElection } from './election';
import { sharesContest } from './equal-shares-contest';
import { fraction } from './fraction';
import type { EqualSharesRule } from './types';

const RULE: EqualSharesRule = {
  kind: 'equal-shares',
  utility: 'cost',
  completion: 'none',
  add1Start: 'floor',
  add1Stop: 'overspend',
  ties: ['file-order'],
};

/** One voter in Huancayo, three in El Tambo (two of whom want the same), nobody in Chilca. */
const election = buildElection({
  kind: 'approval',
  projects: [
    { id: 'a', cost: 60 },
    { id: 'b', cost: 50 },
    { id: 'c', cost: 40 },
  ],
  budget: 120,
  ballots: [
    { choices: ['a', 'b'], district: 'Huancayo' },
    { choices: ['a'], district: 'El Tambo' },
    { choices: ['a'], district: 'El Tambo' },
    { choices: ['a', 'c'], district: 'El Tambo' },
  ],
});
const sharesWith = (endowments: Record<string, string>) => {
  const { shares } = sharesContest(election, { ...RULE, endowments });
  return Object.fromEntries(
    election.profile.districtNames
      .map((name, index) => [name, shares[index]] as const)
      // The first is for ballots that name no district.
      .slice(1),
  );
};

describe('what each class of voters holds', () => {
  it('is the district’s part of the whole, among those who voted there, in average endowments', () => {
    expect(sharesWith({ Huancayo: '1/2', 'El Tambo': '1/4', Chilca: '1/4' })).toEqual({
      Huancayo: fraction(2n),
      'El Tambo': fraction(1n, 3n),
    });
  });

  it('does not depend on the unit of the endowments, whole or not', () => {
    expect(sharesWith({ Huancayo: '5/4', 'El Tambo': '5/2' })).toEqual({
      Huancayo: fraction(4n, 3n),
      'El Tambo': fraction(8n, 9n),
    });
    expect(sharesWith({ Huancayo: '1250', 'El Tambo': '2500' })).toEqual(
      sharesWith({ Huancayo: '5/4', 'El Tambo': '5/2' }),
    );
  });

  it('is nothing where the district has no endowment, or none that is named', () => {
    expect(sharesWith({ Huancayo: '3', 'El Tambo': '0' })['El Tambo']).toEqual(fraction(0n));
    expect(sharesWith({ Huancayo: '3' })).toEqual({
      Huancayo: fraction(4n),
      'El Tambo': fraction(0n),
    });
  });

  it('needs ballots that name districts', () => {
    const nowhere = buildElection({
      kind: 'approval',
      projects: [{ id: 'a', cost: 60 }],
      budget: 60,
      ballots: [{ choices: ['a'] }],
    });
    expect(() => sharesContest(nowhere, { ...RULE, endowments: { Huancayo: '1' } })).toThrow(
      'Endowments by district need ballots that name districts.',
    );
    expect(sharesContest(nowhere, RULE).shares).toEqual([fraction(1n)]);
  });
});

it('the room for one evaluation is as long as the most different supporters of a project', () => {
  const { scratch, supports } = sharesContest(election, RULE);
  const sizes = [0, 1, 2].map(
    (c) => Number(supports.projectStarts[c + 1]) - Number(supports.projectStarts[c]),
  );
  expect(sizes).toEqual([3, 1, 1]);
  for (const part of Object.values(scratch) as Float64Array[]) expect(part).toHaveLength(3);
});

it('nobody with money wants it: no candidate', () => {
  const { candidates } = sharesContest(election, { ...RULE, endowments: { Huancayo: '1' } });
  expect(candidates).toEqual([0, 1]);
});
