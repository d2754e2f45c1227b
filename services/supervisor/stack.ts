import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { connectBallotBox } from '@/db/ballot-box/client';
import { migrateBallotBox } from '@/db/ballot-box/migrate';
import { connectRegistry } from '@/db/registry/client';
import { demoCycles } from '@/db/seed/cycles';
import { seedDemo } from '@/db/seed/seed';
import { ensureOrderKey } from '../worker/keys';
import { ensureBuild } from './build';
import { stopLeftovers, Supervised, waitFor } from './children';
import type { Part } from './children';
import { ensureDatabase, ensureLogin, migrateRegistry, readJson } from './databases';
import { namedProblem, openHome, takeLock } from './home';
import { StartProblem } from './start-problem';
import type { Home } from './home';
import { anyFreePort, isFree } from './ports';
import { startCluster } from './postgres';
import type { Cluster } from './postgres';

export interface StackOptions {
  folder: string;
  port: number;
  /** In which state the current cycle's round is seeded. */
  currentRound: 'open' | 'draft';
  demo: boolean;
  say: (line: string) => void;
  /** Stops a start that is under way, and takes back what it had started. */
  signal: AbortSignal;
}

export interface Stack {
  siteUrl: string;
  fiscalYear: number;
  env: Record<string, string>;
  stop: () => Promise<void>;
}

interface State {
  seeded: boolean;
  /** Of the seeded current cycle: its screen's short address ends in it. */
  fiscalYear: number;
  ports: { registry: number; ballotBox: number };
}

const SERVICE = ['--conditions=react-server', '--import', 'tsx'];

/** Two clusters, three processes, one folder: all of Minka on this machine. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const home = await openHome(resolve(options.folder));
  const unlock = await takeLock(home.folder);
  await stopLeftovers(home.folder);
  const running: { stop: () => Promise<void> }[] = [];
  const stop = async () => {
    // Last started, first stopped: the databases outlive their clients.
    for (const part of running.reverse()) await part.stop();
    running.length = 0;
    await unlock();
  };
  try {
    await requireFreePorts(options);
    const databases = await startDatabases(home, options, running);
    options.signal.throwIfAborted();
    const env = await prepare(home, options, databases);
    options.signal.throwIfAborted();
    env['MINKA_VERSION'] = await ensureBuild(options.say, options.signal);
    options.signal.throwIfAborted();
    await writeFile(join(home.folder, 'env.json'), JSON.stringify(env, null, 2), { mode: 0o600 });
    await startParts(home, options, env, running);
    return { siteUrl: siteUrl(options), fiscalYear: databases.state.fiscalYear, env, stop };
  } catch (error) {
    await stop();
    throw namedProblem(error);
  }
}

async function requireFreePorts(options: StackOptions): Promise<void> {
  for (const port of [options.port, options.port + 1]) {
    if (!(await isFree(port))) {
      throw new StartProblem(
        `El puerto ${String(port)} está ocupado. Cierra el programa que lo usa o elige otro: PORT=${String(options.port + 100)} npm run demo`,
      );
    }
  }
}

function siteUrl(options: StackOptions): string {
  return `http://localhost:${String(options.port)}`;
}

async function startDatabases(
  home: Home,
  options: StackOptions,
  running: { stop: () => Promise<void> }[],
): Promise<{ registry: Cluster; ballotBox: Cluster; state: State }> {
  options.say('Arrancando las dos bases de datos…');
  const remembered = await readJson<State>(join(home.folder, 'state.json'));
  const port = async (wanted: number | undefined) =>
    wanted !== undefined && (await isFree(wanted)) ? wanted : anyFreePort();
  const start = async (name: string, wanted: number | undefined) => {
    const cluster = await startCluster({
      directory: join(home.clusters, name),
      port: await port(wanted),
      password: home.secrets.postgres,
      durable: true,
      maxConnections: 100,
    });
    running.push(cluster);
    return cluster;
  };
  const registry = await start('registry', remembered?.ports.registry);
  const ballotBox = await start('ballot-box', remembered?.ports.ballotBox);
  const ports = { registry: registry.port, ballotBox: ballotBox.port };
  return { registry, ballotBox, state: { seeded: false, fiscalYear: 0, ...remembered, ports } };
}

async function prepare(
  home: Home,
  options: StackOptions,
  { registry, ballotBox, state }: { registry: Cluster; ballotBox: Cluster; state: State },
): Promise<Record<string, string>> {
  const password = home.secrets.postgres;
  await ensureDatabase(registry.ownerUrl('postgres'), 'registry');
  await ensureDatabase(ballotBox.ownerUrl('postgres'), 'ballot_box');
  await migrateRegistry(registry.ownerUrl('registry'));
  await migrateBallotBox(ballotBox.ownerUrl('ballot_box'));
  await ensureLogin(registry.ownerUrl('registry'), 'registry', 'minka_registry_app', password);
  await ensureLogin(
    ballotBox.ownerUrl('ballot_box'),
    'ballot_box',
    'minka_ballot_box_app',
    password,
  );

  const orderKey = await ensureOrderKey(home.keys);
  const recordKeyFile = join(home.folder, 'record-key.pem');
  const recordKey = await ensureRecordKey(recordKeyFile);
  const env: Record<string, string> = {
    PORT: String(options.port),
    DATABASE_URL: registry.loginUrl('registry', 'registry'),
    BALLOT_BOX_DATABASE_URL: ballotBox.loginUrl('ballot_box', 'ballot_box'),
    BALLOT_BOX_PORT: String(options.port + 1),
    MINKA_SITE_URL: siteUrl(options),
    MINKA_BALLOT_BOX_URL: `http://localhost:${String(options.port + 1)}`,
    MINKA_SESSION_SECRET: home.secrets.session,
    MINKA_DNI_KEY: home.secrets.dni,
    MINKA_ROLL_KEY: home.secrets.roll,
    MINKA_ISSUER_SOCKET: join(home.keys, 'issuer.sock'),
    MINKA_KEYS_DIR: home.keys,
    MINKA_RECORD_KEY_FILE: recordKeyFile,
    MINKA_ORDER_PUBLIC_KEY: orderKey,
    MINKA_DEMO: options.demo ? '1' : '0',
  };
  if (!state.seeded) {
    options.say('Cargando el plan, los distritos y el ciclo de demostración…');
    const now = new Date();
    const registryConnection = connectRegistry(env['DATABASE_URL'] ?? '', 8);
    const box = connectBallotBox(env['BALLOT_BOX_DATABASE_URL'] ?? '', 8);
    try {
      await seedDemo({
        registry: registryConnection.db,
        ballotBox: box,
        now,
        currentRound: options.currentRound,
        keysDir: home.keys,
        recordPublicKey: recordKey,
        dniKey: home.secrets.dni,
        rollKey: home.secrets.roll,
        say: options.say,
      });
    } finally {
      await registryConnection.sql.end();
      await box.end();
    }
    state.seeded = true;
    state.fiscalYear = demoCycles(now).current.fiscalYear;
  }
  await writeFile(join(home.folder, 'state.json'), JSON.stringify(state));
  return env;
}

/** The Ed25519 key of the public record; returns its public half as base64url SPKI. */
async function ensureRecordKey(path: string): Promise<string> {
  let pem = await readFile(path, 'utf8').catch(() => null);
  if (pem === null) {
    pem = generateKeyPairSync('ed25519')
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString();
    await writeFile(path, pem, { mode: 0o600 });
  }
  return createPublicKey(createPrivateKey(pem))
    .export({ type: 'spki', format: 'der' })
    .toString('base64url');
}

/** What each part may know, by name; the rest of the environment never reaches it. */
export const PART_VARIABLES = {
  'ballot-box': [
    'BALLOT_BOX_DATABASE_URL',
    'BALLOT_BOX_PORT',
    'MINKA_SITE_URL',
    'MINKA_RECORD_KEY_FILE',
    'MINKA_ORDER_PUBLIC_KEY',
    'MINKA_VERSION',
  ],
  worker: [
    'DATABASE_URL',
    'MINKA_BALLOT_BOX_URL',
    'MINKA_ISSUER_SOCKET',
    'MINKA_KEYS_DIR',
    'MINKA_VERSION',
  ],
  web: [
    'PORT',
    'DATABASE_URL',
    'MINKA_SITE_URL',
    'MINKA_BALLOT_BOX_URL',
    'MINKA_SESSION_SECRET',
    'MINKA_DNI_KEY',
    'MINKA_ROLL_KEY',
    'MINKA_ISSUER_SOCKET',
    'MINKA_DEMO',
    'MINKA_VERSION',
  ],
} as const satisfies Record<Part['name'], readonly string[]>;

async function startParts(
  home: Home,
  options: StackOptions,
  env: Record<string, string>,
  running: { stop: () => Promise<void> }[],
): Promise<void> {
  options.say('Arrancando la urna, el trabajador y el sitio…');
  const begin = (name: Part['name'], args: string[]) => {
    const own = Object.fromEntries(PART_VARIABLES[name].map((key) => [key, env[key] ?? '']));
    running.push(new Supervised({ name, args, env: own }, home.folder));
  };
  const log = (name: string) => join(home.folder, `${name}.log`);
  begin('ballot-box', [...SERVICE, 'services/ballot-box/main.ts']);
  begin('worker', [...SERVICE, 'services/worker/main.ts']);
  begin('web', ['node_modules/next/dist/bin/next', 'start', '-p', String(options.port)]);
  const boxUrl = env['MINKA_BALLOT_BOX_URL'] ?? '';
  await waitFor('La urna', log('ballot-box'), async () => (await fetch(`${boxUrl}/health`)).ok);
  await waitFor(
    'El sitio',
    log('web'),
    async () => (await fetch(`${siteUrl(options)}/api/health`)).ok,
  );
}
