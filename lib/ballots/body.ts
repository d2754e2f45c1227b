import { concatBytes, toBase64Url, utf8 } from '@/lib/shared/bytes';

/**
 * The exact bytes of a ballot. Whoever builds one (booth, simulator) and whoever checks one (box,
 * worker, verifier) go through this file, so that the same ballot is always the same bytes.
 */

/** Ordered row ids, or sorted proposal ids, per contest in the manifest's order; [] is blank. */
export type Choices = Readonly<Record<string, readonly string[]>>;

export interface BallotBody {
  readonly v: 1;
  /** Round id. */
  readonly r: string;
  /** District group id. */
  readonly d: string;
  /** Manifest hash, base64url. */
  readonly m: string;
  /** The voter's public key for this round: SPKI P-256, base64url. */
  readonly k: string;
  /** RFC 9474 message prefix (32 bytes) and token (256 bytes), base64url. */
  readonly x: string;
  readonly t: string;
  /** 1 to 5: the highest one counts. */
  readonly n: number;
  /** Leaf of the ballot that this one replaces; null in the first. */
  readonly p: string | null;
  /** 16 random bytes, base64url: nobody guesses a choice from a leaf. */
  readonly s: string;
  readonly c: Choices;
}

/** The text of the body and the ECDSA signature of its UTF-8 bytes, base64url. */
export type BallotLine = readonly [body: string, signature: string];

export const MAX_BODY_BYTES = 4096;
export const MAX_SEQUENCE = 5;

/** By code point, as the ballot wants allocations: the order of clicks must not mark a ballot. */
export function sortedByCodePoint(ids: readonly string[]): string[] {
  return [...ids].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The JSON text with its fixed key order; choices keep the order in which `c` lists its contests. */
export function writeBody(body: BallotBody): string {
  const { v, r, d, m, k, x, t, n, p, s, c } = body;
  return JSON.stringify({ v, r, d, m, k, x, t, n, p, s, c });
}

/** The exact line of the public record: what is stored, published and hashed. */
export function lineText(line: BallotLine): string {
  return JSON.stringify([line[0], line[1]]);
}

/** Bytes whose SHA-256 is the leaf (RFC 6962 puts 0x00 before leaf data). */
export function leafInput(line: BallotLine): Uint8Array<ArrayBuffer> {
  return concatBytes(Uint8Array.of(0), utf8(lineText(line)));
}

/** The leaf in a browser: 32 bytes as base64url. */
export async function leafOf(line: BallotLine): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', leafInput(line))));
}

/**
 * What the issuer signs blindly: it binds the voter's key to a round and a district group.
 * Ids cannot contain "|" (see the manifest), so the parts cannot run into each other.
 */
export function credentialMessage(
  round: string,
  group: string,
  spkiHash: Uint8Array,
): Uint8Array<ArrayBuffer> {
  return concatBytes(utf8(`minka/cred/v1|${round}|${group}|`), spkiHash);
}
