import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AllocateContest } from '@/lib/rounds/manifest';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import { FUNDING_PRESETS, fundingRule, type FundingPreset } from '@/lib/rounds/presets';
import { countFile } from '@/services/cli/tally/count-file';
import { readOrder } from '@/services/cli/tally/order';
import { LOT_COMMITMENT, LOT_SEED } from './count.fixture';
import { countRound } from './count';
import { throughGate, type GatedAllocate, type PublicResult } from './gate';
import { pabulibOf, tallyOptions } from './pabulib';
import type { CountedBallot } from './types';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minka-pabulib-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const MARKED = [
  ...['ad', 'abd', 'abd', 'bd', 'ab', 'ab', 'ce', 'c', 'bce', 'c', '', 'e', 'de', 'f'],
  ...['acf', 'f', 'bf', 'a', 'd', 'ce'],
];

const ballots = MARKED.map((marked, at): CountedBallot => ({
  leaf: at.toString(16).padStart(64, '0'),
  group: at % 5 === 4 ? 'zona-1' : '120101',
  choices: { 'fondo-provincia': Array.from(marked) },
}));

function counted(preset: FundingPreset, k = 3): PublicResult {
  const [, base] = manifestFixture().contests;
  const province = base as AllocateContest;
  const costs = { a: 5000_00, b: 5500_00, c: 3000_50, d: 2000_00, e: 1500_00, f: 1500_00 };
  const manifest = manifestFixture({
    minGroup: k,
    lotSeedCommitment: LOT_COMMITMENT,
    contests: [
      {
        ...province,
        envelopeCents: 10_000_00,
        proposals: Object.entries(costs).map(([id, costCents]) => ({
          ...province.proposals[0]!,
          id,
          costCents,
          title: { es: `Obra «${id}»; con vereda`, en: `Work ${id}` },
        })),
        rule: fundingRule(
          preset === 'greedy-threshold' ? { rule: preset, threshold: 6 } : { rule: preset },
        ),
      },
    ],
  });
  return throughGate(
    countRound({
      manifest,
      manifestHash: 'hash',
      ballots,
      recordRoot: 'root',
      lotSeed: LOT_SEED,
      issuedByGroup: { 120101: 16, 'zona-1': 4 },
      voteEffect: 'criterio',
    }),
  );
}

function fileOf(result: PublicResult): string {
  const contest = result.contests[0] as GatedAllocate;
  if (contest.result === null) throw new Error('hidden');
  return pabulibOf(result, { ...contest, result: contest.result }, ballots);
}

describe('a published contest as a Pabulib file', () => {
  it.each(FUNDING_PRESETS)('counted again by its own rule gives the same: %s', (preset) => {
    const result = counted(preset);
    const { result: expected } = result.contests[0] as GatedAllocate;
    const path = join(folder, `${preset}.pb`);
    writeFileSync(path, fileOf(result));
    const { order } = readOrder([path, ...tallyOptions(expected!.rule)]);
    const { ok, line } = countFile(path, path, order);
    expect(ok, line).toBe(true);
    const again = JSON.parse(line) as { winners: string[]; cost: string };
    expect(again.winners).toEqual(expected!.winners);
    expect(Math.round(Number(again.cost) * 100)).toBe(Number(expected!.cost));
    expect(expected!.winners.length).toBeGreaterThan(1);
  });

  it('says every option of a rule with ceilings, conflicts and a use for the rest', () => {
    const rule = {
      kind: 'greedy',
      utility: 'cost',
      ties: ['project-id'],
      leftover: 'partial',
      ceilings: { categories: { SOC: '1250', ECO: '900000' } },
      conflicts: [['a', 'b']],
    } as const;
    const options = tallyOptions(rule);
    expect(options.join(' ')).toBe(
      '--rule greedy --utility cost --unsupported leave --ceiling SOC=12.5 --ceiling ECO=9000 --conflict a,b --leftover partial --ties project-id',
    );
    expect(readOrder(['x.pb', ...options]).order).toMatchObject({
      ceilings: [
        { category: 'SOC', amount: '12.5' },
        { category: 'ECO', amount: '9000' },
      ],
      conflicts: [['a', 'b']],
      leftover: 'partial',
    });
  });

  it('says whose vote it was, when, with which rule, and how to count it again', () => {
    const text = fileOf(counted('greedy-threshold'));
    expect(text).toContain('unit;Huancayo\n');
    expect(text).toContain('instance;2027\n');
    expect(text).toContain('currency;PEN\n');
    expect(text).toContain('rule;greedy-threshold\n');
    expect(text).toContain('date_begin;31.12.2025\n');
    expect(text).toContain('num_votes;20\n');
    expect(text).toContain(
      `--rule greedy --utility cost --threshold 6 --unsupported leave --ties 'max-votes,min-cost,lot:${LOT_SEED}'`,
    );
  });

  it('is refused for other ballots than those that were counted', () => {
    const result = counted('greedy');
    const contest = result.contests[0] as GatedAllocate;
    expect(() =>
      pabulibOf(result, { ...contest, result: contest.result! }, ballots.slice(1)),
    ).toThrow('the ballots that were counted');
  });
});
