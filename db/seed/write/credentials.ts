import {
  constants,
  createHash,
  createPublicKey,
  publicDecrypt,
  publicEncrypt,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto';
import { credentialMessage } from '@/lib/ballots/body';
import type { Credential } from '@/lib/ballots/credential';
import { concatBytes, toBase64Url } from '@/lib/shared/bytes';

const RSA_BYTES = 256;
/** RSABSSA-SHA384-PSS-Randomized (RFC 9474): 32 random bytes before the message, salt of 48. */
const PREFIX_BYTES = 32;
const SALT_BYTES = 48;

export interface MintedCredential {
  readonly credential: Credential;
  /** What the issuer would have seen and answered: 256 bytes each. */
  readonly blinded: Buffer;
  readonly blindSignature: Buffer;
}

/**
 * A credential as the protocol makes it, a hundred times faster. Unblinding gives a plain PSS
 * signature on the prepared message, so the seed signs that message itself and then blinds the
 * signature: s·r answers m·r^e, exactly the pair the issuer's rows would hold.
 */
export async function mintCredential(
  issuerKey: KeyObject,
  round: string,
  group: string,
): Promise<MintedCredential> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ]);
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
  const spkiHash = createHash('sha256').update(spki).digest();
  const prefix = randomBytes(PREFIX_BYTES);
  const prepared = concatBytes(prefix, credentialMessage(round, group, spkiHash));
  const token = sign('sha384', prepared, {
    key: issuerKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: SALT_BYTES,
  });
  return {
    credential: {
      round,
      group,
      privateKey: pair.privateKey,
      spki: toBase64Url(spki),
      prefix: toBase64Url(prefix),
      token: toBase64Url(token),
    },
    ...blindedPair(issuerKey, token),
  };
}

/** From a signature s to the blinded pair (s^e · r^e, s · r), both modulo n. */
function blindedPair(
  issuerKey: KeyObject,
  token: Buffer,
): { blinded: Buffer; blindSignature: Buffer } {
  const key = createPublicKey(issuerKey);
  const raw = { key, padding: constants.RSA_NO_PADDING };
  const n = toNumber(Buffer.from(key.export({ format: 'jwk' }).n ?? '', 'base64url'));
  const r = toNumber(randomBytes(RSA_BYTES)) % n;
  const message = toNumber(publicDecrypt(raw, token));
  const mask = toNumber(publicEncrypt(raw, toBytes(r)));
  return {
    blinded: toBytes((message * mask) % n),
    blindSignature: toBytes((toNumber(token) * r) % n),
  };
}

function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function toBytes(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(RSA_BYTES * 2, '0'), 'hex');
}
