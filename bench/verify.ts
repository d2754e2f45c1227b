import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { Manifest } from '@/lib/rounds/manifest';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import { ensureVerifier, VERIFIER_FOLDER } from '@/services/supervisor/build-verifier';
import type { Report } from '@/verify/report';
import { assemble } from '@/verify/testing/record-draft';
import { syntheticRecord } from '@/verify/testing/synthetic-record';

/**
 * The verifier's single file over whole sealed records, as anybody would run it: seconds and peak
 * memory. Records are made once (minutes for the largest: each ballot is really signed) and kept.
 * `live`: figures were shown after every batch of twenty, the most that the rules allow; each of
 * those files is counted again. (`--live 100000` takes a quarter of an hour to make.)
 *
 *   npm run -s bench -- verify [--sizes 1000,10000,100000] [--live 1000,10000]
 */

/** Raise it when the synthetic record changes. */
const SHAPE = 2;
const CACHE = 'node_modules/.cache/minka-bench';
const TARGET_SECONDS = 15;

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000' },
    live: { type: 'string', default: '1000,10000' },
  },
});
const numbers = (list: string): number[] => list.split(',').filter(Boolean).map(Number);
const shapes = [
  ...numbers(values.sizes).map((ballots) => ({ ballots, live: false })),
  ...numbers(values.live).map((ballots) => ({ ballots, live: true })),
];
type Shape = (typeof shapes)[number];

/** Voters in a batch of a live round. */
const LIVE_BATCH = 20;

/** Twenty groups, a ranking, a fund of the province with twenty-four proposals. */
function contests(): Partial<Manifest> {
  const { groups, contests: fixed } = manifestFixture();
  const [rank, fund] = fixed;
  const [group] = groups;
  if (rank?.kind !== 'rank' || fund?.kind !== 'allocate' || !group) throw new Error('The fixture');
  const [proposal] = fund.proposals;
  if (!proposal) throw new Error('The fixture');
  return {
    groups: Array.from({ length: 20 }, (_, index) => ({
      ...group,
      id: `12${String(index).padStart(4, '0')}`,
      districts: [`12${String(index).padStart(4, '0')}`],
    })),
    contests: [
      rank,
      {
        ...fund,
        proposals: Array.from({ length: 24 }, (_, index) => ({
          ...proposal,
          id: `2027-${String(index).padStart(3, '0')}`,
          costCents: 5_000_00 + index * 1_777_00,
        })),
      },
    ],
  };
}

/** A record of so many ballots in a folder; one in eleven ballots replaces another. */
function recordOf({ ballots, live }: Shape): string {
  const folder = join(CACHE, `verify-${SHAPE}${live ? '-live' : ''}-${ballots}`);
  if (existsSync(folder)) return folder;
  process.stderr.write(`Firmando ${ballots} cédulas (una sola vez)…\n`);
  const draft = syntheticRecord({
    voters: Math.round(ballots / 1.1),
    revotesPerCent: 10,
    batch: live ? LIVE_BATCH : Math.max(20, Math.round(ballots / 200)),
    live,
    seed: ballots,
    changes: { ...contests(), minGroup: LIVE_BATCH },
    onBallot: (made) => {
      if (made % 5000 === 0) process.stderr.write(`  ${made}\n`);
    },
  });
  const making = `${folder}.new`;
  rmSync(making, { recursive: true, force: true });
  for (const [path, bytes] of assemble(draft)) {
    mkdirSync(dirname(join(making, path)), { recursive: true });
    writeFileSync(join(making, path), bytes);
  }
  renameSync(making, folder);
  return folder;
}

/** Tells the most memory the process ever held, threads included, when it ends. */
const WATCH =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("\\npeak "+process.resourceUsage().maxRSS+"\\n"))';

function measure(shape: Shape) {
  const folder = recordOf(shape);
  const begin = performance.now();
  const args = ['--import', WATCH, join(VERIFIER_FOLDER, 'minka-verify.mjs'), folder, '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  const seconds = (performance.now() - begin) / 1000;
  if (status !== 0) throw new Error(`The record of ${shape.ballots} was not accepted: ${stderr}`);
  const report = JSON.parse(stdout) as Report;
  const peaks = [...stderr.matchAll(/peak (\d+)/g)].map(([, kilobytes]) => Number(kilobytes));
  const lines = report.ballots?.lines ?? 0;
  const liveFiles = report.checks.find(({ id }) => id === 'V11')?.facts['files'] ?? 0;
  return {
    ballots: lines,
    liveFiles,
    verdict: report.verdict,
    seconds: Number(seconds.toFixed(2)),
    ballotsPerSecond: Math.round(lines / seconds),
    peakMegabytes: Math.round(Math.max(...peaks) / 1024),
  };
}

await ensureVerifier();
const records = shapes.map(measure);
const largest = records.filter(({ ballots }) => ballots >= 99_000 && ballots <= 101_000);
const slowest = Math.max(...largest.map(({ seconds }) => seconds));
process.stdout.write(
  `${JSON.stringify({
    bench: 'verify',
    node: process.version,
    cores: availableParallelism(),
    records,
    ...(largest.length > 0 && {
      target: { seconds: TARGET_SECONDS, met: slowest <= TARGET_SECONDS },
    }),
  })}\n`,
);
