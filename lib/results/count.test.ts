import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import { ballotsFixture, countedFixture, LOT_COMMITMENT, LOT_SEED } from './count.fixture';
import { countRound } from './count';
import { resultDocument } from './document';
import { tallyInputHash } from './input-hash';
import type { CountedBallot } from './types';

const manifest = manifestFixture({ lotSeedCommitment: LOT_COMMITMENT });

function count(ballots: readonly CountedBallot[], lotSeed = LOT_SEED) {
  return countRound({
    manifest,
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
