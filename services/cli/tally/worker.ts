import { parentPort, workerData } from 'node:worker_threads';
import { countFile } from './count-file';
import type { TallyOrder } from './order';

/** Counts one file after another on its own core, as the command hands them out. */
export interface Job {
  readonly index: number;
  readonly file: string;
  readonly path: string;
}

const port = parentPort;
if (port === null) throw new Error('services/cli/tally/worker.ts runs in a worker thread.');
port.on('message', ({ index, file, path }: Job) => {
  port.postMessage({ index, ...countFile(file, path, workerData as TallyOrder) });
});
