import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartProblem } from './start-problem';

const RESTART_DELAY_MS = 1000;
const PATIENCE_MS = 10_000;

const PARTS = ['web', 'worker', 'ballot-box', 'witness'] as const;

export interface Part {
  name: (typeof PARTS)[number];
  args: string[];
  /** Only what this part may know: nothing of the others' databases or keys. */
  env: Record<string, string>;
}

/** Starts a part, writes its log to a file, starts it again when it falls, stops it on request. */
export class Supervised {
  #child: ChildProcess | null = null;
  #stopping = false;
  #log: NodeJS.WritableStream;
  readonly #pidFile: string;

  constructor(
    readonly part: Part,
    folder: string,
    readonly say: (line: string) => void = console.error,
  ) {
    this.#pidFile = join(folder, `${part.name}.pid`);
    this.#log = createWriteStream(join(folder, `${part.name}.log`), { flags: 'a', mode: 0o600 });
    this.#start();
  }

  #start(): void {
    const { PATH, HOME, LANG, TMPDIR } = process.env;
    const system = { PATH, HOME, LANG, TMPDIR };
    const child = spawn(process.execPath, this.part.args, {
      env: { ...system, ...this.part.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its own group: the supervisor decides in which order the parts stop.
      detached: true,
    });
    if (child.pid !== undefined) writeFileSync(this.#pidFile, String(child.pid));
    child.stdout.pipe(this.#log, { end: false });
    child.stderr.pipe(this.#log, { end: false });
    child.on('exit', (code) => {
      this.#child = null;
      rmSync(this.#pidFile, { force: true });
      if (this.#stopping) return;
      this.say(`${this.part.name} se detuvo (código ${String(code)}); se vuelve a arrancar.`);
      setTimeout(() => {
        if (!this.#stopping) this.#start();
      }, RESTART_DELAY_MS);
    });
    this.#child = child;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    await gone;
    clearTimeout(patience);
  }
}

/** Parts that outlived a killed supervisor of this folder: stopped before new ones start. */
export async function stopLeftovers(folder: string): Promise<void> {
  for (const name of PARTS) {
    const path = join(folder, `${name}.pid`);
    const pid = Number(await readFile(path, 'utf8').catch(() => '0'));
    rmSync(path, { force: true });
    if (pid <= 1) continue;
    // The number may belong to another program by now: only what looks like ours is stopped.
    const command = await readFile(`/proc/${String(pid)}/cmdline`, 'utf8').catch(() => '');
    if (!/services\/(worker|ballot-box|cli\/witness)|next-server|next\/dist/.test(command))
      continue;
    process.kill(pid, 'SIGKILL');
    // Its port is free once it is gone.
    for (let i = 0; i < 50 && existsSync(`/proc/${String(pid)}`); i += 1) {
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

/** Asks until the part answers; says where its log is when it does not. */
export async function waitFor(
  what: string,
  log: string,
  ask: () => Promise<boolean>,
  seconds = 60,
): Promise<void> {
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    if (await ask().catch(() => false)) return;
    await new Promise((done) => setTimeout(done, 150));
  }
  throw new StartProblem(`${what} no respondió en ${String(seconds)} segundos. Mira ${log}.`);
}
