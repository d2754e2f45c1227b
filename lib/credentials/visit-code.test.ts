import { describe, expect, it } from 'vitest';
import { visitCode } from './visit-code';

const SECRET = 's'.repeat(32);
const VISIT = '7b1f6a52-0000-4000-8000-000000000001';

describe('the code of a visit', () => {
  it('is six digits, the same each time it is shown', () => {
    for (let turn = 1; turn <= 200; turn += 1) {
      expect(visitCode(SECRET, VISIT, turn)).toMatch(/^\d{6}$/);
    }
    expect(visitCode(SECRET, VISIT, 1)).toBe(visitCode(SECRET, VISIT, 1));
  });

  it('is another for another turn, visit or secret', () => {
    const code = visitCode(SECRET, VISIT, 1);
    expect(visitCode(SECRET, VISIT, 2)).not.toBe(code);
    expect(visitCode(SECRET, VISIT.replace(/1$/, '2'), 1)).not.toBe(code);
    expect(visitCode('t'.repeat(32), VISIT, 1)).not.toBe(code);
  });
});
