import { describe, expect, it } from 'vitest';
import { csvLine } from './csv';

describe('a line of CSV', () => {
  it('keeps quotes, commas and line breaks inside their cell', () => {
    expect(csvLine(['a', 'b "c", d', 'e\nf'])).toBe('"a","b ""c"", d","e\nf"\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('is never a formula: %j', (cell) => {
    expect(csvLine([cell])).toBe(`"'${cell}"\r\n`);
  });
});
