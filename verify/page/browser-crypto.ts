import { verifyEd25519 } from '@/lib/shared/ed25519';
import { sha256 } from '@/lib/shared/sha256';
import type { VerifierCrypto } from '../crypto';
import { LineReader, statusOf, type CheckedPortion, type LineProof } from '../lines';

/** WebCrypto: signatures are verified by the browser itself, a batch of them at a time. */

const RSA = { name: 'RSA-PSS', hash: 'SHA-384' } as const;
const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SPKI_P256_BYTES = 91;

const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes);

/** Bytes of base64url text, by the browser. */
function decoded(text: string): Uint8Array<ArrayBuffer> {
  const bare = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(bare, (character) => character.charCodeAt(0));
}

async function tokenHolds(key: Promise<CryptoKey>, proof: LineProof): Promise<boolean> {
  try {
    const algorithm = { name: 'RSA-PSS', saltLength: 48 };
    return await crypto.subtle.verify(algorithm, await key, own(proof.token), own(proof.prepared));
  } catch {
    return false;
  }
}

async function signatureHolds({ spki, body, signature }: LineProof): Promise<boolean> {
  if (spki.length !== SPKI_P256_BYTES) return false;
  try {
    const key = await crypto.subtle.importKey('spki', own(spki), P256, false, ['verify']);
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
    return await crypto.subtle.verify(algorithm, key, own(signature), own(body));
  } catch {
    return false;
  }
}

/** All proofs of a portion at once: the browser spreads them over its own threads. */
async function verifyProofs(
  portion: CheckedPortion,
  proofs: readonly LineProof[],
  keyOf: (text: string) => Promise<CryptoKey>,
): Promise<CheckedPortion> {
  await Promise.all(
    proofs.map(async (proof) => {
      if (!(await tokenHolds(keyOf(proof.groupKey), proof))) {
        portion.status[proof.index] = statusOf('token-invalid');
      } else if (!(await signatureHolds(proof))) {
        portion.status[proof.index] = statusOf('signature-invalid');
      }
    }),
  );
  return portion;
}

export const browserCrypto: VerifierCrypto = {
  sha256,
  ed25519: verifyEd25519,
  ballots: (context) => {
    const reader = new LineReader(context, sha256);
    const keys = new Map<string, Promise<CryptoKey>>();
    const keyOf = (text: string): Promise<CryptoKey> => {
      const known = keys.get(text);
      if (known) return known;
      const key = crypto.subtle.importKey('spki', decoded(text), RSA, false, ['verify']);
      key.catch(() => undefined);
      keys.set(text, key);
      return key;
    };
    return {
      parallel: 2,
      portionBytes: 256 << 10,
      check: async (bytes) => {
        const { portion, proofs } = reader.read(bytes);
        return verifyProofs(portion, proofs, keyOf);
      },
      close: () => Promise.resolve(),
    };
  },
};
