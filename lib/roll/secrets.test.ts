import { describe, expect, it } from 'vitest';
import { hashCode, hashDni, hashToken, newCode, openPhone, sealPhone } from './secrets';

const KEY = 'k'.repeat(32);
const OTHER = 'o'.repeat(32);

describe('the secrets of the roll', () => {
  it('the same DNI hashes the same under one key and differently under another', () => {
    expect(hashDni(KEY, '12345678')).toEqual(hashDni(KEY, '12345678'));
    expect(hashDni(KEY, '12345678')).not.toEqual(hashDni(OTHER, '12345678'));
    expect(hashDni(KEY, '12345678')).toHaveLength(32);
  });

  it('a sealed phone opens under its key only, and never looks the same twice', () => {
    const sealed = sealPhone(KEY, '964123456');
    expect(openPhone(KEY, sealed)).toBe('964123456');
    expect(sealPhone(KEY, '964123456')).not.toEqual(sealed);
    expect(() => openPhone(OTHER, sealed)).toThrow();
  });

  it('a sealed phone with one flipped bit does not open', () => {
    for (let at = 0; at < sealPhone(KEY, '964123456').length; at += 1) {
      const sealed = sealPhone(KEY, '964123456');
      sealed[at] = (sealed[at] ?? 0) ^ 1;
      expect(() => openPhone(KEY, sealed)).toThrow();
    }
  });

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
