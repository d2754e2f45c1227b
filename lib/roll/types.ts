import type { PersonKeys } from './person-crypto';

/** The secrets of the roll. Whoever holds the database without them cannot read a DNI or a phone. */
export interface RollKeys {
  /** MINKA_DNI_KEY: DNIs and codes are stored as HMACs under it. */
  readonly dniKey: string;
  /** MINKA_PERSON_KEYS and MINKA_ROLL_KEY: names and phone numbers are sealed under them. */
  readonly people: PersonKeys;
}

export const CODE_LIFETIME_MINUTES = 10;
export const TRIES_PER_CODE = 5;
export const CODES_PER_DAY = 10;
export const VOTER_SESSION_HOURS = 12;

/**
 * Why somebody is verified: to vote, to ask whether their right to a ballot was used, or to ask
 * about themselves (the list, what is held about them), on the round's roll or not.
 */
export type VerificationPurpose = 'vote' | 'right' | 'person';

/** Where a typed code comes from: a message to the phone on the roll, or a printed letter. */
export type CodeChannel = 'sms' | 'letter';

/** More people than a family share it: a number on the roll that is nobody's own gets no code. */
export const MOST_PEOPLE_PER_PHONE = 3;

/** Nothing in these reasons depends on whether the DNI is on the roll. */
export type RequestCodeRefusal = 'round-not-open' | 'too-many-codes';

export type ConfirmCodeRefusal =
  'no-attempt' | 'expired' | 'already-used' | 'wrong-code' | 'too-many-tries';

export interface CodeRequest {
  /** Opaque; the browser keeps it in a cookie, the database its hash. */
  readonly attemptToken: string;
  readonly code: string;
  /**
   * Null when there is nobody to send to: unknown DNI, not eligible, no phone on the roll, or one that
   * too many people share.
   */
  readonly phoneSealed: Buffer | null;
}

export interface Verified {
  readonly sessionToken: string;
  readonly roundId: string;
}

export interface Voter {
  readonly roundId: string;
  readonly residentId: string;
  readonly districtCode: string;
  /** Verified by code on a phone, or by DNI at the desk. */
  readonly channel: 'phone' | 'desk';
}

export interface Attempt {
  readonly roundId: string;
  readonly channel: CodeChannel;
  readonly triesLeft: number;
  readonly state: 'waiting' | 'expired' | 'used' | 'spent';
}
