import type { JobNote } from '@/lib/rounds/types';

/** A step that could not be taken now, with the note an administrator reads about it. */
export class StepFailure extends Error {
  constructor(
    readonly note: Extract<JobNote, `failed-${string}`>,
    readonly details: Record<string, unknown>,
    options?: ErrorOptions,
  ) {
    super(`${note} ${JSON.stringify(details)}`, options);
  }
}
