import { fork, spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import postgres from 'postgres';
import { migrateBallotBox } from '@/db/ballot-box/migrate';
import { roundFixture, type RoundFixture } from '@/lib/ballots/voter.fixture';
import { utf8 } from '@/lib/shared/bytes';
import { ensureDatabase, ensureLogin } from '@/services/supervisor/databases';
import { anyFreePort } from '@/services/supervisor/ports';
import type { Cluster } from '@/services/supervisor/postgres';
import type { ClientJob, ClientReport } from './clients';

/** Starts what is measured, each in a process of its own. */

export const CONNECTIONS = 16;
const PASSWORD = 'bench';

export interface Server {
  readonly process: ChildProcess;
  readonly port: number;
  readonly path: string;
}

const NODE_ARGS = ['--conditions=react-server', '--import', 'tsx'];

function start(args: string[], env: Record<string, string> = {}): ChildProcess {
  const profile = process.env['MINKA_BENCH_NODE_ARGS']?.split(' ') ?? [];
  return spawn(process.execPath, [...profile, ...NODE_ARGS, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** A box reads a million leaves, and checks their root, before it listens. */
const READY_WITHIN_MS = 180_000;

async function ready(url: string, server: ChildProcess): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS;
  while (server.exitCode === null && performance.now() < until) {
    const answer = await fetch(url).catch(() => null);
    if (answer) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  server.kill('SIGKILL');
  throw new Error(`${url} did not start`);
}

/** The keys of the box and a round that they opened, the same for every box of a run. */
export interface Ground {
  readonly round: RoundFixture;
  readonly recordKeyFile: string;
}

export async function ground(folder: string): Promise<Ground> {
  const keys = {
    recordKey: generateKeyPairSync('ed25519'),
    orderKey: generateKeyPairSync('ed25519'),
  };
  const recordKeyFile = join(folder, 'record-key.pem');
  const pem = keys.recordKey.privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeFile(recordKeyFile, pem, { mode: 0o600 });
  // Publication is measured by bench/record: here no batch comes due.
  const record = { batch: 20, intervalSeconds: 1_000_000 };
  return { round: await roundFixture({ livePolicy: 'at-close', record }, keys), recordKeyFile };
}

/** A box on a database of its own, with the round open. */
export async function startBox(
  cluster: Cluster,
  { round, recordKeyFile }: Ground,
  name: string,
  folder: string,
  fill?: (ownerUrl: string) => Promise<void>,
): Promise<Server> {
  await ensureDatabase(cluster.ownerUrl('postgres'), name);
  await migrateBallotBox(cluster.ownerUrl(name));
  await fill?.(cluster.ownerUrl(name));
  await ensureLogin(cluster.ownerUrl(name), 'ballot_box', 'minka_ballot_box_app', PASSWORD);
  const port = await anyFreePort();
  const url = `http://localhost:${String(port)}`;
  const state = join(folder, `state-${name}`);
  await mkdir(state);
  const box = start(['services/ballot-box/main.ts'], {
    BALLOT_BOX_DATABASE_URL: cluster.loginUrl('ballot_box', name),
    BALLOT_BOX_PORT: String(port),
    MINKA_SITE_URL: 'http://localhost:3000',
    MINKA_RECORD_KEY_FILE: recordKeyFile,
    MINKA_ORDER_PUBLIC_KEY: round.manifest.orderKey,
    MINKA_BOX_STATE_DIR: state,
  });
  await ready(`${url}/health`, box);
  const id = round.manifest.round;
  const order = JSON.stringify({ type: 'open', round: id, manifest: round.text });
  const signature = sign(null, utf8(order), round.orderKey).toString('base64url');
  const opened = await fetch(`${url}/v1/rounds/${id}`, {
    method: 'PUT',
    body: JSON.stringify({ order, signature }),
  });
  if (!opened.ok) throw new Error(`The box did not open: ${await opened.text()}`);
  return { process: box, port, path: '/v1/ballots' };
}

export async function startBare(cluster: Cluster): Promise<Server> {
  const url = cluster.ownerUrl('bare');
  await ensureDatabase(cluster.ownerUrl('postgres'), 'bare');
  const sql = postgres(url, { max: 1 });
  await sql`create table bare (id text primary key, body text not null)`;
  await sql.end();
  const port = await anyFreePort();
  const bare = start(['bench/bare-handler.ts', url, String(port), String(CONNECTIONS)]);
  await ready(`http://localhost:${String(port)}`, bare);
  return { process: bare, port, path: '/' };
}

/** The process of the clients; one job at a time. */
export function startClients(): {
  readonly process: ChildProcess;
  run(job: ClientJob): Promise<ClientReport>;
} {
  const file = fileURLToPath(new URL('clients.ts', import.meta.url));
  const clients = fork(file, { execArgv: NODE_ARGS });
  return {
    process: clients,
    run: (job) =>
      new Promise((resolve, reject) => {
        const ended = (): void => {
          reject(new Error('The clients ended'));
        };
        clients.once('exit', ended);
        clients.once('message', (report) => {
          clients.off('exit', ended);
          resolve(report as ClientReport);
        });
        clients.send(job);
      }),
  };
}

/** Attackers of this port, until `stop`. */
export function startAttackers(port: number): { stop: () => void } {
  const file = fileURLToPath(new URL('attackers.ts', import.meta.url));
  const attackers = fork(file, { execArgv: NODE_ARGS });
  attackers.send(port);
  return {
    stop: () => {
      attackers.disconnect();
    },
  };
}

export async function stopped(each: ChildProcess): Promise<void> {
  if (each.exitCode !== null || each.signalCode !== null) return;
  const gone = new Promise((resolve) => each.once('exit', resolve));
  each.kill('SIGTERM');
  await gone;
}
