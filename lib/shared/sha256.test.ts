import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { toHex } from './bytes';
import { sha256 } from './sha256';

const openssl = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

it('gives the digests of FIPS 180-4', () => {
  const of = (text: string): string => toHex(sha256(new TextEncoder().encode(text)));
  expect(of('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(of('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

it('agrees with OpenSSL on every length up to four blocks, and on slices of a larger buffer', () => {
  const bytes = Uint8Array.from({ length: 300 }, (_, at) => (at * 7 + 3) % 256);
  for (let length = 0; length <= 260; length += 1) {
    const slice = bytes.subarray(13, 13 + length);
    expect(toHex(sha256(slice))).toBe(openssl(slice));
  }
});

it('does not carry anything from one call to the next', () => {
  const one = Uint8Array.of(1, 2, 3);
  const first = toHex(sha256(one));
  sha256(new Uint8Array(1000).fill(255));
  expect(toHex(sha256(one))).toBe(first);
});
