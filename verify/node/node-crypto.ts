import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { VerifierCrypto } from '../crypto';
import type { CheckedPortion, LineContext } from '../lines';
import { sha256 } from './worker';

const PORTION_BYTES = 512 << 10;
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** A record has the keys of its box and its witnesses, and a signature of each at every batch. */
const keys = new Map<string, KeyObject>();

function readKey(key: Uint8Array): KeyObject {
  const spki = Buffer.concat([ED25519_SPKI, key]);
  const text = spki.toString('base64');
  const known = keys.get(text);
  if (known) return known;
  const read = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  keys.set(text, read);
  return read;
}

function ed25519(key: Uint8Array, text: Uint8Array, signature: Uint8Array): Promise<boolean> {
  try {
    return Promise.resolve(verify(null, text, readKey(key), signature));
  } catch {
    return Promise.resolve(false);
  }
}

interface Thread {
  readonly worker: Worker;
  busy: number;
}

interface Answer {
  readonly id: number;
  readonly portion: CheckedPortion;
}

/**
 * Node's OpenSSL, with ballots checked on all cores. `entry` is the file that runs as a thread: it
 * calls `serve()` when it is one.
 */
export function nodeCrypto(entry: URL): VerifierCrypto {
  return {
    sha256,
    ed25519,
    ballots: (context: LineContext) => {
      const waiting = new Map<
        number,
        { done: (portion: CheckedPortion) => void; fail: (error: unknown) => void }
      >();
      const threads: Thread[] = [];
      const cores = availableParallelism();
      let next = 0;

      const start = (): Thread => {
        const worker = new Worker(entry, { workerData: { context } });
        const thread: Thread = { worker, busy: 0 };
        worker.on('message', ({ id, portion }: Answer) => {
          thread.busy -= 1;
          waiting.get(id)?.done(portion);
          waiting.delete(id);
        });
        worker.on('error', (error) => {
          for (const { fail } of waiting.values()) fail(error);
          waiting.clear();
        });
        threads.push(thread);
        return thread;
      };
      const leastBusy = (): Thread => {
        const idle = threads.find(({ busy }) => busy === 0);
        if (idle) return idle;
        if (threads.length < cores) return start();
        return threads.reduce((best, each) => (each.busy < best.busy ? each : best));
      };

      return {
        // One portion being checked and one on its way, per core.
        parallel: cores * 2,
        portionBytes: PORTION_BYTES,
        check: (portion) => {
          const id = next++;
          const thread = leastBusy();
          thread.busy += 1;
          // A copy that can be handed over; a Buffer's slice would take the whole file with it.
          const bytes = new Uint8Array(portion);
          return new Promise((done, fail) => {
            waiting.set(id, { done, fail });
            thread.worker.postMessage({ id, bytes }, [bytes.buffer]);
          });
        },
        close: async () => {
          await Promise.all(threads.map(({ worker }) => worker.terminate()));
        },
      };
    },
  };
}
