import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The stack of services/supervisor/test-stack.ts, as the tests and its operator see it. */
const root = fileURLToPath(new URL('../../', import.meta.url));

/** All variables of the running stack. */
export function stackEnv(): Readonly<Record<string, string>> {
  const path = new URL('../../.minka-test/env.json', import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
}

/** Only what a process needs that is not Minka's own. */
function systemEnv(): Record<string, string | undefined> {
  const { PATH, HOME, LANG, TMPDIR } = process.env;
  return { PATH, HOME, LANG, TMPDIR };
}

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a TypeScript file of the project against the stack, as an operator at a terminal would. */
export function runScript(file: string, args: readonly string[]): Promise<Outcome> {
  return new Promise((done, fail) => {
    const child = spawn(
      process.execPath,
      ['--conditions=react-server', '--import', 'tsx', file, ...args],
      {
        cwd: root,
        env: { ...systemEnv(), ...stackEnv(), NODE_ENV: 'production' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', fail);
    child.on('close', (code) => {
      done({ code, stdout, stderr });
    });
  });
}

/** The command's JSON answer; a command that fails fails the test with what it said. */
export async function runCommand<T>(file: string, args: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await runScript(file, args);
  if (code !== 0) throw new Error(`${file} ${args.join(' ')}: ${stdout}${stderr}`);
  return JSON.parse(stdout) as T;
}

export interface SecondWeb {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/**
 * Another web process of the same build, with other variables (`undefined`: without it), or of a
 * build in another folder.
 */
export async function startSecondWeb(
  port: number,
  changes: Readonly<Record<string, string | undefined>>,
  folder = root,
): Promise<SecondWeb> {
  const url = `http://localhost:${String(port)}`;
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules/next/dist/bin/next'), 'start', '-p', String(port)],
    {
      cwd: folder,
      env: {
        ...systemEnv(),
        ...stackEnv(),
        NODE_ENV: 'production',
        PORT: String(port),
        MINKA_SITE_URL: url,
        ...changes,
      },
      stdio: 'ignore',
    },
  );
  const gone = new Promise<void>((done) => {
    child.once('exit', () => {
      done();
    });
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await gone;
  };
  try {
    await answers(`${url}/api/health`, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

async function answers(url: string, child: { exitCode: number | null }): Promise<void> {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`The second web process ended before ${url}`);
    const status = await fetch(url).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`No answer from ${url}`);
}
