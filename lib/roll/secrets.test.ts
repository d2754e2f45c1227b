import { createCipheriv, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openText, personKeys, sealText } from './person-crypto';
import { hashCode, hashDni, hashToken, newCode, openPhone, sealPhone } from './secrets';

const KEY = 'k'.repeat(32);
const OTHER = 'o'.repeat(32);
const RING = personKeys(KEY);
const ringKey = (id: string, byte: number) =>
  `${id}:${Buffer.alloc(32, byte).toString('base64url')}`;

describe('the secrets of the roll', () => {
  it('the same DNI hashes the same under one key and differently under another', () => {
    expect(hashDni(KEY, '12345678')).toEqual(hashDni(KEY, '12345678'));
    expect(hashDni(KEY, '12345678')).not.toEqual(hashDni(OTHER, '12345678'));
    expect(hashDni(KEY, '12345678')).toHaveLength(32);
  });

  it('a sealed phone opens under its key only, and never looks the same twice', () => {
    const sealed = sealPhone(RING, '964123456');
    expect(openPhone(RING, sealed)).toBe('964123456');
    expect(sealPhone(RING, '964123456')).not.toEqual(sealed);
    expect(() => openPhone(personKeys(OTHER), sealed)).toThrow();
  });

  it('a sealed phone with one flipped bit does not open', () => {
    for (let at = 0; at < sealPhone(RING, '964123456').length; at += 1) {
      const sealed = sealPhone(RING, '964123456');
      sealed[at] = (sealed[at] ?? 0) ^ 1;
      expect(() => openPhone(RING, sealed)).toThrow();
    }
  });

  it('after a rotation the new key seals, and what the old ones sealed still opens', () => {
    const before = personKeys(KEY, ringKey('2026', 1));
    const after = personKeys(KEY, `${ringKey('2027', 2)} ${ringKey('2026', 1)}`);
    const without = personKeys(KEY, ringKey('2027', 2));
    const old = sealText(before, 'name', 'Juana Ñahui');
    expect(openText(after, 'name', old)).toBe('Juana Ñahui');
    expect(openText(after, 'phone', sealPhone(RING, '964123456'))).toBe('964123456');
    expect(openText(without, 'name', sealText(after, 'name', 'Juana'))).toBe('Juana');
    expect(() => openText(without, 'name', old)).toThrow();
  });

  it('a name never opens as a phone', () => {
    expect(() => openPhone(RING, sealText(RING, 'name', '964123456'))).toThrow();
  });

  it('a phone that was sealed before there was a ring still opens', () => {
    const key = createHmac('sha256', KEY).update('minka/phone/v1').digest();
    for (const first of [0, 1, 77]) {
      const nonce = Buffer.alloc(12, first);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update('964123456'), cipher.final()]);
      const sealed = Buffer.concat([nonce, body, cipher.getAuthTag()]);
      expect(openPhone(personKeys(KEY, ringKey('2026', 1)), sealed)).toBe('964123456');
    }
  });

  it.each(['x', 'a:b', `A:${'x'.repeat(43)}`, `${ringKey('a', 1)} ${ringKey('a', 2)}`])(
    'what is no ring of keys is refused: %s',
    (ring) => {
      expect(() => personKeys(KEY, ring)).toThrow();
    },
  );

  it('a code is bound to its attempt', () => {
    const hash = hashCode(KEY, hashToken('one'), '123456');
    expect(hashCode(KEY, hashToken('one'), '123456')).toEqual(hash);
    expect(hashCode(KEY, hashToken('two'), '123456')).not.toEqual(hash);
    expect(hashCode(KEY, hashToken('one'), '123457')).not.toEqual(hash);
  });

  it('codes are six digits and spread over the whole range', () => {
    const codes = Array.from({ length: 2000 }, newCode);
    expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
    expect(new Set(codes.map((code) => code.charAt(0))).size).toBe(10);
  });
});
