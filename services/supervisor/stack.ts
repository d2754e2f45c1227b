import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { connectBallotBox } from '@/db/ballot-box/client';
import { connectRegistry } from '@/db/registry/client';
import { demoCycles } from '@/db/seed/cycles';
import { seedDemo } from '@/db/seed/seed';
import { toBase64Url } from '@/lib/shared/bytes';
import { ensureBuild } from './build';
import { stopLeftovers } from './children';
import { readJson } from './databases';
import { namedProblem, openHome, takeLock } from './home';
import { StartProblem } from './start-problem';
import type { Home } from './home';
import { startParts } from './parts';
import { anyFreePort, isFree } from './ports';
import { startCluster } from './postgres';
import type { Cluster } from './postgres';
import { prepare, type Prepared } from './prepare';

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
    const prepared = await prepare(home, { ...options, ...databases });
    const { env } = prepared;
    if (!databases.state.seeded) await seed(home, options, prepared, databases.state);
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

/** Loads the demonstration, once; a start that was cut goes on where it stopped. */
async function seed(
  home: Home,
  options: StackOptions,
  { env, witness }: Prepared,
  state: State,
): Promise<void> {
  options.say('Cargando el plan, los distritos y el ciclo de demostración…');
  const now = new Date();
  const registry = connectRegistry(env['DATABASE_URL'] ?? '', 8);
  const ballotBox = connectBallotBox(env['BALLOT_BOX_DATABASE_URL'] ?? '', 8);
  try {
    await seedDemo({
      registry: registry.db,
      ballotBox,
      now,
      currentRound: options.currentRound,
      keysDir: home.keys,
      ballotBoxUrl: env['BALLOT_BOX_DATABASE_URL'] ?? '',
      recordKeyFile: env['MINKA_RECORD_KEY_FILE'] ?? '',
      witnesses: [{ name: witness.name, key: toBase64Url(witness.key) }],
      dniKey: home.secrets.dni,
      rollKey: home.secrets.roll,
      say: options.say,
    });
  } finally {
    await registry.sql.end();
    await ballotBox.end();
  }
  state.seeded = true;
  state.fiscalYear = demoCycles(now).current.fiscalYear;
  await writeFile(join(home.folder, 'state.json'), JSON.stringify(state));
}
