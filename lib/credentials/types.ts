import type { SHIFT_COUNTS, TURN_OUTCOMES } from '@/db/registry/schema';
/** Bytes of an RSA-2048 value: blinded message and signature alike. */
export const RSA_BYTES = 256;

export interface SignRequest {
  readonly round: string;
  readonly group: string;
  readonly blinded: Uint8Array;
}

export type SignRefusal =
  /** Wrong length, or not below the modulus. */
  | 'malformed'
  /** The round has no key here, or is not open. */
  | 'unknown-round'
  | 'unknown-group'
  /** The manifest's eligible count of this group is used up. */
  | 'quota-reached'
  /** Nobody answered, or not in time: try again, nothing is lost. */
  | 'unavailable';

export type SignAnswer =
  | { readonly ok: true; readonly signature: Uint8Array }
  | { readonly ok: false; readonly reason: SignRefusal };

/** Whoever holds the keys: the issuer behind its socket, or a stand-in in tests. */
export interface BlindSigner {
  sign(request: SignRequest): Promise<SignAnswer>;
}

export interface IssuedCredential {
  readonly groupId: string;
  readonly signature: Uint8Array;
}

export type IssueRefusal =
  | 'malformed'
  | 'round-not-open'
  | 'not-on-roll'
  | 'already-issued'
  | 'quota-reached'
  | 'unavailable';

/** Whether a resident's right to a ballot of this round is taken, and whether it was completed. */
export type CredentialState = 'none' | 'reserved' | 'issued';

export type TurnOutcome = (typeof TURN_OUTCOMES)[number];
export type ShiftCount = (typeof SHIFT_COUNTS)[number];

/** An officer's shift that lasts: where the work is done. */
export interface OpenShift {
  readonly id: string;
  readonly placeId: string;
  readonly placeName: string;
  readonly device: string;
}
