import { describe, expect, it, vi } from 'vitest';
import fc from 'fast-check';
import { samples } from '../cases/arbitrary';
import { buildElection } from '../election';
import { tally } from '../tally';
import type { FundingRule } from '../types';
import { declaredRule } from './declared-rule';
import { readDecimal, writeDecimal } from './numbers';
import { readPabulib } from './reader';
import { writePabulib, type PabulibExport } from './writer';

// Properties are tried hundreds of times, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 180_000 });

const about: PabulibExport = {
  description: 'Presupuesto; "participativo"',
  country: 'Peru',
  unit: 'Huancayo',
  subunit: 'Chilca',
  instance: '2027',
  dateBegin: '01.03.2027',
  dateEnd: '15.03.2027',
  currency: 'PEN',
  language: 'es',
  comment: null,
  names: new Map([['p3', 'Parque; el "grande"']]),
};
const greedy: FundingRule = { kind: 'greedy', utility: 'points-cost', ties: ['file-order'] };

const back = (text: string) => {
  const result = readPabulib(() => [new TextEncoder().encode(text)]);
  if (!result.ok) throw new Error(`line ${result.line}: ${result.message}`);
  return result.value;
};

describe('an exported contest', () => {
  it('has the columns other tools expect', () => {
    const election = buildElection({
      kind: 'points',
      projects: [
        { id: 'p1', cost: 1050 },
        { id: 'p3', cost: 2000 },
      ],
      budget: 2500,
      ballots: [{ choices: ['p1', 'p3'], points: [1, 4], count: 2 }, { choices: [] }],
    });
    const result = tally(election, { ...greedy, leftover: 'partial' });
    expect(writePabulib(election, result, about).split('\n')).toEqual([
      'META',
      'key;value',
      'description;"Presupuesto; ""participativo"""',
      'country;Peru',
      'unit;Huancayo',
      'subunit;Chilca',
      'instance;2027',
      'num_projects;2',
      'num_votes;3',
      'budget;25',
      'vote_type;cumulative',
      'rule;greedy',
      'date_begin;01.03.2027',
      'date_end;15.03.2027',
      'language;es',
      'currency;PEN',
      'PROJECTS',
      'project_id;cost;votes;score;name;selected',
      'p3;20;2;8;"Parque; el ""grande""";1',
      'p1;10.5;2;2;;2',
      'VOTES',
      'voter_id;vote;points',
      '1;p3,p1;4,1',
      '2;p3,p1;4,1',
      '3;;',
      '',
    ]);
  });

  it.each(['approval', 'ranking', 'points'] as const)(
    'is counted the same when read back: %s',
    (kind) => {
      fc.assert(
        fc.property(samples(kind), ({ election }) => {
          const result = tally(election, { ...greedy, ties: ['project-id'] });
          const read = back(writePabulib(election, result, about)).election;
          // Units may be larger there: whole sols need no decimals.
          const again = tally(read, { ...greedy, ties: ['project-id'] });
          expect(again.winners).toEqual(result.winners);
          expect(read.profile.voters).toBe(election.profile.voters);
        }),
      );
    },
  );

  it.each<[FundingRule, string]>([
    [{ ...greedy, walk: 'no-skip' }, 'greedy-no-skip'],
    [{ ...greedy, threshold: 2 }, 'greedy-threshold'],
    [{ ...greedy, conflicts: [] }, 'greedy-exclusive'],
    [shares('none'), 'equalshares'],
    [shares('add1+greedy'), 'equalshares/add1'],
    [{ ...shares('add1'), compareWithGreedy: true } as FundingRule, 'equalshares/add1-comparison'],
    [{ kind: 'phragmen', ties: ['file-order'] }, 'unknown'],
  ])('names its rule: %j', (rule, name) => {
    const election = buildElection({
      kind: 'approval',
      projects: [{ id: 'a', cost: 100 }],
      budget: 100,
      ballots: [{ choices: ['a'] }],
    });
    expect(writePabulib(election, tally(election, rule), about)).toContain(`\nrule;${name}\n`);
  });

  it('lists the categories of its projects where there are any', () => {
    const election = buildElection({
      kind: 'approval',
      projects: [
        { id: 'a', cost: 5, categories: ['green', 'sport'] },
        { id: 'b', cost: 7 },
      ],
      budget: 5,
      unitsPerCurrency: 1,
      ballots: [{ choices: ['a', 'b'] }],
    });
    const text = writePabulib(election, tally(election, greedy), about);
    expect(text).toContain(
      ['project_id;cost;votes;category;name;selected', 'a;5;1;green,sport;;1', 'b;7;1;;;0'].join(
        '\n',
      ),
    );
    expect(back(text).election.projects).toEqual(election.projects);
  });

  it('is refused for units that are not decimals of the currency', () => {
    const election = buildElection({
      kind: 'approval',
      projects: [],
      budget: 1,
      unitsPerCurrency: 12,
      ballots: [],
    });
    expect(() => writePabulib(election, tally(election, greedy), about)).toThrow(RangeError);
  });
});

function shares(completion: 'none' | 'add1' | 'add1+greedy'): FundingRule {
  return {
    kind: 'equal-shares',
    utility: 'cost',
    completion,
    add1Start: 'floor',
    add1Stop: 'overspend',
    ties: ['file-order'],
  };
}

describe('the rule a file declares', () => {
  const declared = (...meta: string[]) =>
    declaredRule(
      back(
        ['META', 'key;value', 'budget;10', 'vote_type;approval', ...meta, 'PROJECTS']
          .concat('project_id;cost', 'a;7', 'b;6', 'VOTES', 'vote', 'a', 'b', '')
          .join('\n'),
      ),
    );

  it('is followed as the city counted', () => {
    expect(declared('rule;greedy').rule).toEqual({
      kind: 'greedy',
      utility: 'cost',
      ties: ['file-order'],
      unsupported: 'fund',
    });
    expect(declared('rule;greedy-custom').rule).toMatchObject({ walk: 'no-skip' });
    expect(declared('rule;greedy-no-skip', 'min_project_score_threshold;50').rule).toMatchObject({
      walk: 'no-skip',
      threshold: 50,
    });
    expect(declared('rule;equalshares').rule).toMatchObject({ completion: 'none' });
    expect(declared('rule;equalshares/add1-comparison').rule).toMatchObject({
      completion: 'add1',
      compareWithGreedy: true,
      ties: ['min-cost', 'max-votes', 'file-order'],
    });
    expect(declared().rule).toMatchObject({ kind: 'greedy' });
    const points = back(
      'META\nkey;value\nbudget;9\nvote_type;cumulative\nPROJECTS\nproject_id;cost\na;7\nVOTES\nvote;points\na;2\n',
    );
    expect(declaredRule(points).rule).toMatchObject({ utility: 'points-cost' });
  });

  it('funds everything where everything was funded', () => {
    expect(declared('fully_funded;1').election.budget).toBe(13n);
    expect(declared('fully_funded;1', 'rule;greedy').election.projects).toHaveLength(2);
    expect(declared('rule;greedy').election.budget).toBe(10n);
    const plenty = back(
      'META\nkey;value\nbudget;99\nvote_type;approval\nfully_funded;1\nPROJECTS\nproject_id;cost\na;7\nVOTES\nvote\n',
    );
    expect(declaredRule(plenty).election.budget).toBe(99n);
  });
});

describe('amounts', () => {
  it('are written as they were read', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.nat(6), (units, decimals) => {
        const text = writeDecimal(units, decimals);
        const read = readDecimal(text, 1, 'It');
        expect(read.digits * 10n ** BigInt(decimals - read.decimals)).toBe(units);
      }),
    );
  });
});
