import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ballotFixture, voterFixture, type RoundFixture } from '@/lib/ballots/voter.fixture';
import { present } from '@/lib/shared/assert';
import { anyFreePort } from '@/services/supervisor/ports';
import { clusterHome, startCluster } from '@/services/supervisor/postgres';
import { clusterCpuMs, processCpuMs, processMemoryMiB } from './box/cpu';
import { partTimings } from './box/parts';
import { preload } from './box/preload';
import {
  CONNECTIONS,
  ground,
  startAttackers,
  startBare,
  startBox,
  startClients,
  stopped,
  type Server,
} from './box/stand';

/**
 * Durable, fully checked casts per second of the ballot box against a bare Node handler that does
 * one durable insert: same run, same cluster, same clients, same prepared requests, turn by turn.
 *
 *   npm run -s bench -- ballot-box [--clients 1,8,32,128] [--ballots 1500] [--repetitions 5]
 *                                  [--stored 1000000] [--parts]
 *
 * `--stored N` also measures a box that already holds N ballots (0 leaves that out); `--parts` only
 * times the steps of a cast. Progress on stderr, JSON on stdout. CPU is that of the server process
 * (`server`) and of all processes of the PostgreSQL cluster (`postgres`), never of the clients.
 */
const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '1,8,32,128' },
    ballots: { type: 'string', default: '1500' },
    repetitions: { type: 'string', default: '5' },
    stored: { type: 'string', default: '1000000' },
    parts: { type: 'boolean', default: false },
  },
});
const LEVELS = values.clients.split(',').map(Number);
const REPETITIONS = Number(values.repetitions);
const STORED = Number(values.stored);
/** One client alone would take long for what a few hundred requests tell. */
const ballotsFor = (clients: number): number => Math.min(Number(values.ballots), clients * 300);
/** Growth is measured where the box is busy. */
const GROWTH_CLIENTS = 32;
const ATTACK_CLIENTS = 8;

interface Figures {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** CPU per request; null where /proc is not there to tell. */
  readonly serverCpuMs: number | null;
  readonly postgresCpuMs: number | null;
  readonly cpuMs: number | null;
}

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

function median(values_: readonly number[]): number {
  const sorted = [...values_].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [a = 0, b = 0] =
    sorted.length % 2 === 1 ? [sorted[middle], sorted[middle]] : sorted.slice(middle - 1);
  return round((a + b) / 2, 3);
}

/** The median of each figure over the repetitions. */
function medians(runs: readonly Figures[]): Figures {
  const of = (key: keyof Figures): number => median(runs.map((each) => each[key] ?? 0));
  const cpu = (key: keyof Figures): number | null =>
    runs.some((each) => each[key] === null) ? null : of(key);
  return {
    perSecond: of('perSecond'),
    p50Ms: of('p50Ms'),
    p95Ms: of('p95Ms'),
    p99Ms: of('p99Ms'),
    serverCpuMs: cpu('serverCpuMs'),
    postgresCpuMs: cpu('postgresCpuMs'),
    cpuMs: cpu('cpuMs'),
  };
}

async function prepare(of: RoundFixture, count: number): Promise<string[]> {
  const bodies: string[] = [];
  for (let i = 0; i < count; i++) {
    const group = i % 2 === 0 ? '120101' : 'zona-1';
    const { line, receipt } = await ballotFixture(of, await voterFixture(of, group), {
      secret: crypto.getRandomValues(new Uint8Array(32)),
    });
    bodies.push(JSON.stringify({ line, receipt }));
  }
  return bodies;
}

const folder = await mkdtemp(join(await clusterHome(tmpdir()), 'minka-bench-'));
// As root, PostgreSQL runs as another user, who must be able to walk in.
await chmod(folder, 0o755);
const cluster = await startCluster({
  directory: join(folder, 'ballot-box'),
  port: await anyFreePort(),
  password: 'bench',
  durable: true,
  maxConnections: 100,
});
const clients = startClients();
const servers: Server[] = [];
// Told to stop, nothing stays behind; the cluster ends with this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const server of servers) server.process.kill();
    process.exit(1);
  });
}

async function measure(server: Server, bodies: readonly string[], many: number): Promise<Figures> {
  const cpu = (): [number | null, number | null] => [
    processCpuMs(server.process.pid),
    clusterCpuMs(join(folder, 'ballot-box')),
  ];
  const [serverBefore, postgresBefore] = cpu();
  const { seconds, times, statuses } = await clients.run({
    port: server.port,
    path: server.path,
    clients: many,
    bodies,
  });
  const [serverAfter, postgresAfter] = cpu();
  if (statuses['201'] !== bodies.length) {
    throw new Error(`Expected 201 throughout, got ${JSON.stringify(statuses)}`);
  }
  const each = (before: number | null, after: number | null): number | null =>
    before === null || after === null ? null : round((after - before) / bodies.length, 3);
  const at = (share: number): number => round(times[Math.floor(times.length * share)] ?? 0);
  const serverCpuMs = each(serverBefore, serverAfter);
  const postgresCpuMs = each(postgresBefore, postgresAfter);
  return {
    perSecond: round(times.length / seconds, 1),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    serverCpuMs,
    postgresCpuMs,
    cpuMs:
      serverCpuMs === null || postgresCpuMs === null ? null : round(serverCpuMs + postgresCpuMs, 3),
  };
}

async function levelsMeasured(box: Server, bare: Server, of: RoundFixture) {
  const levels = [];
  for (const many of LEVELS) {
    const runs: { box: Figures; bare: Figures }[] = [];
    for (let i = 0; i < REPETITIONS; i++) {
      const bodies = await prepare(of, ballotsFor(many));
      // Whoever comes second finds the caches of the machine differently: they take turns.
      const first = i % 2 === 0 ? await measure(bare, bodies, many) : null;
      const boxRun = await measure(box, bodies, many);
      runs.push({ box: boxRun, bare: first ?? (await measure(bare, bodies, many)) });
    }
    const level = {
      clients: many,
      ballots: ballotsFor(many),
      box: medians(runs.map((each) => each.box)),
      bare: medians(runs.map((each) => each.bare)),
      share: median(runs.map((each) => each.box.perSecond / each.bare.perSecond)),
    };
    say(
      `${String(many)} clients: ${String(level.box.perSecond)}/s, bare ${String(level.bare.perSecond)}/s, ` +
        `share ${String(level.share)}, CPU ${String(level.box.serverCpuMs)} + PostgreSQL ${String(level.box.postgresCpuMs)} ms`,
    );
    levels.push(level);
  }
  return levels;
}

/** The same ballots into an empty box and into a full one, turn by turn. */
async function growthMeasured(empty: Server, full: Server, of: RoundFixture) {
  const runs: { empty: Figures; full: Figures }[] = [];
  for (let i = 0; i < REPETITIONS; i++) {
    const bodies = await prepare(of, ballotsFor(GROWTH_CLIENTS));
    const first = i % 2 === 0 ? await measure(full, bodies, GROWTH_CLIENTS) : null;
    const emptyRun = await measure(empty, bodies, GROWTH_CLIENTS);
    runs.push({ empty: emptyRun, full: first ?? (await measure(full, bodies, GROWTH_CLIENTS)) });
  }
  const growth = {
    stored: STORED,
    clients: GROWTH_CLIENTS,
    empty: medians(runs.map((each) => each.empty)),
    full: medians(runs.map((each) => each.full)),
    /** Full against empty: 1 is no growth. */
    cpuRatio: median(runs.map((each) => (each.full.cpuMs ?? 0) / (each.empty.cpuMs ?? 1))),
    rateRatio: median(runs.map((each) => each.full.perSecond / each.empty.perSecond)),
  };
  say(
    `${String(STORED)} stored against none: CPU × ${String(growth.cpuRatio)}, rate × ${String(growth.rateRatio)}`,
  );
  return growth;
}

/** Honest casts while others do what they can to hinder them (threat T20). */
async function attackMeasured(box: Server, of: RoundFixture) {
  const rounds = await Promise.all(
    Array.from({ length: REPETITIONS }, () => prepare(of, ballotsFor(ATTACK_CLIENTS))),
  );
  const calmMiB = processMemoryMiB(box.process.pid);
  const attackers = startAttackers(box.port);
  const runs: Figures[] = [];
  const memory: (number | null)[] = [];
  for (const bodies of rounds) {
    runs.push(await measure(box, bodies, ATTACK_CLIENTS));
    memory.push(processMemoryMiB(box.process.pid));
  }
  attackers.stop();
  const honest = medians(runs);
  say(
    `under attack: ${String(honest.perSecond)}/s, p95 ${String(honest.p95Ms)} ms, memory ${String(calmMiB)} → ${memory.join(', ')} MiB`,
  );
  return { clients: ATTACK_CLIENTS, honest, calmMiB, memoryMiB: memory };
}

try {
  const on = await ground(folder);
  say('timing the steps of a cast …');
  const parts = partTimings(on.round, await prepare(on.round, 1000));
  if (values.parts) {
    process.stdout.write(`${JSON.stringify({ parts })}\n`);
  } else {
    const box = await startBox(cluster, on, 'box', folder);
    servers.push(box);
    const bare = await startBare(cluster);
    servers.push(bare);
    say('warming up …');
    for (const server of servers) await measure(server, await prepare(on.round, 600), 8);

    const levels = await levelsMeasured(box, bare, on.round);
    const attack = await attackMeasured(box, on.round);
    let growth = null;
    if (STORED > 0) {
      say(`storing ${String(STORED)} ballots …`);
      const sample = JSON.parse(present((await prepare(on.round, 1))[0], 'a ballot')) as {
        line: [string, string];
      };
      const full = await startBox(cluster, on, 'full', folder, (ownerUrl) =>
        preload(ownerUrl, on.round, STORED, { body: sample.line[0], signature: sample.line[1] }),
      );
      servers.push(full);
      await measure(full, await prepare(on.round, 600), 8);
      growth = await growthMeasured(box, full, on.round);
    }
    const figures = {
      node: process.version,
      connections: CONNECTIONS,
      levels,
      attack,
      growth,
      parts,
    };
    process.stdout.write(`${JSON.stringify(figures)}\n`);
  }
} finally {
  clients.process.disconnect();
  await Promise.all(servers.map((server) => stopped(server.process)));
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}
