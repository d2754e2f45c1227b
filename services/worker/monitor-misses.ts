import type { BoxClient } from './box-client';

/** Looks in a row that fail before people are told: a restart of the box takes less. */
export const LOOKS_BEFORE_ALARM = 3;

/** Of this worker, since it started: one that begins anew gives the box its time again. */
const missed = new WeakMap<BoxClient, Map<string, number>>();

/** Counts a look at which the box gave no figures of the round; returns how many in a row. */
export function missedLook(box: BoxClient, round: string): number {
  const rounds = missed.get(box) ?? new Map<string, number>();
  missed.set(box, rounds);
  const looks = (rounds.get(round) ?? 0) + 1;
  rounds.set(round, looks);
  return looks;
}

export function boxAnswered(box: BoxClient, round: string): void {
  missed.get(box)?.delete(round);
}
