import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { rawEd25519Key, verifyEd25519 } from './ed25519';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const spki = Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' }));
const key = rawEd25519Key(spki)!;
const signed = (message: Uint8Array) => Uint8Array.from(sign(null, message, privateKey));

/** RFC 8032, section 7.1, test 2. */
const VECTOR = {
  key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
  message: '72',
  signature:
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
    '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
};
const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

/** A phone from before 2025. */
function withoutEd25519(): void {
  const importKey = crypto.subtle.importKey.bind(crypto.subtle) as (...given: unknown[]) => unknown;
  vi.spyOn(crypto.subtle, 'importKey').mockImplementation(((...given: unknown[]) => {
    const algorithm = given[2] as { name?: string };
    if (algorithm.name === 'Ed25519') {
      return Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'));
    }
    return importKey(...given);
  }) as typeof crypto.subtle.importKey);
}
afterEach(() => {
  vi.restoreAllMocks();
});

describe.each([
  ['a browser that knows Ed25519', () => undefined],
  ['a phone from before 2025', withoutEd25519],
])('%s', (_name, prepare) => {
  it('accepts the vector of RFC 8032', async () => {
    prepare();
    const { key: own, message, signature } = VECTOR;
    expect(await verifyEd25519(hex(own), hex(message), hex(signature))).toBe(true);
  });

  it('accepts what was signed, and nothing that differs in one bit', async () => {
    prepare();
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.constantFrom('key', 'message', 'signature'),
        fc.nat(),
        async (message, part, at) => {
          const parts = { key: Uint8Array.from(key), message, signature: signed(message) };
          expect(await verifyEd25519(parts.key, parts.message, parts.signature)).toBe(true);
          const flipped = Uint8Array.from(parts[part]);
          const bit = at % (flipped.length * 8);
          flipped[bit >> 3]! ^= 1 << (bit & 7);
          const other = { ...parts, [part]: flipped };
          expect(await verifyEd25519(other.key, other.message, other.signature)).toBe(false);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('answers no to lengths that are wrong, and throws nothing', async () => {
    prepare();
    const message = Uint8Array.of(1);
    expect(await verifyEd25519(key.slice(1), message, signed(message))).toBe(false);
    expect(await verifyEd25519(key, message, signed(message).slice(1))).toBe(false);
    expect(await verifyEd25519(new Uint8Array(32).fill(255), message, signed(message))).toBe(false);
  });
});

it('a raw key is taken from an Ed25519 SPKI only', () => {
  expect(rawEd25519Key(spki)).toHaveLength(32);
  expect(rawEd25519Key(spki.slice(1))).toBeNull();
  const other = Uint8Array.from(spki);
  other[8] = 0x6e;
  expect(rawEd25519Key(other)).toBeNull();
});
