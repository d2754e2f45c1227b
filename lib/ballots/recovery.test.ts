import { createECDH, generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url, toHex } from '@/lib/shared/bytes';
import { checkBallot } from './check';
import { beginCredential, finishCredential } from './credential';
import { bytesOf, integerOf, inverseOf, power } from './integers';
import { nodeBallotCrypto } from './node-crypto';
import { P256_ORDER, p256Public } from './p256';
import { recoverableCredential } from './recovery';
import { formatRecoveryCode, newRecoveryCode, readRecoveryCode } from './recovery-code';
import { ballotFixture, blindSign, roundFixture, type RoundFixture } from './voter.fixture';

describe('a recovery code', () => {
  it('is 24 characters of chance and a check, in five groups of five', () => {
    const codes = Array.from({ length: 200 }, newRecoveryCode);
    expect(new Set(codes).size).toBe(200);
    for (const code of codes) {
      expect(formatRecoveryCode(code)).toMatch(
        /^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/,
      );
      expect(readRecoveryCode(formatRecoveryCode(code).toLowerCase().replaceAll('-', ' '))).toBe(
        code,
      );
    }
  });

  it('is refused with any one character wrong, or two neighbours swapped', () => {
    const code = newRecoveryCode();
    for (let at = 0; at < code.length; at += 1) {
      const other = code[at] === '7' ? '8' : '7';
      expect(readRecoveryCode(code.slice(0, at) + other + code.slice(at + 1))).toBeNull();
      const [a, b] = [code[at], code[at + 1]];
      if (b === undefined || a === b) continue;
      expect(readRecoveryCode(code.slice(0, at) + b + a! + code.slice(at + 2))).toBeNull();
    }
    expect(readRecoveryCode(code.slice(1))).toBeNull();
  });
});

describe('the public point of a private scalar', () => {
  it('is what OpenSSL computes, also at the ends of the range', () => {
    const some = Array.from({ length: 20 }, () =>
      integerOf(createECDH('prime256v1').generateKeys().subarray(1, 33)),
    ).map((value) => (value % (P256_ORDER - 1n)) + 1n);
    for (const scalar of [1n, 2n, 3n, P256_ORDER - 2n, P256_ORDER - 1n, ...some]) {
      const oracle = createECDH('prime256v1');
      oracle.setPrivateKey(Buffer.from(bytesOf(scalar, 32)));
      const { x, y } = p256Public(scalar);
      expect(`04${toHex(x)}${toHex(y)}`).toBe(oracle.getPublicKey('hex'));
    }
  });

  it('exists for no scalar outside of the range', () => {
    for (const scalar of [-1n, 0n, P256_ORDER, P256_ORDER + 1n]) {
      expect(() => p256Public(scalar)).toThrow(RangeError);
    }
  });
});

describe('integers', () => {
  it('keep leading zeros, refuse what does not fit, and invert only what can be inverted', () => {
    expect(bytesOf(258n, 4)).toEqual(Uint8Array.of(0, 0, 1, 2));
    expect(integerOf(Uint8Array.of(0, 0, 1, 2))).toBe(258n);
    expect(integerOf(new Uint8Array())).toBe(0n);
    expect(() => bytesOf(65536n, 2)).toThrow(RangeError);
    expect(() => bytesOf(-1n, 2)).toThrow(RangeError);
    expect(power(3n, 200n, 13n)).toBe(3n ** 200n % 13n);
    expect(inverseOf(6n, 9n)).toBeNull();
    expect(inverseOf(-2n, 7n)).toBe(3n);
  });
});

describe('a credential with a recovery code', () => {
  let round: RoundFixture;
  beforeAll(async () => {
    round = await roundFixture();
  });
  const restore = (code: string, group = '120101') =>
    recoverableCredential(
      code,
      round.manifest.round,
      group,
      round.manifest.groups.find(({ id }) => id === group)!.key,
    );

  it('is the same on another phone, and its stored signature gives a ballot that counts', async () => {
    const code = newRecoveryCode();
    const lost = await restore(code);
    const stored = blindSign(round.issuerKeys.get('120101')!, fromBase64Url(lost.pending.blinded)!);
    const found = await restore(readRecoveryCode(formatRecoveryCode(code))!);
    expect(found.pending.blinded).toBe(lost.pending.blinded);
    expect(found.pending.spki).toBe(lost.pending.spki);
    expect(found.secret).toEqual(lost.secret);
    expect(found.pending.privateKey.extractable).toBe(false);

    const key = round.manifest.groups.find(({ id }) => id === '120101')!.key;
    const credential = await finishCredential(found.pending, toBase64Url(stored), key);
    if (!credential.ok) throw new Error(credential.reason);
    const ballot = await ballotFixture(round, credential.value, { secret: found.secret });
    expect(checkBallot(ballot.line, () => round, nodeBallotCrypto)).toMatchObject({ ok: true });
  });

  it('shares nothing with that of another code, of another group or of another round', async () => {
    const code = newRecoveryCode();
    const key = round.manifest.groups[0]!.key;
    const variants = await Promise.all([
      recoverableCredential(code, 'r1', 'g1', key),
      recoverableCredential(code, 'r1', 'g2', key),
      recoverableCredential(code, 'r2', 'g1', key),
      recoverableCredential(newRecoveryCode(), 'r1', 'g1', key),
    ]);
    const parts = variants.flatMap(({ pending, secret }) => [
      pending.spki,
      pending.blinded,
      pending.inverse,
      pending.prepared.slice(0, 40),
      toHex(secret),
    ]);
    expect(new Set(parts).size).toBe(parts.length);
  });
});

describe('unlinkability', () => {
  it('every issuance could have led to every token: a blinding factor explains each pair', async () => {
    // Real keys of 2048 bits; the issuer sees blinded values, the ballot box sees tokens.
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64url');
    const jwk = publicKey.export({ format: 'jwk' });
    const modulus = integerOf(fromBase64Url(jwk.n!)!);
    const exponent = integerOf(fromBase64Url(jwk.e!)!);
    const voters = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const pending = await beginCredential('r', 'g', spki);
        const signature = blindSign(privateKey, fromBase64Url(pending.blinded)!);
        const credential = await finishCredential(pending, toBase64Url(signature), spki);
        if (!credential.ok) throw new Error(credential.reason);
        return {
          blinded: integerOf(fromBase64Url(pending.blinded)!),
          answer: integerOf(signature),
          token: integerOf(fromBase64Url(credential.value.token)!),
        };
      }),
    );
    for (const { blinded, answer } of voters) {
      for (const { token } of voters) {
        // The factor under which this issuance would have unblinded to this token.
        const factor = (answer * inverseOf(token, modulus)!) % modulus;
        const inverse = inverseOf(factor, modulus);
        expect(inverse).not.toBeNull();
        // Blinding: the token's encoded message (token^e) times factor^e is what the issuer saw.
        const message = power(token, exponent, modulus);
        expect((message * power(factor, exponent, modulus)) % modulus).toBe(blinded);
        // Unblinding: the issuer's answer over the factor is the token.
        expect((answer * inverse!) % modulus).toBe(token);
      }
    }
  });
});
