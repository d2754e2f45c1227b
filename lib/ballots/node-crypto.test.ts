import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodeBallotCrypto } from './node-crypto';

const P1363 = { dsaEncoding: 'ieee-p1363' } as const;

function voter() {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = pair.publicKey.export({ type: 'spki', format: 'der' });
  return { ...pair, spki };
}

/** What Node says when it is asked the long way. */
function byNode(spki: Buffer, message: Buffer, signature: Buffer): boolean {
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return verify('sha256', message, { key, ...P1363 }, signature);
}

describe('a signature of a ballot', () => {
  it('is judged as Node judges r || s, small numbers and altered bytes included', async () => {
    const { privateKey, spki } = voter();
    let short = 0;
    let accepted = 0;
    // One in 128 has an r or an s with leading zeros: DER writes those shorter.
    for (let i = 0; i < 2000; i++) {
      const message = Buffer.from(`ballot ${String(i)}`);
      const signature = sign('sha256', message, { key: privateKey, ...P1363 });
      if (signature[0] === 0 || signature[32] === 0) short += 1;
      else if (i % 10 > 0) continue;
      const altered = Buffer.from(signature);
      altered[i % 64] = (altered[i % 64] ?? 0) ^ (1 << (i % 8));
      for (const each of [signature, altered]) {
        const valid = byNode(spki, message, each);
        expect(nodeBallotCrypto.signatureIsValid(spki, message, each)).toBe(valid);
        expect(await nodeBallotCrypto.signatureIsValidAside(spki, message, each)).toBe(valid);
        if (valid) accepted += 1;
      }
      expect(nodeBallotCrypto.signatureIsValid(spki, Buffer.from('other'), signature)).toBe(false);
    }
    expect(short).toBeGreaterThan(0);
    expect(accepted).toBeGreaterThan(100);
  });

  it('of numbers out of range, of another length or in DER is no signature', async () => {
    const { privateKey, spki } = voter();
    const message = Buffer.from('ballot');
    const good = sign('sha256', message, { key: privateKey, ...P1363 });
    const zero = Buffer.alloc(32);
    const full = Buffer.alloc(32, 255);
    const half = (at: 0 | 32): Buffer => good.subarray(at, at + 32);
    for (const bad of [
      Buffer.concat([zero, zero]),
      Buffer.concat([zero, half(32)]),
      Buffer.concat([half(0), zero]),
      Buffer.concat([full, half(32)]),
      Buffer.concat([half(0), full]),
      good.subarray(0, 63),
      Buffer.concat([good, Buffer.alloc(1)]),
      sign('sha256', message, privateKey),
      Buffer.alloc(0),
    ]) {
      expect(nodeBallotCrypto.signatureIsValid(spki, message, bad)).toBe(false);
      expect(await nodeBallotCrypto.signatureIsValidAside(spki, message, bad)).toBe(false);
    }
    expect(nodeBallotCrypto.signatureIsValid(spki, message, good)).toBe(true);
  });

  it('of a key that is not an uncompressed P-256 point is refused, even when it verifies', async () => {
    const message = Buffer.from('ballot');
    for (const namedCurve of ['P-384', 'secp256k1']) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
      const spki = publicKey.export({ type: 'spki', format: 'der' });
      const signature = sign('sha256', message, { key: privateKey, ...P1363 });
      expect(byNode(spki, message, signature)).toBe(true);
      expect(nodeBallotCrypto.signatureIsValid(spki, message, signature)).toBe(false);
      expect(await nodeBallotCrypto.signatureIsValidAside(spki, message, signature)).toBe(false);
    }
    const { privateKey, spki } = voter();
    const signature = sign('sha256', message, { key: privateKey, ...P1363 });
    const beside = Buffer.from(spki);
    beside[90] = (beside[90] ?? 0) ^ 1;
    for (const key of [beside, spki.subarray(0, 90), Buffer.concat([spki, Buffer.alloc(1)])]) {
      expect(nodeBallotCrypto.signatureIsValid(key, message, signature)).toBe(false);
      expect(await nodeBallotCrypto.signatureIsValidAside(key, message, signature)).toBe(false);
    }
  });

  it('is read from a part of a larger buffer', () => {
    const { privateKey, spki } = voter();
    const message = Buffer.from('ballot');
    const signature = sign('sha256', message, { key: privateKey, ...P1363 });
    const within = Buffer.concat([Buffer.alloc(7, 1), spki, signature, Buffer.alloc(9, 2)]);
    const key = new Uint8Array(within.buffer, within.byteOffset + 7, 91);
    const part = new Uint8Array(within.buffer, within.byteOffset + 98, 64);
    expect(nodeBallotCrypto.signatureIsValid(key, message, part)).toBe(true);
  });
});

describe('a token', () => {
  it('counts only with the salt and the padding of RFC 9474, under a key that can be read', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64url');
    const message = Buffer.from('prepared');
    const PSS = 6;
    const token = (saltLength: number, padding = PSS): Buffer =>
      sign('sha384', message, { key: privateKey, padding, saltLength });
    expect(nodeBallotCrypto.tokenIsValid(key, message, token(48))).toBe(true);
    expect(nodeBallotCrypto.tokenIsValid(key, message, token(0))).toBe(false);
    expect(nodeBallotCrypto.tokenIsValid(key, message, token(32))).toBe(false);
    const pkcs1 = sign('sha384', message, privateKey);
    expect(nodeBallotCrypto.tokenIsValid(key, message, pkcs1)).toBe(false);
    expect(nodeBallotCrypto.tokenIsValid('AAAA', message, token(48))).toBe(false);
    expect(nodeBallotCrypto.tokenIsValid(key, message, Buffer.alloc(256))).toBe(false);
  });
});
