import { describe, expect, it } from 'vitest';
import { formatTableKey, isTableKey, isTurn, newTableKey, readTableKey, turnOf } from './table-key';

describe('the key of a table', () => {
  it('is 75 bits of chance that nobody chose, in four groups of four', () => {
    const keys = Array.from({ length: 300 }, newTableKey);
    expect(new Set(keys).size).toBe(300);
    for (const key of keys) {
      expect(formatTableKey(key)).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
      expect(isTableKey(key)).toBe(true);
    }
    // Every one of the 15 places takes every one of the 32 characters.
    const many = Array.from({ length: 3000 }, newTableKey);
    for (let place = 0; place < 15; place += 1) {
      expect(new Set(many.map((key) => key[place])).size).toBe(32);
    }
  });

  it('is read however it is typed', () => {
    const key = newTableKey();
    const typed = formatTableKey(key).toLowerCase().replaceAll('0', 'o').replaceAll('-', ' ');
    expect(readTableKey(` ${typed} `)).toBe(key);
  });

  it('leaves the numbers of earlier tablets as they are', () => {
    for (const number of ['246810', '012345678901', '1111111111']) {
      expect(readTableKey(` ${number}`)).toBe(number);
      expect(turnOf(number)).toBe(number);
    }
  });

  it('is handed back with its last four characters and no others', () => {
    const key = newTableKey();
    expect(turnOf(key)).toBe(key.slice(12));
    expect(isTurn(` ${key.slice(12, 14).toLowerCase()} ${key.slice(14)}`, turnOf(key))).toBe(true);
    expect(isTurn(key.slice(8, 12), turnOf('0000000000000000'))).toBe(key.slice(8, 12) === '0000');
    expect(isTurn('', turnOf(key))).toBe(false);
  });
});
