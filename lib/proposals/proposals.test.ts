import { describe, expect, it } from 'vitest';
import { addressOf, filtersOf } from './input';
import { likePattern, shareTenths } from './rules';

const nothing = { cycleId: null, dimension: null, envelopeId: null, state: null, words: null };

describe('the filters of the list of proposals', () => {
  it('survive the way into an address and back', () => {
    const filters = {
      cycleId: 'pp2027',
      dimension: 'SOC',
      envelopeId: 'pp2027-120114',
      state: 'eligible',
      words: 'agua & riego',
    } as const;
    const address = new URL(addressOf(filters, 3), 'http://minka.test');
    expect(filtersOf(Object.fromEntries(address.searchParams))).toEqual({ ...filters, page: 3 });
  });

  it('leave a clean address when there are none', () => {
    expect(addressOf(nothing)).toBe('/propuestas');
  });

  it.each([
    [{ pagina: '0' }],
    [{ pagina: '-1' }],
    [{ pagina: '1.5' }],
    [{ pagina: 'dos' }],
    [{ pagina: '1e99' }],
    [{ estado: 'withdrawn' }],
    [{ estado: 'nothing we know' }],
    [{ buscar: '   ' }],
    [{ buscar: 'a\0b' }],
  ])('that are not understood narrow nothing: %j', (params) => {
    expect(filtersOf(params)).toEqual({ ...nothing, page: 1 });
  });

  it('take the first of a repeated name', () => {
    expect(filtersOf({ dimension: ['SOC', 'ECO'] }).dimension).toBe('SOC');
  });
});

describe('a search', () => {
  it('for a sign that LIKE knows looks for the sign itself', () => {
    expect(likePattern('100% _agua\\')).toBe('%100\\% \\_agua\\\\%');
  });
});

describe('the share of the envelope', () => {
  it.each([
    [250_00, 1000_00, 250],
    [1, 3, 333],
    [2000_00, 1000_00, 2000],
    [100, 0, 0],
  ])('of %d in %d is %d tenths of a per cent', (cost, envelope, tenths) => {
    expect(shareTenths(cost, envelope)).toBe(tenths);
  });
});
