import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from './csv';

const FORMULAS = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\tx',
  '\rx',
  '=cmd|"/c calc"!A1',
  '=HYPERLINK("x")',
];

describe('a line of CSV', () => {
  it('keeps quotes, commas and line breaks inside their cell', () => {
    expect(csvLine(['a', 'b "c", d', 'e\nf'])).toBe('"a","b ""c"", d","e\nf"\r\n');
  });

  it.each(FORMULAS)('T18: is never a formula: %j', (cell) => {
    expect(csvLine([cell])).toBe(`"'${cell.replaceAll('"', '""')}"\r\n`);
  });

  it('T18: whatever is written in it is read back as it was, but for the apostrophe before a formula', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc
        .tuple(fc.constantFrom('=', '+', '-', '@', '\t', '\r'), fc.string())
        .map(([sign, rest]) => sign + rest),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
        const [read] = parse(csvLine(cells), { record_delimiter: '\r\n' });
        expect(read).toHaveLength(cells.length);
        for (const [at, text] of cells.entries()) {
          const isFormula = /^[=+\-@\t\r]/.test(text);
          expect(read?.[at]).toBe(isFormula ? `'${text}` : text);
          expect(read?.[at]).not.toMatch(/^[=+\-@\t\r]/);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
