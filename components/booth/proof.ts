import type { OwnVoteCheck, OwnVoteStep } from '@/lib/record/own-vote';
import { saveFile } from './save-file';

/** Where the box broke its word about this very ballot; elsewhere the leaf is nobody's business. */
const ABOUT_THE_BALLOT: readonly OwnVoteStep[] = ['promise', 'included', 'published'];

/**
 * What convicts a box: its own signatures. The promise names the ballot, which the record opens
 * after the seal, so it is only in a proof that needs it.
 */
export function proofText({ evidence, steps }: OwnVoteCheck): string {
  const failed = steps
    .filter(({ verdict }) => verdict === 'fails' || verdict === 'late')
    .map(({ step }) => step);
  const { promise, checkpoint, seen } = evidence;
  return JSON.stringify(
    {
      kind: 'minka/proof/v1',
      round: promise.round,
      failed,
      ...(failed.some((step) => ABOUT_THE_BALLOT.includes(step)) ? { promise } : {}),
      checkpoint,
      seen,
    },
    null,
    2,
  );
}

/** Saves the proof as a file on the phone. */
export function proofFile(answer: OwnVoteCheck): void {
  const { round } = answer.evidence.promise;
  saveFile(
    `minka-prueba-${round}.json`,
    new Blob([proofText(answer)], { type: 'application/json' }),
  );
}
