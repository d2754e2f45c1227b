import { constants, createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { BallotCrypto } from './check';

/** One RSA key per district group of the rounds in use: parsing them once is enough. */
const MAX_CACHED_KEYS = 500;
const groupKeys = new Map<string, KeyObject>();

function groupKey(text: string): KeyObject {
  const known = groupKeys.get(text);
  if (known) return known;
  const key = spkiKey(Buffer.from(text, 'base64url'));
  if (groupKeys.size >= MAX_CACHED_KEYS) groupKeys.clear();
  groupKeys.set(text, key);
  return key;
}

function spkiKey(spki: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
}

/** SPKI of an uncompressed P-256 point (RFC 5480): sequence, id-ecPublicKey, prime256v1, 0x04. */
const P256_SPKI_PREFIX = Buffer.from(
  '3059301306072a8648ce3d020106082a8648ce3d03010703420004',
  'hex',
);

/** The checks of a ballot with Node's OpenSSL: about 0.04 ms for a token, 0.3 ms for a signature. */
export const nodeBallotCrypto: BallotCrypto = {
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),

  tokenIsValid: (key, message, signature) => {
    try {
      return verify(
        'sha384',
        message,
        { key: groupKey(key), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 },
        signature,
      );
    } catch {
      return false;
    }
  },

  signatureIsValid: (spki, message, signature) => {
    try {
      // Any key OpenSSL can read would verify here; only P-256 is a voter's key. Comparing the
      // beginning costs nothing, asking the key for its curve a quarter of the verification.
      if (!P256_SPKI_PREFIX.equals(spki.subarray(0, P256_SPKI_PREFIX.length))) return false;
      const key = spkiKey(spki);
      return verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, signature);
    } catch {
      // Not a point on the curve, or not a key at all.
      return false;
    }
  },
};
