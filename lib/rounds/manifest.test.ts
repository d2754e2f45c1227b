import { describe, expect, it } from 'vitest';
import { contestsFor, manifestHash, parseManifest } from './manifest';
import { manifestFixture } from './manifest.fixture';

describe('manifest', () => {
  it('is read back from its exact text as it was written', () => {
    const text = JSON.stringify(manifestFixture());
    expect(parseManifest(text)).toEqual({ ok: true, value: manifestFixture() });
  });

  it.each([
    ['a field nobody declared', { ...manifestFixture(), extra: 1 }],
    [
      'two groups with one id',
      { ...manifestFixture(), groups: [1, 2].map(() => manifestFixture().groups[0]) },
    ],
    ['closing before opening', manifestFixture({ closesAt: '2020-01-01T00:00:00.000Z' })],
    [
      'a contest for a group that does not exist',
      manifestFixture({ groups: [manifestFixture().groups[1]!] }),
    ],
  ])('is refused with %s', (_, broken) => {
    expect(parseManifest(JSON.stringify(broken))).toMatchObject({ ok: false });
  });

  it('gives each group its own contests, in the order of the manifest', () => {
    const ids = (group: string) => contestsFor(manifestFixture(), group).map((each) => each.id);
    expect(ids('120101')).toEqual(['prioridades', 'fondo-provincia', 'fondo-120101']);
    expect(ids('zona-1')).toEqual(['prioridades', 'fondo-provincia']);
  });

  it('has the base64url SHA-256 of its exact bytes as its hash', async () => {
    // FIPS 180-4 example: SHA-256("abc").
    expect(await manifestHash('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  });
});
