import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ResultDocument } from '@/lib/results/document';
import type { CountWork } from './count-work';
import { StepFailure } from './step-failure';

export type CountMessage =
  | { readonly type: 'verified' }
  | { readonly type: 'counted'; readonly document: ResultDocument }
  | {
      readonly type: 'failed';
      readonly note: StepFailure['note'];
      readonly details: Record<string, unknown>;
    };

/** The thread reads TypeScript like the process does, whatever started the process. */
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/**
 * Verifies and counts in a thread of its own: the worker's own thread goes on signing credentials,
 * ticking and answering. Throws the StepFailure of the thread.
 */
export function countInThread(work: CountWork, onVerified: () => void): Promise<ResultDocument> {
  const thread = new Worker(new URL('./count-thread.ts', import.meta.url), {
    workerData: work,
    execArgv: ['--conditions=react-server', '--import', TSX],
  });
  return new Promise((resolve, reject) => {
    thread.on('message', (message: CountMessage) => {
      switch (message.type) {
        case 'verified':
          onVerified();
          return;
        case 'counted':
          resolve(message.document);
          return;
        case 'failed':
          reject(new StepFailure(message.note, message.details));
      }
    });
    thread.once('error', reject);
    thread.once('exit', (code) => {
      reject(new Error(`The counting thread ended with ${code.toString()} and no result`));
    });
  });
}
