import { describe, expect, it } from 'vitest';
import { buildManifest, type ManifestParts } from './build-manifest';
import { parseManifest, type AllocateContest } from './manifest';
import { manifestFixture } from './manifest.fixture';

const fixture = manifestFixture();
const province = fixture.contests[1] as AllocateContest;
const both = { es: 'x', en: 'x' };

function built(maxPicks: number | null): AllocateContest {
  const parts: ManifestParts = {
    round: {
      id: fixture.round,
      state: 'opening',
      nameEs: 'Votación',
      nameEn: 'Vote',
      opensAt: new Date(fixture.opensAt),
      closesAt: new Date(fixture.closesAt),
      livePolicy: 'at-close',
      minGroup: 20,
      lotSeed: 'seed',
      manifest: null,
      manifestHash: null,
      cycleId: fixture.cycle,
      fiscalYear: fixture.fiscalYear,
      isDemo: 1,
    },
    municipality: fixture.municipality,
    groups: fixture.groups,
    contests: [
      {
        contest: {
          id: province.id,
          kind: 'allocate',
          rule: { ...province.rule },
          maxPicks,
          envelopeId: 'pp2027-province',
          scope: 'province',
          districtCode: null,
          districtName: null,
          amountCents: province.envelopeCents,
        },
        rows: [],
        proposals: province.proposals,
      },
    ],
    titles: { rank: both, province: both, district: () => both },
    lotSeed: 'seed',
    recordKey: fixture.recordKey,
    orderKey: fixture.orderKey,
    witnesses: [],
    engine: fixture.engine,
    software: fixture.software,
  };
  const parsed = parseManifest(buildManifest(parts));
  if (!parsed.ok) throw new Error((parsed.problems ?? []).join());
  return parsed.value.contests[0] as AllocateContest;
}

describe('the manifest of a round', () => {
  it('freezes how many proposals a ballot may mark, and never more than there are', () => {
    expect(province.proposals).toHaveLength(3);
    expect(built(2).maxPicks).toBe(2);
    expect(built(10).maxPicks).toBe(3);
  });

  it('says nothing about it for a round that was prepared without', () => {
    expect(built(null)).not.toHaveProperty('maxPicks');
  });
});
