import type { ListDates, ListPhase } from './types';

/** Where the lists of a round are at a moment of the database's clock. */
export function listPhase(dates: ListDates, now: Date): ListPhase {
  if (now < dates.listsOpenAt) return 'announced';
  if (now < dates.challengesCloseAt) return 'open';
  return now < dates.finalAt ? 'deciding' : 'final';
}
