import { parentPort, workerData } from 'node:worker_threads';
import { describeError } from '@/lib/shared/log';
import { countWork, type CountWork } from './count-work';
import type { CountMessage } from './count-in-thread';
import { StepFailure } from './step-failure';

const port = parentPort;
if (port === null) throw new Error('services/worker/count-thread.ts runs in a worker thread.');
const tell = (message: CountMessage): void => {
  port.postMessage(message);
};

try {
  const document = countWork(workerData as CountWork, () => {
    tell({ type: 'verified' });
  });
  tell({ type: 'counted', document });
} catch (error) {
  // A class does not survive the way out of the thread: what it says does.
  tell(
    error instanceof StepFailure
      ? { type: 'failed', note: error.note, details: error.details }
      : { type: 'failed', note: 'failed-unexpected', details: { error: describeError(error) } },
  );
}
