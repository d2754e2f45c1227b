import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readPabulib, type PabulibElection } from '@/lib/tally/pabulib/reader';
import { tally } from '@/lib/tally/tally';
import type { FundingRule, TieRule } from '@/lib/tally/types';
import { syntheticFile, type SyntheticShape } from './synthetic';

/**
 * `npm run -s bench -- tally [--data FOLDER] [--quick]`: how long reading and every rule take on real
 * files and on made-up elections, with their peak of memory, and how time grows with ballots and
 * projects. JSON on stdout, progress on stderr. Each made-up election is measured in a process of
 * its own (`--ballots N`), so that its peak of memory is its own too.
 */

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    quick: { type: 'boolean' },
    ballots: { type: 'string' },
  },
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

const LARGE_FILE_BYTES = 1e6;

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

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

interface Measured {
  readonly bytes: number;
  readonly ballots: number;
  readonly groups: number;
  readonly projects: number;
  readonly readMs: number;
  readonly readMBPerSecond: number;
  readonly rulesMs: Readonly<Record<string, number>>;
  readonly exactFallbacks: number;
}

function measure(bytes: readonly Uint8Array[], rules: readonly string[], times: number): Measured {
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
    bytes: size,
    ballots: election.profile.voters,
    groups: election.profile.groups,
    projects: election.projects.length,
    readMs: reading.ms,
    readMBPerSecond: round(size / 1000 / reading.ms),
    rulesMs,
    exactFallbacks,
  };
}

/** One made-up election, in this process; the peak of memory includes the file itself. */
function synthetic(shape: SyntheticShape): object {
  const figures = measure([...syntheticFile(shape)], LARGE_RULES, quick ? 1 : 3);
  // In kilobytes on every system that Node runs on.
  return { ...shape, ...figures, peakMB: round(process.resourceUsage().maxRSS / 1000) };
}

/** The same in a process of its own. */
function syntheticApart(ballots: number): unknown {
  say(`A made-up election of ${ballots} ballots…`);
  const args = ['--import', 'tsx', fileURLToPath(import.meta.url), '--ballots', String(ballots)];
  const child = spawnSync(process.execPath, quick ? [...args, '--quick'] : args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (child.status !== 0) throw new Error(`Measuring ${ballots} ballots ended in an error.`);
  return JSON.parse(child.stdout);
}

interface Throughput {
  readonly files: number;
  readonly bytes: number;
  readonly readMs: number;
  readonly readMBPerSecond: number;
}

/** Small files are all fixed cost; the largest ones show the speed of the reader. */
function throughput(files: readonly Measured[]): Throughput {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const readMs = round(files.reduce((sum, file) => sum + file.readMs, 0));
  return { files: files.length, bytes, readMs, readMBPerSecond: round(bytes / 1000 / readMs) };
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
    say(`Growth: ${shape.ballots} ballots, ${shape.projects} projects…`);
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

function realFiles(): Record<string, Measured> {
  const names = existsSync(data) ? readdirSync(data).filter((name) => name.endsWith('.pb')) : [];
  const measured: Record<string, Measured> = {};
  for (const name of names) {
    say(`${name}…`);
    measured[name] = measure([readFileSync(join(data, name))], Object.keys(RULES), quick ? 1 : 3);
  }
  return measured;
}

function wholeReport(): object {
  const files = realFiles();
  const all = Object.values(files);
  return {
    node: process.version,
    files,
    reading: {
      allFiles: throughput(all),
      largeFiles: throughput(all.filter(({ bytes }) => bytes >= LARGE_FILE_BYTES)),
    },
    synthetic: (quick ? [100_000] : [100_000, 1_000_000]).map(syntheticApart),
    growthWithBallots: growth(
      [12_500, 25_000, 50_000, 100_000].map((ballots) => ({ ballots, projects: 200, seed: 7 })),
      ({ ballots }) => ballots,
    ),
    growthWithProjects: growth(
      [50, 100, 200, 400].map((projects) => ({ ballots: 50_000, projects, seed: 7 })),
      ({ projects }) => projects,
    ),
    peakMB: round(process.resourceUsage().maxRSS / 1000),
  };
}

const report =
  values.ballots === undefined
    ? wholeReport()
    : synthetic({ ballots: Number(values.ballots), projects: 200, seed: 2027 });
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
