import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connectRegistry } from '@/db/registry/client';
import { smsCodes } from '@/lib/verification/codes';
import { inEvenTime } from '@/lib/roll/even-time';
import { seedCycle, seedOpenRound, seedResident, TEST_KEYS } from '@/lib/rounds/test-round';
import { ensureDatabase, ensureLogin, migrateRegistry } from '@/services/supervisor/databases';
import { anyFreePort } from '@/services/supervisor/ports';
import { clusterHome, startCluster } from '@/services/supervisor/postgres';

/**
 * T10: does the time of an answer tell whether a DNI is on the roll? Requests for known and unknown
 * DNIs in turns, each DNI asked once; Mann–Whitney's U, two-sided, normal approximation with ties.
 * `bare` is the work itself, `even` what a browser waits for: there p must be above 0.05.
 *
 *   npm run -s bench -- verification [--requests 2000]
 */
const { values } = parseArgs({ options: { requests: { type: 'string', default: '2000' } } });
const REQUESTS = Number(values.requests);
const WARM_UP = 100;
const AT_ONCE = 20;
const ROUND = 'banco';
const PASSWORD = 'bench-verification-password';

interface Timed {
  readonly known: boolean;
  readonly ms: number;
}

const folder = await mkdtemp(join(await clusterHome(tmpdir()), 'minka-bench-'));
await chmod(folder, 0o755);
const cluster = await startCluster({
  directory: join(folder, 'registry'),
  port: await anyFreePort(),
  password: PASSWORD,
  durable: true,
  maxConnections: 40,
});
try {
  await ensureDatabase(cluster.ownerUrl('postgres'), 'registry');
  await migrateRegistry(cluster.ownerUrl('registry'));
  await ensureLogin(cluster.ownerUrl('registry'), 'registry', 'minka_registry_app', PASSWORD);
  const { db, sql } = connectRegistry(cluster.loginUrl('registry', 'registry'), AT_ONCE);
  try {
    await seedCycle(db);
    const residents = [];
    const firstKnown = 40_000_000;
    for (let nth = 0; nth < REQUESTS + WARM_UP; nth += 1) {
      const phone = String(964_000_000 + nth);
      const id = await seedResident(db, { dni: String(firstKnown + nth), phone });
      residents.push({ id, districtCode: '120114' });
    }
    await seedOpenRound(db, { id: ROUND, residents, manifest: '{}', manifestHash: 'hash' });
    const channel = smsCodes(db, TEST_KEYS, (code) => `Tu código es ${code}`);
    let asked = 0;
    const ask = async (even: boolean): Promise<Timed> => {
      const nth = asked;
      asked += 1;
      const known = nth % 2 === 0;
      const dni = String((known ? firstKnown : 70_000_000) + Math.floor(nth / 2));
      const begun = performance.now();
      const work = () => channel.start({ roundId: ROUND, purpose: 'vote', dni });
      const started = await (even ? inEvenTime(work) : work());
      if (!started.ok) throw new Error(started.reason);
      return { known, ms: performance.now() - begun };
    };
    for (let nth = 0; nth < WARM_UP; nth += 1) await ask(false);
    const bare: Timed[] = [];
    for (let nth = 0; nth < REQUESTS; nth += 1) bare.push(await ask(false));
    const even: Timed[] = [];
    while (even.length < REQUESTS) {
      even.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => ask(true)))));
    }
    const figures = { requests: REQUESTS, bare: compared(bare), even: compared(even) };
    process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
    if (figures.even.p <= 0.05) process.exitCode = 1;
  } finally {
    await sql.end({ timeout: 5 });
  }
} finally {
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}

function compared(times: readonly Timed[]) {
  const of = (known: boolean) => times.filter((one) => one.known === known).map(({ ms }) => ms);
  const known = of(true);
  const unknown = of(false);
  return {
    knownMedianMs: median(known),
    unknownMedianMs: median(unknown),
    p: mannWhitney(known, unknown),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Number((sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(3));
}

/** Two-sided p of Mann and Whitney (1947), normal approximation, corrected for ties. */
function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((ms) => ({ ms, first: true })), ...b.map((ms) => ({ ms, first: false }))];
  all.sort((x, y) => x.ms - y.ms);
  let ranksOfFirst = 0;
  let ties = 0;
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to < all.length && all[to]?.ms === all[from]?.ms) to += 1;
    const size = to - from;
    ties += size ** 3 - size;
    const firsts = all.slice(from, to).filter(({ first }) => first).length;
    ranksOfFirst += (firsts * (from + 1 + to)) / 2;
    from = to;
  }
  const n = all.length;
  const u = ranksOfFirst - (a.length * (a.length + 1)) / 2;
  const mean = (a.length * b.length) / 2;
  const deviation = Math.sqrt(((a.length * b.length) / 12) * (n + 1 - ties / (n * (n - 1))));
  const z = Math.abs(u - mean) / deviation;
  return Number((2 * (1 - normal(z))).toFixed(4));
}

/** The normal distribution's cumulative function, Abramowitz and Stegun 26.2.17; error below 10⁻⁷. */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const tail =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail;
}
