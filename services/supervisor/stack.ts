import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { connectBallotBox } from '@/db/ballot-box/client';
import { migrateBallotBox } from '@/db/ballot-box/migrate';
import { connectRegistry } from '@/db/registry/client';
import { demoCycles } from '@/db/seed/cycles';
import { seedDemo } from '@/db/seed/seed';
import type { WitnessKey } from '@/lib/record/cosignature';
import { toBase64Url } from '@/lib/shared/bytes';
import { createKey, environmentText, readKey } from '../witness/key';
import { ensureOrderKey } from '../worker/keys';
import { ensureBuild } from './build';
import { stopLeftovers } from './children';
import { ensureDatabase, ensureLogin, migrateRegistry, readJson } from './databases';
import { namedProblem, openHome, takeLock } from './home';
import { StartProblem } from './start-problem';
import type { Home } from './home';
import { startParts } from './parts';
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

/**
 * Counts up when what a demonstration keeps can no longer be read by the code: manifests are frozen,
 * so an old one stays as it was. Then the person is told to start afresh.
 */
const FORMAT = 2;

interface State {
  format: number;
  seeded: boolean;
  /** Of the seeded current cycle: its screen's short address ends in it. */
  fiscalYear: number;
  ports: { registry: number; ballotBox: number };
}

/** Two clusters, four processes, one folder: all of Minka on this machine. */
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
  const remembered = await rememberedState(home);
  options.say('Arrancando las dos bases de datos…');
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
  const state = { format: FORMAT, seeded: false, fiscalYear: 0, ...remembered, ports };
  await writeFile(join(home.folder, 'state.json'), JSON.stringify(state));
  return { registry, ballotBox, state };
}

async function rememberedState(home: Home): Promise<State | null> {
  const remembered = await readJson<Partial<State>>(join(home.folder, 'state.json'));
  if (remembered === null || remembered.format === FORMAT) return remembered as State | null;
  throw new StartProblem(
    'Los datos de esta demostración son de otra versión de Minka y ya no se pueden leer. Para empezar de nuevo: npm run demo -- --reset',
  );
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
  const witness = await ensureWitness(home);
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
    MINKA_BOX_STATE_DIR: join(home.folder, 'published'),
    MINKA_WITNESSES: environmentText(witness),
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
        witnesses: [{ name: witness.name, key: toBase64Url(witness.key) }],
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

/** The demonstration's own witness. A real one is run by outsiders, on their machine. */
async function ensureWitness(home: Home): Promise<WitnessKey> {
  if (existsSync(home.witnessKeyFile)) return readKey(home.witnessKeyFile);
  return createKey(home.witnessKeyFile, 'testigo.demo');
}
