import { describe, expect, it } from 'vitest';
import { isIdLike, pageOf } from './page-number';

describe('the page of a list', () => {
  it.each([
    [{ pagina: '3' }, 3],
    [{}, 1],
    [{ pagina: '0' }, 1],
    [{ pagina: '-2' }, 1],
    [{ pagina: '2.5' }, 1],
    [{ pagina: 'dos' }, 1],
    [{ pagina: ['2', '3'] }, 1],
    [{ pagina: '999999' }, 1],
  ])('of %j is %i', (params, page) => {
    expect(pageOf(params)).toBe(page);
  });
});

describe('an id in an address', () => {
  it.each(['pp2027-votacion', 'INS-2-M1', '2027-014'])('may be %s', (id) => {
    expect(isIdLike(id)).toBe(true);
  });
  it.each(['', '-x', 'a\0b', '../x', 'a b', 'é', 'x'.repeat(81)])('is never %j', (id) => {
    expect(isIdLike(id)).toBe(false);
  });
});
