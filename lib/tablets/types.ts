import type { TABLET_STATES } from '@/db/registry/schema';

export type TabletState = (typeof TABLET_STATES)[number];

/** Residents per tablet: one hall, and a load that ends in seconds. */
export const MAX_RESIDENTS = 300;

/** Slow on purpose: a stolen list must not give its DNIs away in an afternoon. */
export const LIST_ITERATIONS = 100_000;

/** One entry of the list on the device. */
export interface ListEntry {
  /** Base64url of 32 bytes: PBKDF2 of the DNI. */
  readonly hash: string;
  readonly group: string;
}

/** What the device is given once, while there is a network. */
export interface TabletLoad {
  readonly tablet: string;
  readonly place: string;
  readonly round: string;
  /** Exact text of the frozen manifest. */
  readonly manifest: string;
  readonly manifestHash: string;
  readonly boxUrl: string;
  /** Base64url. */
  readonly salt: string;
  readonly iterations: number;
  readonly list: readonly ListEntry[];
  /** Blind signatures in the order in which the blinded values were sent. */
  readonly signatures: readonly string[];
}

/** What the device says at the end, before anything is synchronised. */
export interface TabletMinutes {
  readonly checkIns: number;
  readonly ballots: number;
  readonly vouchers: number;
  /** Hex SHA-256 over the ballots (`headOf`). */
  readonly head: string;
}

export type PrepareRefusal =
  | 'not-allowed'
  | 'round-not-open'
  | 'list-empty'
  | 'list-too-long'
  /** Nobody of the list could be reserved. */
  | 'nobody-free'
  /** Vouchers of a lost tablet may still be used: the issuer has none left for so many people. */
  | 'quota-reached';

export type LoadRefusal =
  | 'not-allowed'
  | 'not-found'
  | 'round-not-open'
  /** Another device loaded it first: a list on two devices would be two votes. */
  | 'other-device'
  | 'wrong-state'
  | 'malformed'
  | 'vouchers-differ'
  | 'quota-reached'
  | 'unavailable';

export type CloseRefusal =
  'not-allowed' | 'not-found' | 'wrong-state' | 'other-device' | 'minutes-differ' | 'sums-differ';

export type SyncRefusal =
  | 'not-allowed'
  | 'not-found'
  | 'wrong-state'
  | 'other-device'
  | 'sums-differ'
  | 'unknown-entry'
  | 'check-ins-differ';

export type LoseRefusal = 'not-allowed' | 'not-found' | 'wrong-state' | 'reason-missing';
