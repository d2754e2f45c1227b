import { setTimeout as wait } from 'node:timers/promises';
import type { Signer } from './key';
import { look, type Sighting } from './look';
import { Away, Remote, type Place } from './remote';

export interface Following {
  readonly places: readonly Place[];
  readonly signer: Signer;
  readonly folder: string;
  /** Told of every look that changed something, and of every breach each time it is seen. */
  readonly tell: (sighting: Sighting) => void;
  readonly fetch?: typeof globalThis.fetch;
  readonly now?: () => number;
}

/** Looks once at every round; whether all was well. */
export async function followOnce(following: Following): Promise<boolean> {
  return (await round(following)).every(({ kind }) => kind === 'consistent');
}

/** Looks again and again until it is told to stop. */
export async function follow(
  following: Following,
  everyMs: number,
  signal: AbortSignal,
): Promise<void> {
  const told = new Map<string, string>();
  const tell = (sighting: Sighting): void => {
    const quiet = JSON.stringify({ ...sighting, fresh: 0 });
    const same = told.get(sighting.round) === quiet;
    told.set(sighting.round, quiet);
    if (!same || sighting.kind === 'breach') following.tell(sighting);
  };
  while (!signal.aborted) {
    await round({ ...following, tell });
    await wait(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

async function round(following: Following): Promise<Sighting[]> {
  const now = following.now ?? (() => Math.floor(Date.now() / 1000));
  const sightings: Sighting[] = [];
  for (const place of following.places) {
    const remote = new Remote(place.base, following.fetch);
    const rounds = await roundsOf(place, remote);
    for (const id of rounds.ids) {
      const { signer, folder } = following;
      sightings.push(await look(id, { signer, folder, remote, now }));
    }
    if (rounds.away !== null) {
      sightings.push({ kind: 'away', round: place.base, detail: rounds.away });
    }
  }
  for (const sighting of sightings) following.tell(sighting);
  return sightings;
}

async function roundsOf(
  place: Place,
  remote: Remote,
): Promise<{ ids: readonly string[]; away: string | null }> {
  if (place.round !== null) return { ids: [place.round], away: null };
  try {
    const ids = await remote.rounds();
    return ids === null
      ? { ids: [], away: 'no publica la lista de sus votaciones' }
      : { ids, away: null };
  } catch (error) {
    if (error instanceof Away) return { ids: [], away: error.message };
    throw error;
  }
}
