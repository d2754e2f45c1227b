import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { migrateBallotBox } from '@/db/ballot-box/migrate';
import {
  ballotFixture,
  roundFixture,
  spkiText,
  voterFixture,
  type RoundFixture,
} from '@/lib/ballots/voter.fixture';
import { utf8 } from '@/lib/shared/bytes';
import { ensureDatabase, ensureLogin } from '@/services/supervisor/databases';
import { anyFreePort } from '@/services/supervisor/ports';
import { clusterHome, startCluster, type Cluster } from '@/services/supervisor/postgres';

/**
 * Durable, fully checked casts per second of the ballot box against a bare Node handler with one
 * durable insert, in the same run on the same cluster, with prepared ballots.
 *
 *   node --conditions=react-server --import tsx bench/ballot-box.ts [--clients 1,8,32] [--ballots 1500]
 *
 * Progress on stderr, JSON on stdout.
 */
const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '1,8,32' },
    ballots: { type: 'string', default: '1500' },
  },
});
const CLIENTS = values.clients.split(',').map(Number);
const BALLOTS = Number(values.ballots);
const CONNECTIONS = 16;
/** Serial clients would take minutes for what a few hundred requests tell. */
const PER_SINGLE_CLIENT = 300;

interface Run {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  /** CPU of the server process per request; null where /proc is not there to tell. */
  readonly cpuMsPerRequest: number | null;
}

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** User and system time of a process, in milliseconds (proc(5), fields 14 and 15, 100 ticks/s). */
function cpuMs(pid: number | undefined): number | null {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
}

function post(agent: Agent, url: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { agent, method: 'POST', headers: { 'content-type': 'application/json' } },
      (response) => {
        response.resume().on('end', () => {
          resolve(response.statusCode ?? 0);
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

async function measure(
  server: ChildProcess,
  url: string,
  bodies: readonly string[],
  clients: number,
): Promise<Run> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const times: number[] = [];
  const cpuBefore = cpuMs(server.pid);
  const started = performance.now();
  let next = 0;
  const client = async (): Promise<void> => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) {
      const sent = performance.now();
      const status = await post(agent, url, body);
      if (status !== 201) throw new Error(`Expected 201 of ${url}, got ${status}`);
      times.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - started) / 1000;
  const cpuAfter = cpuMs(server.pid);
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number): number => round(times[Math.floor(times.length * share)] ?? 0);
  return {
    perSecond: round(times.length / seconds),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    cpuMsPerRequest:
      cpuBefore === null || cpuAfter === null ? null : round((cpuAfter - cpuBefore) / times.length),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function start(args: string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function ready(url: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const answer = await fetch(url).catch(() => null);
    if (answer) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} did not start`);
}

async function prepare(round_: RoundFixture, count: number): Promise<string[]> {
  const bodies: string[] = [];
  for (let i = 0; i < count; i++) {
    const group = i % 2 === 0 ? '120101' : 'zona-1';
    const { line, receipt } = await ballotFixture(round_, await voterFixture(round_, group));
    bodies.push(JSON.stringify({ line, receipt }));
  }
  return bodies;
}

async function startBox(
  folder: string,
  cluster: Cluster,
): Promise<{ server: ChildProcess; url: string; round: RoundFixture }> {
  const keys = {
    recordKey: generateKeyPairSync('ed25519'),
    orderKey: generateKeyPairSync('ed25519'),
  };
  const keyFile = join(folder, 'record-key.pem');
  const pem = keys.recordKey.privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeFile(keyFile, pem, { mode: 0o600 });
  const port = await anyFreePort();
  const url = `http://localhost:${String(port)}`;
  const server = start(['services/ballot-box/main.ts'], {
    BALLOT_BOX_DATABASE_URL: cluster.loginUrl('ballot_box', 'box'),
    BALLOT_BOX_PORT: String(port),
    MINKA_SITE_URL: 'http://localhost:3000',
    MINKA_RECORD_KEY_FILE: keyFile,
    MINKA_ORDER_PUBLIC_KEY: spkiText(keys.orderKey.publicKey),
  });
  await ready(`${url}/health`);
  const round_ = await roundFixture({ livePolicy: 'at-close' }, keys);
  const id = round_.manifest.round;
  const order = JSON.stringify({ type: 'open', round: id, manifest: round_.text });
  const signature = sign(null, utf8(order), round_.orderKey).toString('base64url');
  const opened = await fetch(`${url}/v1/rounds/${id}`, {
    method: 'PUT',
    body: JSON.stringify({ order, signature }),
  });
  if (!opened.ok) throw new Error(`The box did not open: ${await opened.text()}`);
  return { server, url: `${url}/v1/ballots`, round: round_ };
}

async function startBare(cluster: Cluster): Promise<{ server: ChildProcess; url: string }> {
  const sql = postgres(cluster.ownerUrl('box'), { max: 1 });
  await sql`create table bare (id text primary key, body text not null)`;
  await sql.end();
  const port = String(await anyFreePort());
  const url = `http://localhost:${port}`;
  const server = start([
    'bench/bare-handler.ts',
    cluster.ownerUrl('box'),
    port,
    String(CONNECTIONS),
  ]);
  await ready(url);
  return { server, url };
}

const folder = await mkdtemp(join(await clusterHome(tmpdir()), 'minka-bench-'));
// As root, PostgreSQL runs as another user, who must be able to walk in.
await chmod(folder, 0o755);
const servers: ChildProcess[] = [];
const cluster = await startCluster({
  directory: join(folder, 'ballot-box'),
  port: await anyFreePort(),
  password: 'bench',
  durable: true,
  maxConnections: 100,
});
try {
  await ensureDatabase(cluster.ownerUrl('postgres'), 'box');
  await migrateBallotBox(cluster.ownerUrl('box'));
  await ensureLogin(cluster.ownerUrl('box'), 'ballot_box', 'minka_ballot_box_app', 'bench');
  const box = await startBox(folder, cluster);
  servers.push(box.server);
  const bare = await startBare(cluster);
  servers.push(bare.server);

  say(`preparing ${BALLOTS} ballots per number of clients …`);
  // Both servers warm up before anything is measured.
  const warm = await prepare(box.round, 300);
  await measure(box.server, box.url, warm, 8);
  await measure(bare.server, bare.url, warm, 8);

  const runs = [];
  for (const clients of CLIENTS) {
    const bodies = await prepare(box.round, clients === 1 ? PER_SINGLE_CLIENT : BALLOTS);
    const bareRun = await measure(bare.server, bare.url, bodies, clients);
    const boxRun = await measure(box.server, box.url, bodies, clients);
    const share = round(boxRun.perSecond / bareRun.perSecond);
    say(`${clients} clients: ${boxRun.perSecond}/s, bare ${bareRun.perSecond}/s, share ${share}`);
    runs.push({ clients, ballots: bodies.length, box: boxRun, bare: bareRun, share });
  }
  process.stdout.write(`${JSON.stringify({ connections: CONNECTIONS, runs })}\n`);
} finally {
  for (const server of servers) server.kill('SIGTERM');
  await Promise.all(
    servers.map(
      (server) =>
        new Promise((resolve) => {
          if (server.exitCode !== null || server.signalCode !== null) resolve(null);
          else server.once('exit', resolve);
        }),
    ),
  );
  await cluster.stop();
  await rm(folder, { recursive: true, force: true });
}
