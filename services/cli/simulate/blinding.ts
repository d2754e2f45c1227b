import {
  constants,
  createHash,
  createPublicKey,
  publicEncrypt,
  randomBytes,
  verify,
  type KeyObject,
} from 'node:crypto';
import { credentialMessage } from '@/lib/ballots/body';
import type { Credential } from '@/lib/ballots/credential';
import { concatBytes, fromBase64Url, toBase64Url } from '@/lib/shared/bytes';

/**
 * The voter's side of RFC 9474 (RSABSSA-SHA384-PSS-Randomized) on OpenSSL and BigInt: about a
 * millisecond where the library that runs in browsers takes a hundred. Same bytes, same checks.
 * Not constant-time, which does not matter for residents that do not exist.
 */

const RSA_BYTES = 256;
const PREFIX_BYTES = 32;
const SALT_BYTES = 48;
const HASH = 'sha384';
const HASH_BYTES = 48;
/** One bit less than the modulus (RFC 8017, 8.1.1), which rounds up to all of its bytes. */
const CLEARED_BITS = 1;

export interface Blinded {
  readonly round: string;
  readonly group: string;
  readonly privateKey: CryptoKey;
  readonly spki: string;
  readonly prepared: Uint8Array;
  /** Base64url, 256 bytes: what the issuer sees. */
  readonly blinded: string;
  readonly inverse: bigint;
}

const groupKeys = new Map<string, { key: KeyObject; n: bigint }>();

function groupKey(spki: string): { key: KeyObject; n: bigint } {
  const known = groupKeys.get(spki);
  if (known) return known;
  const key = createPublicKey({ key: Buffer.from(spki, 'base64url'), format: 'der', type: 'spki' });
  const n = toNumber(Buffer.from(key.export({ format: 'jwk' }).n ?? '', 'base64url'));
  groupKeys.set(spki, { key, n });
  return { key, n };
}

/** Makes a voter's key and blinds it for the issuer. `issuerSpki` is the manifest's, base64url. */
export async function blindKey(round: string, group: string, issuerSpki: string): Promise<Blinded> {
  const { key, n } = groupKey(issuerSpki);
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
  const spkiHash = createHash('sha256').update(spki).digest();
  const prepared = concatBytes(
    randomBytes(PREFIX_BYTES),
    credentialMessage(round, group, spkiHash),
  );
  const { r, inverse } = blindingPair(n);
  const mask = toNumber(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, toBytes(r)));
  const blinded = (toNumber(encodePss(prepared, randomBytes(SALT_BYTES))) * mask) % n;
  return {
    round,
    group,
    privateKey: pair.privateKey,
    spki: toBase64Url(spki),
    prepared,
    blinded: toBase64Url(toBytes(blinded)),
    inverse,
  };
}

/** The credential, or null when the issuer's answer is no signature under the manifest's key. */
export function unblind(
  pending: Blinded,
  blindSignature: string,
  issuerSpki: string,
): Credential | null {
  const answer = fromBase64Url(blindSignature);
  if (answer?.length !== RSA_BYTES) return null;
  const { key, n } = groupKey(issuerSpki);
  const token = toBytes((toNumber(answer) * pending.inverse) % n);
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  if (!verify(HASH, pending.prepared, { key, padding, saltLength: SALT_BYTES }, token)) return null;
  return {
    round: pending.round,
    group: pending.group,
    privateKey: pending.privateKey,
    spki: pending.spki,
    prefix: toBase64Url(pending.prepared.slice(0, PREFIX_BYTES)),
    token: toBase64Url(token),
  };
}

/** EMSA-PSS-ENCODE with MGF1 (RFC 8017, 9.1.1 and B.2.1) for a 2048-bit modulus. */
export function encodePss(message: Uint8Array, salt: Uint8Array): Buffer {
  const messageHash = createHash(HASH).update(message).digest();
  const hash = createHash(HASH).update(Buffer.alloc(8)).update(messageHash).update(salt).digest();
  const block = Buffer.alloc(RSA_BYTES - HASH_BYTES - 1);
  block[block.length - salt.length - 1] = 1;
  block.set(salt, block.length - salt.length);
  const mask = mgf1(hash, block.length);
  const masked = block.map((byte, at) => byte ^ (mask[at] ?? 0));
  masked[0] = (masked[0] ?? 0) & (0xff >> CLEARED_BITS);
  return Buffer.concat([masked, hash, Buffer.of(0xbc)]);
}

function mgf1(seed: Buffer, length: number): Buffer {
  const blocks: Buffer[] = [];
  for (let counter = 0; counter * HASH_BYTES < length; counter += 1) {
    const index = Buffer.alloc(4);
    index.writeUInt32BE(counter);
    blocks.push(createHash(HASH).update(seed).update(index).digest());
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function blindingPair(n: bigint): { r: bigint; inverse: bigint } {
  for (;;) {
    const r = toNumber(randomBytes(RSA_BYTES));
    if (r === 0n || r >= n) continue;
    const inverse = invert(r, n);
    if (inverse !== null) return { r, inverse };
  }
}

/** Extended Euclid; null when there is no inverse, which would mean a factor of n was found. */
function invert(value: bigint, modulus: bigint): bigint | null {
  let [a, b] = [modulus, value];
  let [x, y] = [0n, 1n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  if (a !== 1n) return null;
  return x < 0n ? x + modulus : x;
}

function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function toBytes(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(RSA_BYTES * 2, '0'), 'hex');
}
