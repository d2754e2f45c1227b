import { describe, expect, it } from 'vitest';
import { buildElection } from '@/lib/tally/election';
import { tally } from '@/lib/tally/tally';
import type { AllocateContest } from './manifest';
import { parseManifest, ruleShape } from './manifest';
import { manifestFixture } from './manifest.fixture';
import { draftInput } from './input';
import {
  ceilingOf,
  FUNDING_PRESETS,
  fundingRule,
  isGreedy,
  presetOf,
  RANKING_PRESETS,
  rankingRule,
  thresholdOf,
  type FundingPreset,
} from './presets';

const choice = (rule: FundingPreset) =>
  rule === 'greedy-threshold' ? { rule, threshold: 4 } : { rule };

function winners(rule: FundingPreset): readonly string[] {
  const election = buildElection({
    kind: 'approval',
    projects: [
      { id: 'wanted', cost: 900 },
      { id: 'cheap', cost: 100 },
      { id: 'dear', cost: 1000 },
    ],
    budget: 950,
    ballots: [
      { choices: ['wanted'], count: 4 },
      { choices: ['cheap'], count: 3 },
    ],
  });
  return tally(election, { ...fundingRule(choice(rule)), ties: ['file-order'] }).winners;
}

describe('the rules an administrator chooses among', () => {
  it.each(FUNDING_PRESETS)('%s survives the manifest and keeps its name', (preset) => {
    const rule = fundingRule(choice(preset));
    const [rank, , district] = manifestFixture().contests;
    const contests = [rank!, { ...(district as AllocateContest), rule }];
    const read = parseManifest(JSON.stringify(manifestFixture({ contests })));
    if (!read.ok) throw new Error(read.problems?.join());
    expect(read.value.contests[1]!.rule).toEqual(rule);
    expect(presetOf(ruleShape.parse(JSON.parse(JSON.stringify(rule))))).toBe(preset);
  });

  it.each(RANKING_PRESETS)('%s survives the manifest and keeps its name', (preset) => {
    expect(presetOf(ruleShape.parse({ ...rankingRule(preset) }))).toBe(preset);
  });

  it('the most voted go by votes, votes per sol by votes per sol', () => {
    expect(winners('greedy')).toEqual(['wanted']);
    expect(winners('greedy-per-cost')).toEqual(['cheap']);
  });

  it('the threshold lets pass who has exactly so many votes', () => {
    expect(winners('greedy-threshold')).toEqual(['wanted']);
    expect(thresholdOf(fundingRule({ rule: 'greedy-threshold', threshold: 4 }))).toBe(4);
    expect(thresholdOf(fundingRule({ rule: 'greedy' }))).toBeNull();
  });

  it('a ceiling of each dimension goes with the rules that go down a list', () => {
    const rule = fundingRule({ rule: 'greedy-threshold', threshold: 4, ceilingCents: 5000 });
    expect(ruleShape.parse(JSON.parse(JSON.stringify(rule)))).toEqual({
      ...fundingRule({ rule: 'greedy-threshold', threshold: 4 }),
      ceilings: { categories: { SOC: '5000', ECO: '5000', AMB: '5000', INS: '5000' } },
    });
    expect([ceilingOf(rule), thresholdOf(rule), presetOf(rule)]).toEqual([
      5000,
      4,
      'greedy-threshold',
    ]);
    expect(ceilingOf(fundingRule({ rule: 'greedy' }))).toBeNull();
    expect(ceilingOf(fundingRule({ rule: 'phragmen' }))).toBeNull();
    expect(FUNDING_PRESETS.filter(isGreedy)).toEqual([
      'greedy',
      'greedy-threshold',
      'greedy-per-cost',
    ]);
  });

  it('ends every tie with the lot that the manifest commits to', () => {
    for (const preset of FUNDING_PRESETS) {
      expect(fundingRule(choice(preset)).ties.at(-1)).toBe('lot:manifest');
    }
  });
});

describe('a draft', () => {
  const draft = {
    id: 'pp2027-votacion',
    cycleId: 'pp2027',
    screenCode: 'HYO27',
    nameEs: 'Votación',
    nameEn: 'Voting',
    opensAt: new Date('2026-12-01T13:00:00Z'),
    closesAt: new Date('2026-12-02T13:00:00Z'),
    livePolicy: 'at-close',
    minGroup: 20,
    ranksPlan: true,
  };
  const wrong = (allocation: object) =>
    draftInput
      .safeParse({ ...draft, allocates: [{ envelopeId: 'pp2027-province', ...allocation }] })
      .error?.issues.map((issue) => issue.path);

  it('takes a ceiling in percent with the rules that go down a list, and only there', () => {
    const at = [['allocates', 0, 'ceilingPercent']];
    for (const rule of ['greedy', 'greedy-per-cost']) {
      expect(wrong({ rule, ceilingPercent: 40 })).toBeUndefined();
      expect(wrong({ rule, ceilingPercent: 100 })).toEqual(at);
      expect(wrong({ rule, ceilingPercent: 0 })).toEqual(at);
      expect(wrong({ rule, ceilingPercent: 33.5 })).toEqual(at);
    }
    expect(wrong({ rule: 'equal-shares', ceilingPercent: 40 })).toEqual(at);
  });

  it('needs a threshold with the rule that has one, and only there', () => {
    const at = [['allocates', 0, 'threshold']];
    expect(wrong({ rule: 'greedy-threshold', threshold: 30 })).toBeUndefined();
    expect(wrong({ rule: 'greedy-threshold' })).toEqual(at);
    expect(wrong({ rule: 'greedy-threshold', threshold: 0 })).toEqual(at);
    expect(wrong({ rule: 'greedy-threshold', threshold: Number('tres') })).toEqual(at);
    expect(wrong({ rule: 'greedy', threshold: 30 })).toEqual(at);
  });
});
