import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dniCheck, scannedDni } from './dni-scan';

const dnis = fc.integer({ min: 0, max: 99_999_999 }).map((value) => String(value).padStart(8, '0'));

describe('a DNI at the desk', () => {
  it('is read as typed, with spaces and dots', () => {
    expect(scannedDni(' 17.801 146 ')).toBe('17801146');
    expect(scannedDni('1234567')).toBeNull();
    expect(scannedDni('')).toBeNull();
  });

  it('has the check characters that RENIEC prints', () => {
    expect(dniCheck('17801146')).toEqual({ digit: '0', letter: 'D' });
  });

  it('is read off a barcode with its check character, and never with another one', () => {
    fc.assert(
      fc.property(dnis, (dni) => {
        const { digit, letter } = dniCheck(dni);
        expect(scannedDni(`${dni}${digit}`)).toBe(dni);
        expect(scannedDni(`${dni}-${letter.toLowerCase()}`)).toBe(dni);
        for (const other of '0123456789ABCDEFGHIJK') {
          if (other !== digit && other !== letter) {
            expect(scannedDni(`${dni}${other}`)).toBeNull();
          }
        }
      }),
    );
  });

  it('is read off the machine-readable zone and off a record of several fields', () => {
    fc.assert(
      fc.property(dnis, (dni) => {
        expect(scannedDni(`I<PER${dni}<7<<<<<<<<<<<<<<<`)).toBe(dni);
        expect(scannedDni(`i;per${dni};7;;;;;;;;;;;;;;;`)).toBe(dni);
        expect(scannedDni(`@${dni}@QUISPE@MAMANI@ROSA@F@19800102X@`)).toBe(
          dni === '19800102' ? dni : null,
        );
        expect(scannedDni(`@${dni}@QUISPE@MAMANI@ROSA@F@02-01-1980@`)).toBe(dni);
      }),
    );
  });

  it('is not guessed from more digits than a DNI has', () => {
    expect(scannedDni('1234567890123')).toBeNull();
    expect(scannedDni('12345678 87654321')).toBeNull();
  });
});
