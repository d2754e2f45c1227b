import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { sha256Hex } from './sha256';
import { compareCodePoints, drawLot, parseTieRule, tieBreaker } from './ties';
import type { Project } from './types';

// Properties are tried hundreds of times, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 180_000 });

const project = (id: string, cost: bigint): Project => ({
  id,
  cost,
  district: null,
  categories: [],
});

describe('the lot', () => {
  it('uses the same SHA-256 as everybody else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(sha256Hex(text)).toBe(createHash('sha256').update(text, 'utf8').digest('hex'));
      }),
    );
  });

  it('is the order anyone can redraw from the published seed', () => {
    const ticket = (id: string): string =>
      createHash('sha256').update(`minka-lot-v1:acta-12:${id}`).digest('hex');
    const ids = ['10', '9', 'ñ', 'BO.D15.1/24'];
    const expected = [...ids].sort((a, b) => (ticket(a) < ticket(b) ? -1 : 1));
    expect(drawLot('acta-12', ids)).toEqual(expected);
    expect(drawLot('acta-12', [...ids].reverse())).toEqual(expected);
  });
});

describe('a tie rule', () => {
  it.each([
    ['file-order', ['file-order']],
    ['project-id', ['project-id']],
    ['min-cost,max-votes,lot:a,b', ['min-cost', 'max-votes', 'lot:a,b']],
    ['lot:x', ['lot:x']],
    ['lot:a,b', ['lot:a,b']],
  ])('is read from %s', (text, rule) => {
    expect(parseTieRule(text)).toEqual(rule);
  });

  it.each([
    '',
    'min-cost',
    'lot:',
    'min-cost,lot:',
    'file-order,lot:',
    'newest',
    'file-order,,lot:x',
  ])('is refused when it may leave a tie: %j', (text) => {
    expect(parseTieRule(text)).toBeNull();
  });

  it('tries its criteria in order and names the one that decided', () => {
    const projects = [project('b', 5n), project('a', 5n), project('c', 3n)];
    const breaker = tieBreaker(['min-cost', 'max-votes', 'project-id'], projects, [4, 4, 1]);
    expect(breaker.choose([0, 1, 2])).toEqual({ chosen: 2, decidedBy: 'min-cost' });
    expect(breaker.choose([0, 1])).toEqual({ chosen: 1, decidedBy: 'project-id' });
    const byVotes = tieBreaker(['min-cost', 'max-votes', 'file-order'], projects, [4, 9, 1]);
    expect(byVotes.choose([0, 1])).toEqual({ chosen: 1, decidedBy: 'max-votes' });
    expect(byVotes.compare(0, 0)).toBe(0);
  });

  it('draws its lot from the seed alone, without the word before it', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
    const projects = ids.map((id) => project(id, 1n));
    const breaker = tieBreaker(['lot:acta-12'], projects, []);
    const order = ids.map((_, i) => i).sort(breaker.compare);
    expect(order.map((i) => ids[i])).toEqual(drawLot('acta-12', ids));
    expect(drawLot('acta-12', ids)).not.toEqual(drawLot('lot:acta-12', ids));
  });

  it('must separate everything', () => {
    expect(() => tieBreaker(['min-cost'], [], [])).toThrow(/must end with/);
    expect(() => tieBreaker([], [], [])).toThrow(RangeError);
  });

  it('compares ids by code point, not as numbers and not as UTF-16', () => {
    expect(compareCodePoints('10', '9')).toBeLessThan(0);
    expect(compareCodePoints('\u{1F600}', '\uFFFD')).toBeGreaterThan(0);
    expect(compareCodePoints('ab', 'a')).toBeGreaterThan(0);
    expect(compareCodePoints('a', 'ab')).toBeLessThan(0);
    expect(compareCodePoints('a', 'a')).toBe(0);
  });
});
