import {
  createHash,
  createPrivateKey,
  createPublicKey,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promiseText, type CastPromise } from '@/lib/ballots/types';
import { recordOrigin, signedCheckpoint } from '@/lib/record/checkpoint';
import { utf8 } from '@/lib/shared/bytes';

/** What the box signs with (promises, checkpoints), and whose orders it obeys. */
export interface BoxKeys {
  /** Base64url SPKI Ed25519: stands in every manifest as `recordKey`. */
  readonly recordKey: string;
  readonly orderKey: string;
  /** Signed by another thread. */
  promise(content: Omit<CastPromise, 'signature'>): Promise<CastPromise>;
  checkpoint(round: string, size: number, root: Uint8Array): string;
  orderIsSigned(order: string, signature: string): boolean;
}

/** Keys from the record key's PEM file and the order key's public half. */
export function readBoxKeys(recordKeyFile: string, orderPublicKey: string): BoxKeys {
  return boxKeys(createPrivateKey(readFileSync(recordKeyFile)), orderPublicKey);
}

export function boxKeys(recordPrivateKey: KeyObject, orderKey: string): BoxKeys {
  const spki = createPublicKey(recordPrivateKey).export({ type: 'spki', format: 'der' });
  const order = createPublicKey({
    key: Buffer.from(orderKey, 'base64url'),
    format: 'der',
    type: 'spki',
  });
  if (recordPrivateKey.asymmetricKeyType !== 'ed25519' || order.asymmetricKeyType !== 'ed25519') {
    throw new Error('The record key and the order key must be Ed25519');
  }
  const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
  const signText = (text: Uint8Array): Uint8Array => sign(null, text, recordPrivateKey);
  return {
    recordKey: spki.toString('base64url'),
    orderKey,
    promise: (content) =>
      new Promise((resolve, reject) => {
        sign(null, utf8(promiseText(content)), recordPrivateKey, (error, signature) => {
          if (error) reject(error);
          else resolve({ ...content, signature: signature.toString('base64url') });
        });
      }),
    checkpoint: (round, size, root) =>
      // An Ed25519 SPKI ends with the 32 bytes of the key.
      signedCheckpoint(
        { origin: recordOrigin(round), size, root },
        spki.subarray(-32),
        sha256,
        signText,
      ),
    orderIsSigned: (text, signature) =>
      verify(null, utf8(text), order, Buffer.from(signature, 'base64url')),
  };
}
