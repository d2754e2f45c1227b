import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { stopLeftovers } from './children';
import { readJson } from './databases';
import { clusterHome, PostgresProblem, stopLeftoverCluster } from './postgres';
import { StartProblem } from './start-problem';

export interface Secrets {
  postgres: string;
  session: string;
  dni: string;
  roll: string;
}

/** The folder of a running instance: clusters, keys, secrets, the environment of its processes. */
export interface Home {
  folder: string;
  clusters: string;
  keys: string;
  /** The witness keeps its memory beside it. */
  witnessKeyFile: string;
  secrets: Secrets;
}

const NEEDED_BYTES = 1_500_000_000;

export async function openHome(folder: string): Promise<Home> {
  try {
    for (const name of ['keys', 'witness']) await mkdir(join(folder, name), { recursive: true });
    const { bavail, bsize } = await statfs(folder);
    const started = await readJson(join(folder, 'state.json'));
    if (started === null && bavail * bsize < NEEDED_BYTES) throw diskFull();
    const path = join(folder, 'secrets.json');
    let secrets = await readJson<Secrets>(path);
    if (!secrets) {
      const secret = () => randomBytes(32).toString('hex');
      secrets = { postgres: secret(), session: secret(), dni: secret(), roll: secret() };
      await writeFile(path, JSON.stringify(secrets, null, 2), { mode: 0o600 });
    }
    const clusters = join(await clusterHome(folder), 'clusters');
    const witnessKeyFile = join(folder, 'witness', 'key');
    return { folder, clusters, keys: join(folder, 'keys'), witnessKeyFile, secrets };
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new StartProblem(
        `La carpeta de datos ${folder} está incompleta. Para empezar de nuevo: npm run demo -- --reset`,
      );
    }
    throw namedProblem(error);
  }
}

/** Deletes an instance with everything it kept, stopping first what may still run in it. */
export async function removeHome(folder: string): Promise<void> {
  await stopLeftovers(folder);
  const clusters = await clusterHome(resolve(folder)).catch(() => folder);
  for (const name of ['registry', 'ballot-box']) {
    await stopLeftoverCluster(join(clusters, 'clusters', name));
  }
  await rm(clusters, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
}

function diskFull(): StartProblem {
  return new StartProblem('El disco está casi lleno. Libera al menos 2 GB y vuelve a intentarlo.');
}

/** Turns what the system says into a sentence for a person; a bug stays a bug. */
export function namedProblem(error: unknown): unknown {
  if (error instanceof PostgresProblem) return new StartProblem(error.message);
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT' || error.code === '53100')
    return diskFull();
  if (error.code === 'EACCES' || error.code === 'EPERM' || error.code === 'EROFS') {
    return new StartProblem(
      `No se puede escribir en la carpeta del proyecto. Revisa sus permisos. Detalle: ${error.message}`,
    );
  }
  return error;
}

/** One instance per folder at a time; a lock left by a killed process does not count. */
export async function takeLock(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'lock');
  const owner = Number(await readFile(path, 'utf8').catch(() => '0'));
  if (owner > 1 && owner !== process.pid && (await isOurs(owner))) {
    throw new StartProblem(
      `La demostración ya está en marcha en esta carpeta (proceso ${String(owner)}). Ciérrala con Ctrl-C antes de empezar otra.`,
    );
  }
  await writeFile(path, String(process.pid));
  return () => rm(path, { force: true });
}

async function isOurs(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const command = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => 'supervisor');
  return command.includes('supervisor');
}
