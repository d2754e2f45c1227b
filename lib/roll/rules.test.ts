import { describe, expect, it } from 'vitest';
import { normaliseCode, normaliseDni, normalisePhone } from './rules';

describe('what people type', () => {
  it.each(['12345678', '12.345.678', '1234 5678', ' 12-345-678 ', '12\u00a0345\u2011678'])(
    'reads %j as the DNI 12345678',
    (typed) => {
      expect(normaliseDni(typed)).toBe('12345678');
    },
  );

  it.each(['', '1234567', '123456789', '1234567a', '１２３４５６７８', '12345678\u0000'])(
    'refuses %j as a DNI',
    (typed) => {
      expect(normaliseDni(typed)).toBeNull();
    },
  );

  it('reads a code with a space in the middle, and keeps its leading zeros', () => {
    expect(normaliseCode(' 004 512 ')).toBe('004512');
    expect(normaliseCode('4512')).toBeNull();
    expect(normaliseCode('0045123')).toBeNull();
  });

  it('reads a mobile number with or without the country in front', () => {
    expect(normalisePhone('964 123 456')).toBe('964123456');
    expect(normalisePhone('+51 964-123-456')).toBe('964123456');
    expect(normalisePhone('064 234567')).toBeNull();
  });
});
