import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from './bytes';

describe('base64url', () => {
  it('is what Node writes and reads, for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = toBase64Url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(Array.from(fromBase64Url(text) ?? [1])).toEqual(Array.from(bytes));
      }),
    );
  });

  it('has one text for the same bytes: any other is refused', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12, unit: 'binary-ascii' }), (text) => {
        const bytes = fromBase64Url(text);
        if (bytes !== null) expect(toBase64Url(bytes)).toBe(text);
      }),
    );
    for (const wrong of ['A', 'AB', 'AAB', 'AA==', 'A A', 'AA+/', 'AAñ', '\u{1F5F3}AA']) {
      expect(fromBase64Url(wrong)).toBeNull();
    }
  });
});
