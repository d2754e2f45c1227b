import { constants, createPublicKey, hash, verify, type KeyObject } from 'node:crypto';
import type { AsideCrypto } from './check';

/**
 * The checks of a ballot with Node's OpenSSL (measured: decision 0011). Node looks at every key given
 * as an object with options by throwing and catching twice, which costs as much as a fifth of a
 * verification; a key object that carries its own options, or a text, goes straight through. Should
 * Node ever stop reading those options, nothing verifies any more: it fails closed, and at once.
 */

/** A 2048-bit RSA key that verifies PSS with the salt of RFC 9474, section 5. */
type TokenKey = KeyObject & { readonly padding: number; readonly saltLength: number };

/** One RSA key per district group of the rounds in use: parsing them once is enough. */
const MAX_CACHED_KEYS = 500;
const tokenKeys = new Map<string, TokenKey>();

function tokenKey(text: string): TokenKey {
  const known = tokenKeys.get(text);
  if (known) return known;
  const key = Object.assign(createPublicKey(pem(Buffer.from(text, 'base64url'))), {
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: 48,
  });
  if (tokenKeys.size >= MAX_CACHED_KEYS) tokenKeys.clear();
  tokenKeys.set(text, key);
  return key;
}

function pem(spki: Buffer): string {
  return `-----BEGIN PUBLIC KEY-----\n${spki.toString('base64')}\n-----END PUBLIC KEY-----\n`;
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** SPKI of an uncompressed P-256 point (RFC 5480): sequence, id-ecPublicKey, prime256v1, 0x04. */
const P256_SPKI_PREFIX = Buffer.from(
  '3059301306072a8648ce3d020106082a8648ce3d03010703420004',
  'hex',
);
const P256_SPKI_BYTES = 91;

/** An unsigned integer of 32 bytes in DER: no leading zeros, and one when the top bit is set. */
function derInteger(bytes: Uint8Array): Uint8Array {
  let from = 0;
  while (from < 31 && bytes[from] === 0) from += 1;
  const sign = (bytes[from] ?? 0) > 127 ? 1 : 0;
  const der = new Uint8Array(2 + sign + 32 - from);
  der[0] = 0x02;
  der[1] = der.length - 2;
  der.set(bytes.subarray(from), 2 + sign);
  return der;
}

/** r || s of WebCrypto as the sequence that OpenSSL reads; never longer than 72 bytes. */
function derSignature(signature: Uint8Array): Uint8Array {
  const r = derInteger(signature.subarray(0, 32));
  const s = derInteger(signature.subarray(32));
  const der = new Uint8Array(2 + r.length + s.length);
  der[0] = 0x30;
  der[1] = r.length + s.length;
  der.set(r, 2);
  der.set(s, 2 + r.length);
  return der;
}

/** Any key OpenSSL can read would verify; only P-256 is a voter's key, and only in these bytes. */
function mayBeSigned(spki: Buffer, signature: Uint8Array): boolean {
  return (
    signature.length === 64 &&
    spki.length === P256_SPKI_BYTES &&
    P256_SPKI_PREFIX.equals(spki.subarray(0, P256_SPKI_PREFIX.length))
  );
}

export const nodeBallotCrypto: AsideCrypto = {
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),

  tokenIsValid: (key, message, signature) => {
    try {
      return verify('sha384', message, tokenKey(key), signature);
    } catch {
      return false;
    }
  },

  signatureIsValid: (spki, message, signature) => {
    const der = bufferOf(spki);
    if (!mayBeSigned(der, signature)) return false;
    try {
      return verify('sha256', message, pem(der), derSignature(signature));
    } catch {
      // Not a point on the curve.
      return false;
    }
  },

  signatureIsValidAside: (spki, message, signature) => {
    const der = bufferOf(spki);
    if (!mayBeSigned(der, signature)) return Promise.resolve(false);
    return new Promise((resolve) => {
      try {
        verify('sha256', message, pem(der), derSignature(signature), (error, valid) => {
          resolve(error === null && valid);
        });
      } catch {
        resolve(false);
      }
    });
  },
};
