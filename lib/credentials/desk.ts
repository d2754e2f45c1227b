import type { HELP_REASONS } from '@/db/registry/schema';
import type { Channel } from './right';

/** Words and figures of the desk: kiosks, visits, help. */

/** How long the code that opens a kiosk holds, and how long somebody may take at it. */
export const CODE_MINUTES = 10;
export const VISIT_MINUTES = 45;
/** As many as a hurried hand mistypes in a row; then the kiosk has to be set up again. */
export const WRONG_CODES = 10;
/** One helper, at most three people in a round. */
export const MOST_HELPED = 3;

export type HelpReason = (typeof HELP_REASONS)[number];

/** Somebody who goes with a voter to the booth or the paper, as declared at the table. */
export interface Help {
  /** HMAC of the helper's DNI. */
  readonly helperHash: Buffer;
  readonly reason: HelpReason;
}

export type HelpRefusal = 'helper-is-voter' | 'helper-has-three' | 'helped-by-another';

export type VisitState = 'waiting' | 'voting' | 'paused' | 'voted' | 'left';

/** Why a right is not free any more, as the officer says it. */
export type TakenReason = `taken-${Channel}`;

export type CheckInRefusal =
  | 'not-allowed'
  | 'no-table'
  | 'table-closed'
  | 'round-not-open'
  | 'not-at-desk'
  | 'not-on-roll'
  | 'other-group'
  | 'no-papers-left'
  | HelpRefusal
  | TakenReason;

export type BeginVisitRefusal =
  | 'not-allowed'
  | 'no-kiosk'
  | 'kiosk-busy'
  | 'round-not-open'
  | 'not-at-desk'
  | 'not-on-roll'
  | HelpRefusal
  | TakenReason;

export type OpenVisitRefusal = 'no-kiosk' | 'wrong-code' | 'kiosk-closed';

export interface Kiosk {
  readonly id: string;
  readonly name: string;
}

export interface Visit {
  readonly id: string;
  readonly state: VisitState;
  readonly kioskName: string;
  readonly dniLastTwo: string;
}
