import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureVerifier } from './build-verifier';
import { StartProblem } from './start-problem';

const SOURCES = ['app', 'components', 'lib', 'db', 'messages'];
const FILES = [
  'package-lock.json',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'proxy.ts',
  'instrumentation.ts',
];
const MARK = '.next/minka-build';

async function sourceHash(): Promise<string> {
  const hash = createHash('sha256');
  const add = async (path: string) => {
    hash
      .update(path)
      .update('\0')
      .update(await readFile(path))
      .update('\0');
  };
  for (const folder of SOURCES.filter((name) => existsSync(name))) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    for (const path of paths.filter((name) => !name.includes('.test.')).sort()) await add(path);
  }
  for (const path of FILES.filter((name) => existsSync(name))) await add(path);
  return hash.digest('hex').slice(0, 16);
}

/** Builds verifier and web when their sources changed; returns the hash of the web's. */
export async function ensureBuild(
  say: (line: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  await ensureVerifier();
  const wanted = await sourceHash();
  const present = await readFile(MARK, 'utf8').catch(() => '');
  if (present === wanted && existsSync('.next/BUILD_ID')) return wanted;
  say('Construyendo el sitio (un par de minutos la primera vez)…');
  const output: string[] = [];
  const code = await new Promise<number | null>((done) => {
    const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        NODE_OPTIONS: '',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal ? { signal } : {}),
    });
    child.on('error', () => {
      done(-1);
    });
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
    child.on('close', done);
  });
  signal?.throwIfAborted();
  if (code !== 0) {
    const text = output.join('');
    if (/ENOSPC/.test(text))
      throw new StartProblem('El disco está lleno. Libera al menos 2 GB y vuelve a intentarlo.');
    throw new StartProblem(`El sitio no se pudo construir:\n${text.slice(-6000)}`);
  }
  await writeFile(MARK, wanted);
  return wanted;
}
