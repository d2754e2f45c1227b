import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readPabulib, type PabulibElection } from '@/lib/tally/pabulib/reader';
import { tally } from '@/lib/tally/tally';
import type { FundingRule, TieRule } from '@/lib/tally/types';
import { syntheticFile, type SyntheticShape } from './synthetic';

/**
 * `node --import tsx bench/tally.ts [--data FOLDER] [--quick]`: how long reading and every rule take
 * on real files and on made-up elections, and how time grows with ballots and projects. JSON.
 */

const { values } = parseArgs({
  options: { data: { type: 'string' }, quick: { type: 'boolean' } },
});
const quick = values.quick ?? false;
const data =
  values.data ?? fileURLToPath(new URL('../../shared/data/pabulib/files', import.meta.url));

const ties: TieRule = ['min-cost', 'max-votes', 'file-order'];
const shares = {
  kind: 'equal-shares',
  utility: 'cost',
  add1Start: 'floor',
  add1Stop: 'overspend',
  ties,
} as const;
const RULES: Readonly<Record<string, FundingRule>> = {
  greedy: { kind: 'greedy', utility: 'cost', ties },
  'equal-shares': { ...shares, completion: 'none' },
  'equal-shares add1+greedy': { ...shares, completion: 'add1+greedy' },
  'equal-shares cardinality add1+greedy': {
    ...shares,
    utility: 'cardinality',
    completion: 'add1+greedy',
  },
  phragmen: { kind: 'phragmen', ties },
  'maximin-support': { kind: 'maximin-support', ties },
  'max-welfare': { kind: 'max-welfare', utility: 'cost', ties },
};
const LARGE_RULES = ['greedy', 'equal-shares', 'equal-shares add1+greedy', 'phragmen'];

const round = (value: number): number => Math.round(value * 100) / 100;

/** Best of a few: the machine is shared. */
function timed<T>(work: () => T, times: number): { readonly ms: number; readonly value: T } {
  let best = Infinity;
  let value: T;
  do {
    const started = performance.now();
    value = work();
    best = Math.min(best, performance.now() - started);
  } while (--times > 0);
  return { ms: round(best), value };
}

function read(bytes: readonly Uint8Array[]): PabulibElection {
  const result = readPabulib(() => bytes);
  if (!result.ok) throw new Error(`line ${result.line}: ${result.message}`);
  return result.value;
}

function measure(bytes: readonly Uint8Array[], rules: readonly string[], times: number): object {
  const size = bytes.reduce((sum, piece) => sum + piece.length, 0);
  const reading = timed(() => read(bytes), times);
  const { election } = reading.value;
  const rulesMs: Record<string, number> = {};
  let exactFallbacks = 0;
  for (const name of rules) {
    const rule = RULES[name];
    if (rule === undefined) continue;
    const counting = timed(() => tally(election, rule), times);
    rulesMs[name] = counting.ms;
    exactFallbacks += counting.value.exactFallbacks;
  }
  return {
    ballots: election.profile.voters,
    groups: election.profile.groups,
    projects: election.projects.length,
    readMs: reading.ms,
    readMBPerSecond: round(size / 1000 / reading.ms),
    rulesMs,
    exactFallbacks,
    rssMB: round(process.memoryUsage.rss() / 1e6),
  };
}

function synthetic(shape: SyntheticShape): object {
  return { ...shape, ...measure([...syntheticFile(shape)], LARGE_RULES, quick ? 1 : 2) };
}

/** Slope of log time over log size, least squares. */
function exponent(sizes: readonly number[], times: readonly number[]): number {
  const x = sizes.map(Math.log);
  const y = times.map((ms) => Math.log(ms));
  const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
  const [mx, my] = [mean(x), mean(y)];
  const top = x.reduce((sum, value, i) => sum + (value - mx) * (Number(y[i]) - my), 0);
  return round(top / x.reduce((sum, value) => sum + (value - mx) ** 2, 0));
}

function growth(
  shapes: readonly SyntheticShape[],
  size: (shape: SyntheticShape) => number,
): object {
  const rule = RULES['equal-shares add1+greedy'];
  if (rule === undefined) throw new Error('The rule to measure growth with is gone.');
  const sizes = shapes.map(size);
  const reads: number[] = [];
  const counts: number[] = [];
  for (const shape of shapes) {
    const bytes = [...syntheticFile(shape)];
    const reading = timed(() => read(bytes), 2);
    reads.push(reading.ms);
    counts.push(timed(() => tally(reading.value.election, rule), 2).ms);
  }
  return {
    sizes,
    readMs: reads,
    equalSharesMs: counts,
    readExponent: exponent(sizes, reads),
    equalSharesExponent: exponent(sizes, counts),
  };
}

const files = existsSync(data) ? readdirSync(data).filter((name) => name.endsWith('.pb')) : [];
const report = {
  node: process.version,
  files: Object.fromEntries(
    files.map((name) => [
      name,
      measure([readFileSync(join(data, name))], Object.keys(RULES), quick ? 1 : 3),
    ]),
  ),
  synthetic: (quick ? [100_000] : [100_000, 1_000_000]).map((ballots) =>
    synthetic({ ballots, projects: 200, seed: 2027 }),
  ),
  growthWithBallots: growth(
    [12_500, 25_000, 50_000, 100_000].map((ballots) => ({ ballots, projects: 200, seed: 7 })),
    ({ ballots }) => ballots,
  ),
  growthWithProjects: growth(
    [50, 100, 200, 400].map((projects) => ({ ballots: 50_000, projects, seed: 7 })),
    ({ projects }) => projects,
  ),
};
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
