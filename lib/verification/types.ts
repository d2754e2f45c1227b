import type { VERIFICATION_CHANNELS } from '@/db/registry/schema';
import type { VerificationPurpose, Verified } from '@/lib/roll/types';
import type { Result } from '@/lib/shared/result';

/** How somebody shows who they are; a round says which ways it takes. */
export type VerificationChannel = (typeof VERIFICATION_CHANNELS)[number];

/** Somebody who wants to be verified. An identity provider tells the DNI itself. */
export interface VerificationWish {
  readonly roundId: string;
  readonly purpose: VerificationPurpose;
  readonly dni: string | null;
}

export interface Started {
  /** Opaque; the browser keeps it in a cookie until it brings the secret. */
  readonly attemptToken: string;
  /** Where the browser goes to get its secret; null: to the page that asks for it. */
  readonly goTo: URL | null;
  /** The message that carries the secret, in the queue. */
  readonly messageId: string | null;
}

/**
 * One way to be verified. `start` answers the same whoever the person is, `check` the same whoever
 * she is not; neither says a name or a district. The desk has no such adapter: an officer looks at
 * the DNI itself and hands the person over.
 */
export interface VerificationAdapter<StartRefusal extends string, CheckRefusal extends string> {
  readonly channel: VerificationChannel;
  start(wish: VerificationWish): Promise<Result<Started, StartRefusal>>;
  check(attemptToken: string, secret: string): Promise<Result<Verified, CheckRefusal>>;
}

/**
 * again: the visit is over, was used, or is not this browser's · cancelled: she did not go through
 * with it · away: the provider does not answer · not-recognised: the provider says no DNI, or one
 * that may not vote here; nobody learns which.
 */
export const IDENTITY_PROBLEMS = ['again', 'cancelled', 'away', 'not-recognised'] as const;
export type IdentityProblem = (typeof IDENTITY_PROBLEMS)[number];
