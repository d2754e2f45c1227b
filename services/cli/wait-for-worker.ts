import { setTimeout as pause } from 'node:timers/promises';
import { registry } from '@/db/registry/client';
import { roundById } from '@/lib/rounds/queries';
import { isJobNote, type JobNote, type RoundDetail, type RoundState } from '@/lib/rounds/types';

/** Without any sign of the worker for this long, nobody is working. */
const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 250;

export interface WorkerWords {
  readonly note: JobNote | null;
  readonly progress: number;
}

/**
 * Waits until the round reaches one of the states. Gives up when nothing has moved for half a
 * minute, saying what the last note was: the worker goes on trying without us.
 */
export async function waitUntil(
  roundId: string,
  states: readonly RoundState[],
  say: (words: WorkerWords) => void,
): Promise<
  | { readonly ok: true; readonly value: RoundDetail }
  | { readonly ok: false; readonly note: JobNote | null }
> {
  let last = '';
  let note: JobNote | null = null;
  let movedAt = performance.now();
  for (;;) {
    const round = await roundById(registry(), roundId);
    if (round === null) throw new Error(`Round ${roundId} vanished`);
    if (states.includes(round.state)) return { ok: true, value: round };
    note = round.jobNote !== null && isJobNote(round.jobNote) ? round.jobNote : null;
    const failing = note?.startsWith('failed-') ?? false;
    const now = `${round.state}/${note ?? ''}/${String(round.jobProgress)}`;
    if (now !== last) {
      say({ note, progress: round.jobProgress });
      // A failure that comes back between tries is no movement.
      if (!failing && !(last.includes('failed-') && round.jobProgress < 40)) {
        movedAt = performance.now();
      }
      last = now;
    }
    if (performance.now() - movedAt > PATIENCE_MS) return { ok: false, note };
    await pause(LOOK_EVERY_MS);
  }
}
