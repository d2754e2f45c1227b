import type { Choices } from '@/lib/ballots/body';

/** Words of the paper tables. */

/**
 * open: gives out ballots · closed: its minutes wait to reach the public record · recorded: the
 * record has them, nobody keys yet · keying · arbitration: the two entries differ · reconciled.
 */
export const PAPER_STATES = [
  'open',
  'closed',
  'recorded',
  'keying',
  'arbitration',
  'reconciled',
] as const;
export type PaperState = (typeof PAPER_STATES)[number];

/** 1 and 2 key everything blind to each other; 3 keys only what they differ in. */
export type Pass = 1 | 2 | 3;

/** A paper as it was keyed, under the number pencilled on it. Null choices: the whole paper is void. */
export interface PaperEntry {
  readonly number: number;
  readonly choices: Choices | null;
}

export interface MinutesFigures {
  /** Stubs that were torn off. */
  readonly checkIns: number;
  /** Valid papers from the urn, blank ones included. */
  readonly ballots: number;
  /** Void papers from the urn. */
  readonly spoiled: number;
  /** Papers that never went into the urn. */
  readonly unused: number;
}

export type MinutesProblem =
  | 'check-ins-differ'
  | 'papers-differ'
  | 'urn-exceeds-check-ins'
  | 'photo-not-image'
  | 'photo-too-large';

export type OpenTableRefusal = 'not-allowed' | 'round-not-open' | 'unknown-group';

export type CloseTableRefusal =
  'not-allowed' | 'no-table' | 'already-closed' | 'record-sealed' | MinutesProblem;

export type BeginKeyingRefusal =
  | 'not-allowed'
  | 'no-table'
  | 'voting-not-over'
  | 'not-recorded'
  | 'same-officer'
  | 'two-already'
  | 'no-differences'
  | 'reconciled';

export type KeyPaperRefusal =
  'not-allowed' | 'no-table' | 'not-your-turn' | 'no-such-number' | 'number-taken' | 'not-valid';

export type FinishKeyingRefusal = 'not-allowed' | 'no-table' | 'not-your-turn' | 'sums-differ';

export interface PaperTable extends MinutesFigures {
  readonly id: string;
  readonly roundId: string;
  /** 3 is `mesa-3` in the public record. */
  readonly number: number;
  readonly groupId: string;
  readonly place: string;
  readonly papers: number;
  readonly state: PaperState;
  /** Check-ins so far; the minutes' once they are closed. */
  readonly checkedIn: number;
  /** Hex SHA-256 of the photo of the signed sheet. */
  readonly photoSha256: string | null;
  readonly firstBy: string | null;
  readonly secondBy: string | null;
  readonly thirdBy: string | null;
  readonly firstDone: boolean;
  readonly secondDone: boolean;
}
