import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { countFile, type CountedFile } from './tally/count-file';
import { BadOrder, readOrder, USAGE, type TallyOrder } from './tally/order';
import type { Job } from './tally/worker';

/** `npm run -s tally -- FILE.pb… [options]`: counts Pabulib files, one JSON object per line. */

/** Below this a file is counted before a second thread would have started. */
const WORTH_A_THREAD_BYTES = 4 << 20;
const WORTH_A_THREAD_FILES = 12;

/** npm runs a script in the project's folder; the person may have typed a path relative to hers. */
function pathOf(file: string): string {
  const typedIn = process.env['INIT_CWD'];
  return existsSync(file) || typedIn === undefined ? file : resolve(typedIn, file);
}

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Prints answers in the order of the files, each as soon as all before it are there. */
function printer(): { put: (index: number, counted: CountedFile) => void; failed: () => boolean } {
  const waiting = new Map<number, CountedFile>();
  let next = 0;
  let failed = false;
  return {
    failed: () => failed,
    put: (index, counted) => {
      waiting.set(index, counted);
      for (let ready = waiting.get(next); ready !== undefined; ready = waiting.get(next)) {
        process.stdout.write(`${ready.line}\n`);
        failed ||= !ready.ok;
        waiting.delete(next++);
      }
    },
  };
}

async function onAllCores(
  jobs: readonly Job[],
  order: TallyOrder,
  put: (index: number, counted: CountedFile) => void,
): Promise<void> {
  let next = 0;
  const threads = Math.min(availableParallelism(), jobs.length);
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./tally/worker.ts', import.meta.url), { workerData: order });
    try {
      for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) {
        worker.postMessage(job);
        const answer = await new Promise<CountedFile & { index: number }>((done, fail) => {
          worker.once('message', done);
          worker.once('error', fail);
        });
        worker.removeAllListeners('error');
        put(answer.index, answer);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: threads }, work));
}

async function main(): Promise<number> {
  const { files, order } = readOrder(process.argv.slice(2));
  const jobs = files.map((file, index): Job => ({ index, file, path: pathOf(file) }));
  const { put, failed } = printer();
  const bytes = jobs.reduce((sum, { path }) => sum + bytesOf(path), 0);
  const many = jobs.length >= WORTH_A_THREAD_FILES || bytes >= WORTH_A_THREAD_BYTES;
  if (jobs.length > 1 && many) await onAllCores(jobs, order, put);
  else for (const { index, file, path } of jobs) put(index, countFile(file, path, order));
  return failed() ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof BadOrder)) throw error;
  process.stderr.write(`${error.message}\n${USAGE}\n`);
  process.exitCode = 2;
}
