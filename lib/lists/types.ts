import type { CHALLENGE_KINDS, LIST_STATES } from '@/db/registry/schema';

export type ChallengeKind = (typeof CHALLENGE_KINDS)[number];
export type ListState = (typeof LIST_STATES)[number];

/** What waits for a decision about the list of a round. */
export type MatterKind = 'challenge' | 'inclusion';

/** The calendar of a round's lists; a round without one has no preliminary list. */
export interface ListDates {
  readonly listsOpenAt: Date;
  readonly challengesCloseAt: Date;
  readonly finalAt: Date;
}

/** announced: not yet · open: ask, challenge, ask to be put on · deciding · final. */
export type ListPhase = 'announced' | 'open' | 'deciding' | 'final';

/** Nothing in these reasons depends on who is named. */
export type FileRefusal =
  'not-allowed' | 'lists-closed' | 'too-many' | 'already-waiting' | 'unknown-district';

export type DecideRefusal =
  | 'not-allowed'
  | 'not-found'
  | 'own-filing'
  | 'already-decided'
  | 'round-opened'
  | 'not-on-list'
  | 'already-on-list'
  | 'already-asked';

export type DatesRefusal =
  'not-allowed' | 'not-found' | 'wrong-state' | 'bad-order' | 'already-filed';

export type BulkRefusal = 'not-allowed' | 'not-found' | 'round-opened' | 'changed-since';

/** Requests to be put on the list that one DNI can hand in by the page within a day. */
export const INCLUSIONS_PER_DAY = 3;
