import { hash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { nodeBallotCrypto } from '@/lib/ballots/node-crypto';
import { LineReader, statusOf, type CheckedPortion, type LineContext } from '../lines';

/** Checks portions of ballot lines on its own core, as the pool hands them out. */

export const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');

export function checkPortion(reader: LineReader, bytes: Uint8Array): CheckedPortion {
  const { portion, proofs } = reader.read(bytes);
  for (const proof of proofs) {
    const { groupKey, prepared, token, spki, body, signature } = proof;
    if (!nodeBallotCrypto.tokenIsValid(groupKey, prepared, token)) {
      portion.status[proof.index] = statusOf('token-invalid');
    } else if (!nodeBallotCrypto.signatureIsValid(spki, body, signature)) {
      portion.status[proof.index] = statusOf('signature-invalid');
    }
  }
  return portion;
}

export interface PortionJob {
  readonly id: number;
  readonly bytes: Uint8Array;
}

/** Serves the pool when this is one of its threads. */
export function serve(): void {
  const port = parentPort;
  if (port === null) throw new Error('verify/node/worker.ts runs in a worker thread');
  const reader = new LineReader((workerData as { context: LineContext }).context, sha256);
  port.on('message', ({ id, bytes }: PortionJob) => {
    const portion = checkPortion(reader, bytes);
    const { status, countable, leaves, credentials, previous, sequences, groups, picks } = portion;
    const columns = [status, countable, leaves, credentials, previous, sequences, groups, picks];
    port.postMessage(
      { id, portion },
      columns.map(({ buffer }) => buffer as ArrayBuffer),
    );
  });
}
