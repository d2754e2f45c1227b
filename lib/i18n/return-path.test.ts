import { describe, expect, it } from 'vitest';
import { pathToReturnTo } from './return-path';

describe('changing the language', () => {
  it('brings the reader back to the page with its filters', () => {
    expect(pathToReturnTo('http://minka.test/propuestas?dimension=SOC', 'minka.test')).toBe(
      '/propuestas?dimension=SOC',
    );
  });

  it.each([
    [null, 'minka.test'],
    ['http://minka.test/plan', null],
    ['no address', 'minka.test'],
    ['http://elsewhere.test/plan', 'minka.test'],
  ])('leads home when the page is unknown or not ours: %s', (referer, host) => {
    expect(pathToReturnTo(referer, host)).toBe('/');
  });

  it('never leads to another site through a doubled slash', () => {
    expect(pathToReturnTo('http://minka.test//elsewhere.test/x', 'minka.test')).toBe(
      '/elsewhere.test/x',
    );
  });
});
