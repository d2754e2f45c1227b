import { describe, expect, it } from 'vitest';
import { contestsFor, manifestHash, parseManifest } from './manifest';
import type { AllocateContest, RankContest } from './manifest';
import { manifestFixture } from './manifest.fixture';

const withRule = (rule: object) => {
  const [rank, province] = manifestFixture().contests;
  return manifestFixture({
    contests: [rank!, { ...(province as AllocateContest), rule: rule as AllocateContest['rule'] }],
  });
};
const greedy = { kind: 'greedy', utility: 'cost', ties: ['project-id'] };

describe('manifest', () => {
  it('carries ceilings, conflicts and what happens to the rest', () => {
    const rule = {
      ...greedy,
      leftover: 'partial',
      ceilings: { categories: { SOC: '5000000' } },
      conflicts: [['2027-001', '2027-002']],
    };
    const manifest = withRule(rule);
    expect(parseManifest(JSON.stringify(manifest))).toEqual({ ok: true, value: manifest });
  });

  it('limits the picks of an allocation, or was frozen before there was a limit', () => {
    const [rank, province] = manifestFixture().contests as [RankContest, AllocateContest];
    const limited = (maxPicks: unknown) =>
      parseManifest(
        JSON.stringify({ ...manifestFixture(), contests: [rank, { ...province, maxPicks }] }),
      );
    expect(limited(2)).toMatchObject({ ok: true, value: { contests: [{}, { maxPicks: 2 }] } });
    // JSON leaves it out: an older manifest.
    expect(limited(undefined)).toMatchObject({ ok: true });
    for (const wrong of [0, 1.5, 101, '2', null])
      expect(limited(wrong)).toMatchObject({ ok: false });
    const contests = [{ ...rank, maxPicks: 2 } as RankContest];
    expect(parseManifest(JSON.stringify(manifestFixture({ contests })))).toMatchObject({
      ok: false,
    });
  });

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
    [
      'a conflict with an unknown proposal',
      withRule({ ...greedy, conflicts: [['2027-001', 'x']] }),
    ],
    ['a conflict with itself alone', withRule({ ...greedy, conflicts: [['2027-001']] })],
    [
      'a ceiling that is no amount',
      withRule({ ...greedy, ceilings: { categories: { SOC: '1/2' } } }),
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
