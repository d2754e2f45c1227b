/** Why a ballot is not accepted. Each has one sentence of copy in `messages/<locale>/booth.json`. */
export const BALLOT_REASONS = [
  // Shape
  'too-large',
  'malformed',
  // Who and where
  'unknown-round',
  'other-manifest',
  'unknown-group',
  'token-invalid',
  'signature-invalid',
  // Choices
  'contests-differ',
  'unknown-option',
  'repeated-option',
  'too-many-ranked',
  'too-many-picked',
  'not-canonical',
  'over-budget',
  // The place of this ballot among those of the same credential
  'chain-broken',
  'sequence-taken',
  'receipt-differs',
  // When, and whether the box can
  'not-open-yet',
  'closed',
  'too-many-requests',
  'unavailable',
] as const;

export type BallotReason = (typeof BALLOT_REASONS)[number];

/** Signed by the box for every ballot it accepts: a promised ballot missing later is proof. */
export interface CastPromise {
  readonly round: string;
  /** Base64url of 32 bytes. */
  readonly leaf: string;
  /** Receipt code, 13 characters. */
  readonly code: string;
  /** ISO, UTC: the record shows the leaf from this moment on. */
  readonly includeBy: string;
  /** Base64url Ed25519 under the manifest's `recordKey`, over `promiseText`. */
  readonly signature: string;
}

/** The exact text that the box signs. */
export function promiseText(promise: Omit<CastPromise, 'signature'>): string {
  return `minka/promise/v1\n${promise.round}\n${promise.leaf}\n${promise.code}\n${promise.includeBy}\n`;
}

/** Statuses of POST /v1/ballots. */
export interface CastAnswer {
  readonly status: number;
  readonly reason?: BallotReason;
  readonly promise?: CastPromise;
}
