import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import { ballotsFixture, countedFixture, LOT_COMMITMENT, LOT_SEED } from './count.fixture';
import type { AllocateContest } from '@/lib/rounds/manifest';
import { countRound } from './count';
import { explainContest, ruleInFull } from './explain';
import { throughGate } from './gate';
import { nextFigures } from './live';
import { resultDocument } from './document';
import { tallyInputHash } from './input-hash';
import type { CountedBallot } from './types';

const manifest = manifestFixture({ lotSeedCommitment: LOT_COMMITMENT });

function count(ballots: readonly CountedBallot[], lotSeed = LOT_SEED, by = manifest) {
  return countRound({
    manifest: by,
    manifestHash: 'hash',
    ballots,
    recordRoot: 'root',
    lotSeed,
    issuedByGroup: { 120101: 9 },
    voteEffect: 'criterio',
  });
}

const ballot = (group: string, choices: CountedBallot['choices'], leaf = 'aa'): CountedBallot => ({
  leaf,
  group,
  choices,
});

/** The province's envelope alone, by a rule. */
function byRule(rule: object) {
  const province = manifest.contests[1] as AllocateContest;
  const contest = { ...province, rule: rule as AllocateContest['rule'] };
  return { ...manifest, contests: [contest] };
}

describe('greedy with more to it', () => {
  const greedy = { kind: 'greedy', utility: 'cost', ties: ['project-id'] };
  const ballots = [
    ballot('zona-1', { 'fondo-provincia': ['2027-001', '2027-002'] }, 'aa'),
    ballot('zona-1', { 'fondo-provincia': ['2027-001', '2027-002'] }, 'ab'),
    ballot('zona-1', { 'fondo-provincia': ['2027-001', '2027-003'] }, 'ac'),
  ];
  const winners = (rule: object): readonly string[] => {
    const [outcome] = count(ballots, LOT_SEED, byRule(rule)).contests;
    return outcome?.kind === 'allocate' ? outcome.result.winners : [];
  };

  it('keeps a dimension under its ceiling', () => {
    expect(winners(greedy)).toEqual(['2027-001', '2027-002']);
    const ceilings = { categories: { SOC: '5999999', ECO: '4000000' } };
    expect(winners({ ...greedy, ceilings })).toEqual(['2027-002', '2027-003']);
  });

  it('draws its bars with the ceiling too', () => {
    const ceilings = { categories: { SOC: '5999999' } };
    const given = ballots.map(({ group, choices }) => ({ group, choices, voters: 1 }));
    const { contests } = nextFigures(byRule({ ...greedy, ceilings }), given, null, true);
    expect(contests['fondo-provincia']?.bars.map(({ id, funded }) => [id, funded])).toEqual([
      ['2027-001', false],
      ['2027-002', true],
      ['2027-003', true],
    ]);
  });

  it('funds the first of those that cannot be done together', () => {
    const conflicts = [['2027-001', '2027-002']];
    expect(winners({ ...greedy, conflicts })).toEqual(['2027-001']);
  });

  it('names a dimension whose ceiling was reached, and the ceiling, as people know them', () => {
    const rule = { ...greedy, ceilings: { categories: { SOC: '5999999' } } };
    const [contest] = throughGate(count(ballots, LOT_SEED, byRule(rule))).contests;
    const said = (locale: string) => explainContest(contest!, locale)?.options.get('2027-001');
    expect(said('es-PE')?.join()).toContain('para «Social» quedaban S/\u00a059\u00a0999.99');
    expect(said('en')?.join()).toContain('“Social”');
    const full = ruleInFull(contest!.result!.rule, 'es-PE');
    expect(full).toContain('topes: «Social», S/\u00a059\u00a0999.99.');
    expect(ruleInFull({ ...contest!.result!.rule }, 'en')).toContain('ceilings: “Social”');
  });
});

describe('the count of a round', () => {
  it('is the same whatever the order of the ballots', () => {
    const ballots = ballotsFixture(manifest, { 120101: 7, 'zona-1': 5 });
    expect(count([...ballots].reverse())).toEqual(count(ballots));
  });

  it('is a document that its own shape accepts after a trip through JSON', () => {
    const document = countedFixture({ ballots: { 120101: 7, 'zona-1': 5 } });
    expect(resultDocument.parse(JSON.parse(JSON.stringify(document)))).toEqual(document);
  });

  it('counts a district’s envelope only with the ballots of that district', () => {
    const document = count([
      ballot('120101', { 'fondo-provincia': ['2027-001'], 'fondo-120101': ['2027-010'] }),
      ballot('zona-1', { 'fondo-provincia': ['2027-002'] }),
    ]);
    const [, province, district] = document.contests;
    expect(province).toMatchObject({ voters: 2, blank: 0 });
    expect(district).toMatchObject({ voters: 1, blank: 0, result: { winners: ['2027-010'] } });
  });

  it('counts blank parts as ballots and as blank', () => {
    const document = count([ballot('zona-1', { prioridades: [], 'fondo-provincia': [] })]);
    expect(document.contests[0]).toMatchObject({ voters: 1, blank: 1 });
    expect(document.voices[1]?.ranked).toEqual({
      ballots: 0,
      votes: { SOC: 0, ECO: 0, AMB: 0, INS: 0 },
    });
  });

  it('gathers points and soles by dimension and group, points as the ranking counts them', () => {
    const document = count([
      ballot('120101', {
        prioridades: ['SOC-1', 'ECO-1', 'SOC-2'],
        'fondo-provincia': ['2027-002', '2027-003'],
        'fondo-120101': ['2027-011'],
      }),
    ]);
    expect(document.voices[0]).toEqual({
      group: '120101',
      ranked: { ballots: 1, votes: { SOC: 5 + 3, ECO: 4, AMB: 0, INS: 0 } },
      assigned: {
        ballots: 1,
        votes: { SOC: 0, ECO: 40_000_00, AMB: 50_000_00, INS: 15_000_00 },
      },
    });
    const [ranking] = document.contests;
    const scores = ranking?.kind === 'rank' ? ranking.result.ranking.map(({ score }) => score) : [];
    expect(scores.reduce((sum, score) => sum + score, 0)).toBe(12);
  });

  it('says what was spent and what was asked by dimension', () => {
    const document = count([
      ballot('120101', { 'fondo-provincia': ['2027-001'], 'fondo-120101': ['2027-010'] }),
    ]);
    expect(document.spent).toMatchObject({ SOC: 80_000_00 });
    expect(document.asked).toEqual({
      SOC: 80_000_00,
      ECO: 40_000_00,
      AMB: 50_000_00,
      INS: 15_000_00,
    });
  });

  it('draws ties by the revealed seed and refuses another than the committed one', () => {
    const document = count([]);
    const [ranking] = document.contests;
    expect(ranking?.result.rule.ties.at(-1)).toBe(`lot:${LOT_SEED}`);
    expect(() => count([], 'another')).toThrow(/lot seed/);
  });

  it('refuses a ballot of a group that the manifest does not know', () => {
    expect(() => count([ballot('999999', {})])).toThrow(/group/);
  });
});

describe('the hash of what was counted', () => {
  it('can be had with sort and sha256sum', () => {
    const text = 'minka-tally-input-v1\nhash\n0a\nff\n';
    const byHand = createHash('sha256').update(text).digest('hex');
    expect(tallyInputHash('hash', ['ff', '0a'])).toBe(byHand);
  });

  it('changes with every ballot more or less', () => {
    expect(tallyInputHash('hash', ['aa', 'bb'])).not.toBe(tallyInputHash('hash', ['aa']));
  });
});
