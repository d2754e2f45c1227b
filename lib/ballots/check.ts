import type { Manifest } from '@/lib/rounds/manifest';
import { groupOf } from '@/lib/rounds/contests';
import { concatBytes, fromBase64Url, utf8 } from '@/lib/shared/bytes';
import { present } from '@/lib/shared/assert';
import { ok, refuse, type Result } from '@/lib/shared/result';
import { credentialMessage, leafInput, type BallotBody, type BallotLine } from './body';
import { parseBody } from './input';
import { checkChoices } from './rules';
import type { BallotReason } from './types';

/** The cryptography a check needs, given from outside so that this file runs anywhere. */
export interface BallotCrypto {
  sha256(bytes: Uint8Array): Uint8Array;
  /** RSASSA-PSS, SHA-384, salt of 48 bytes, under a base64url SPKI key. */
  tokenIsValid(key: string, message: Uint8Array, signature: Uint8Array): boolean;
  /** ECDSA P-256 with SHA-256, signature as r || s, under an SPKI key. */
  signatureIsValid(spki: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

/** The same, and signatures also by another thread, for a process that must go on answering. */
export interface AsideCrypto extends BallotCrypto {
  signatureIsValidAside(
    spki: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean>;
}

export interface CheckedBallot {
  readonly body: BallotBody;
  readonly line: BallotLine;
  readonly leaf: Uint8Array;
  /** SHA-256 of the voter's public key: one credential, one effective ballot. */
  readonly credential: Uint8Array;
}

/** A manifest together with the hash of its exact text. */
export interface FrozenManifest {
  readonly manifest: Manifest;
  readonly hash: string;
}

/**
 * Everything about a ballot that needs no database, cheapest first: size, shape, round, manifest,
 * token, signature, rule (ballot-protocol.md, "Ballot"). `find` gives the manifest of a round.
 */
export function checkBallot(
  line: BallotLine,
  find: (round: string) => FrozenManifest | null,
  crypto: BallotCrypto,
): Result<CheckedBallot, BallotReason> {
  const parsed = parseBody(line[0]);
  if (!parsed.ok) return parsed;
  const frozen = find(parsed.value.r);
  return frozen === null
    ? refuse('unknown-round')
    : checkParsed(parsed.value, line, frozen, crypto);
}

/** The same for a body that was parsed from this very line, against the manifest of its round. */
export function checkParsed(
  body: BallotBody,
  line: BallotLine,
  frozen: FrozenManifest,
  crypto: BallotCrypto,
): Result<CheckedBallot, BallotReason> {
  const voter = checkVoter(body, line, frozen, crypto);
  if (!voter.ok) return voter;
  const { spki, signature } = voter.value;
  const signed = crypto.signatureIsValid(spki, utf8(line[0]), signature);
  return checkContent({ body, line, frozen, crypto }, voter.value, signed);
}

/** The same, with the signature, which costs the most, checked by another thread. */
export async function checkParsedAside(
  body: BallotBody,
  line: BallotLine,
  frozen: FrozenManifest,
  crypto: AsideCrypto,
): Promise<Result<CheckedBallot, BallotReason>> {
  const voter = checkVoter(body, line, frozen, crypto);
  if (!voter.ok) return voter;
  const { spki, signature } = voter.value;
  const signed = await crypto.signatureIsValidAside(spki, utf8(line[0]), signature);
  return checkContent({ body, line, frozen, crypto }, voter.value, signed);
}

interface Voter {
  readonly spki: Uint8Array;
  /** SHA-256 of the key. */
  readonly credential: Uint8Array;
  /** Of the body, r || s. */
  readonly signature: Uint8Array;
}

/** Manifest, group and token: whether this key may vote here at all. */
function checkVoter(
  body: BallotBody,
  line: BallotLine,
  frozen: FrozenManifest,
  crypto: BallotCrypto,
): Result<Voter, BallotReason> {
  if (body.m !== frozen.hash) return refuse('other-manifest');
  const group = groupOf(frozen.manifest, body.d);
  if (group === null) return refuse('unknown-group');

  const spki = bytes(body.k);
  const credential = crypto.sha256(spki);
  // RFC 9474, PrepareRandomize: what was signed is the prefix followed by the message.
  const prepared = concatBytes(bytes(body.x), credentialMessage(body.r, body.d, credential));
  if (!crypto.tokenIsValid(group.key, prepared, bytes(body.t))) return refuse('token-invalid');

  const signature = fromBase64Url(line[1]);
  return signature === null ? refuse('signature-invalid') : ok({ spki, credential, signature });
}

interface Parsed {
  readonly body: BallotBody;
  readonly line: BallotLine;
  readonly frozen: FrozenManifest;
  readonly crypto: BallotCrypto;
}

function checkContent(
  { body, line, frozen, crypto }: Parsed,
  { credential }: Voter,
  signed: boolean,
): Result<CheckedBallot, BallotReason> {
  if (!signed) return refuse('signature-invalid');
  const rule = checkChoices(frozen.manifest, body.d, body.c);
  if (!rule.ok) return rule;
  return ok({ body, line, leaf: crypto.sha256(leafInput(line)), credential });
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return present(fromBase64Url(text), 'bytes that the shape has already checked');
}
