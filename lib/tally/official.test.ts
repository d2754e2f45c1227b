import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { declaredRule } from './pabulib/declared-rule';
import { readPabulib } from './pabulib/reader';
import { tally } from './tally';
import { fromExact } from './fraction';
import type { Completion, FundingRule, TieRule, Utility } from './types';

// Properties are tried hundreds of times, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 180_000 });

const folder = fileURLToPath(new URL('../../../shared/data/pabulib/', import.meta.url));
const present = existsSync(`${folder}expected.json`);
const reason = present ? '' : ' (skipped: ../shared/data/pabulib is not here)';

interface Expectation {
  readonly status: string;
  readonly ordered?: boolean;
  readonly winners?: readonly string[];
  readonly cost?: string;
  readonly optimum?: string;
}
interface ExpectedFile {
  readonly rules: Readonly<Record<string, Expectation>>;
  readonly official?: {
    readonly selected: readonly string[];
    readonly reproduced_by_stable_sort: boolean | null;
  };
}

const expected: Readonly<Record<string, ExpectedFile>> = present
  ? (JSON.parse(readFileSync(`${folder}expected.json`, 'utf8')) as Record<string, ExpectedFile>)
  : {};

const UTILITIES: Readonly<Record<string, Utility>> = {
  cost: 'cost',
  card: 'cardinality',
  points: 'points',
  pointscost: 'points-cost',
  borda: 'borda',
};
const ties: TieRule = ['project-id'];
const unsupported = 'fund';

/** What the keys of expected.json mean, as its README says. */
function ruleOf(key: string): FundingRule {
  if (key === 'phragmen') return { kind: 'phragmen', ties, unsupported };
  const [, family = '', utilityName = '', add1 = '', official = '', greedy = ''] =
    /^(greedy|mes|maxwelfare)_([a-z]+?)(_add1)?(_official)?(\+greedy_\w+)?$/.exec(key) ?? [];
  const utility = UTILITIES[utilityName];
  if (utility === undefined) throw new Error(`What is ${key}?`);
  if (family === 'greedy') return { kind: 'greedy', utility, ties, unsupported };
  if (family === 'maxwelfare') return { kind: 'max-welfare', utility, ties };
  const completion: Completion =
    add1 === '' ? (greedy === '' ? 'none' : 'greedy') : greedy === '' ? 'add1' : 'add1+greedy';
  return {
    kind: 'equal-shares',
    utility,
    completion,
    add1Start: official === '' ? 'exact' : 'floor',
    add1Stop: official === '' ? 'exhaustive' : 'overspend',
    ties,
    unsupported,
  };
}

const read = (name: string) => {
  const bytes = readFileSync(`${folder}files/${name}.pb`);
  const file = readPabulib(() => [bytes]);
  if (!file.ok) throw new Error(`${name}, line ${file.line}: ${file.message}`);
  return file.value;
};

describe.skipIf(!present)(`real elections${reason}`, () => {
  it.each(Object.keys(expected))('%s: every expected result, order and cost included', (name) => {
    const file = read(name);
    const units = 10n ** BigInt(file.decimals);
    for (const [key, wanted] of Object.entries(expected[name]!.rules)) {
      if (wanted.status !== 'ok') continue;
      const rule = ruleOf(key);
      const result = tally(file.election, rule);
      if (wanted.optimum !== undefined) {
        const scale = 'utility' in rule && rule.utility.endsWith('cost') ? units : 1n;
        const { num, den } = fromExact(wanted.optimum);
        expect(BigInt(result.welfare!) * den, key).toBe(num * scale);
        continue;
      }
      const order = (ids: readonly string[]) => (wanted.ordered === true ? ids : [...ids].sort());
      expect(order(result.winners), key).toEqual(order(wanted.winners!));
      const { num, den } = fromExact(wanted.cost!);
      expect(BigInt(result.cost) * den, key).toBe(num * units);
    }
  });

  it('every city whose declared rule can be followed gets its own winners', () => {
    const followed = Object.entries(expected).filter(
      ([, { official }]) => official !== undefined && official.reproduced_by_stable_sort !== false,
    );
    expect(followed.length).toBeGreaterThan(0);
    for (const [name, { official }] of followed) {
      const { rule, election } = declaredRule(read(name));
      const { winners } = tally(election, rule);
      expect([...winners].sort(), name).toEqual([...official!.selected].sort());
    }
  });

  it('Wieliczka 2023 buys 30 projects for 995,079 at 315 each and keeps Equal Shares', () => {
    const { rule, election } = declaredRule(read('Poland_Wieliczka_2023_Green_Budget'));
    const result = tally(election, rule);
    expect([result.winners.length, result.cost]).toEqual([30, '995079']);
    expect(result.add1).toMatchObject({ endowment: '315', stoppedBy: 'overspend' });
    expect(result.comparison).toMatchObject({ chosen: 'equal-shares' });
    if (rule.kind !== 'equal-shares') throw new Error('declared otherwise');
    const exhaustive = tally(election, { ...rule, add1Stop: 'exhaustive' });
    expect([exhaustive.winners.length, exhaustive.cost]).toEqual([31, '984579']);
    expect(exhaustive.add1).toMatchObject({ endowment: '302', stoppedBy: 'exhaustive' });
  });

  it('Assen 2024 buys nine projects for 76,700', () => {
    const { rule, election } = declaredRule(read('Netherlands_Assen_2024'));
    const result = tally(election, rule);
    expect([result.winners.length, result.cost]).toEqual([9, '76700']);
  });
});
