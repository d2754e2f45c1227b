import type { Choices } from '@/lib/ballots/body';
import type { SignedBallot } from '@/lib/ballots/compose';
import type { Credential, PendingCredential } from '@/lib/ballots/credential';
import type { CastPromise } from '@/lib/ballots/types';

/** What the page tells the booth: all of it public but the two words about who is verified. */
export interface BoothEntry {
  readonly roundId: string;
  /** Base64url SHA-256 of the frozen rules: whatever the ballot box sends must have this hash. */
  readonly manifestHash: string;
  readonly boxUrl: string;
  readonly phase: 'announced' | 'voting' | 'over';
  /** The verified resident behind the cookie, when there is one. */
  readonly session: {
    readonly group: string;
    /** Tells the votes of two people on one phone apart; says nothing about who they are. */
    readonly tag: string;
    /** Their vote is activated, here or elsewhere. */
    readonly taken: boolean;
  } | null;
}

/** A contest's answer while choosing: blank is an answer too, an empty list without it is none. */
export interface Answer {
  readonly picks: readonly string[];
  readonly blank: boolean;
}

export type Answers = Readonly<Record<string, Answer>>;

/** What remains of a ballot once it is counted: not the choice. */
export interface Counted {
  readonly leaf: string;
  /** Receipt code, 13 characters. */
  readonly receipt: string;
  readonly seq: number;
  readonly promise: CastPromise;
}

/** One person's vote in one round, as this phone keeps it. */
export interface StoredVote {
  /** `<round>|<tag>` */
  readonly id: string;
  readonly round: string;
  readonly manifestHash: string;
  readonly group: string;
  /** 32 bytes behind the receipt codes. */
  readonly secret: Uint8Array<ArrayBuffer>;
  /** Orders the options; the same after a reload. */
  readonly seed: number;
  /** Saved before the request for the credential leaves. */
  readonly pending: PendingCredential;
  readonly credential: Credential | null;
  /** A recovery code leads to this vote: the paper should be torn up once it is cast. */
  readonly recoverable?: boolean;
  readonly draft: Answers | null;
  /** Signed and not yet confirmed: the very bytes that every retry sends. */
  readonly outbox: SignedBallot | null;
  readonly counted: Counted | null;
}

export function choicesOf(answers: Answers): Choices {
  return Object.fromEntries(
    Object.entries(answers).map(([contest, { picks, blank }]) => [contest, blank ? [] : picks]),
  );
}
