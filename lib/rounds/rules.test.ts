import { describe, expect, it } from 'vitest';
import { DISTRICTS } from '@/db/seed/districts';
import { closingNeedsReason, formGroups, groupOfDistrict, mayBeAsked, phaseAt } from './rules';
import { FEWEST_IN_GROUP, type PlaceOnRoll, type RoundState } from './types';

const at = (hour: number) => new Date(Date.UTC(2027, 1, 3, hour));
const round = (state: RoundState) => ({ state, opensAt: at(8), closesAt: at(18) });

describe('the phase of a round', () => {
  it.each([
    ['draft', 12, 'draft'],
    ['opening', 12, 'draft'],
    ['open', 7, 'announced'],
    ['open', 8, 'voting'],
    ['open', 17, 'voting'],
    ['open', 18, 'counting'],
    ['closing', 12, 'counting'],
    ['closed', 12, 'counting'],
    ['tallying', 12, 'counting'],
    ['tallied', 19, 'tallied'],
    ['published', 19, 'published'],
  ] as const)('%s at %i o’clock is %s', (state, hour, phase) => {
    expect(phaseAt(round(state), at(hour))).toBe(phase);
  });

  it('closing before the announced hour needs a reason, at the hour it does not', () => {
    expect(closingNeedsReason(round('open'), at(17))).toBe(true);
    expect(closingNeedsReason(round('open'), at(18))).toBe(false);
  });

  it('each act is possible from its own states only', () => {
    expect(mayBeAsked('open', 'draft')).toBe(true);
    expect(mayBeAsked('open', 'open')).toBe(false);
    expect(mayBeAsked('close', 'draft')).toBe(false);
    expect(mayBeAsked('tally', 'open')).toBe(false);
    expect(mayBeAsked('publish', 'closed')).toBe(false);
  });
});

describe('district groups', () => {
  const place = (
    code: string,
    eligible: number,
    longitude: number,
    hasEnvelope = false,
  ): PlaceOnRoll => ({ code, name: `D${code}`, eligible, latitude: -12, longitude, hasEnvelope });

  it('a district with its own envelope is alone however small; a large one is alone too', () => {
    const groups = formGroups([place('1', 3, -75, true), place('2', 40, -75.1)]);
    expect(groups.map((group) => group.id)).toEqual(['1', '2']);
  });

  it('tiny districts join their nearest neighbours until each group has enough', () => {
    const groups = formGroups([
      place('1', 25, -75.0),
      place('2', 25, -75.01),
      place('3', 25, -76.0),
      place('4', 25, -76.01),
    ]);
    expect(groups).toEqual([
      { id: 'zona-1', name: 'D1, D2', districts: ['1', '2'], eligible: 50 },
      { id: 'zona-2', name: 'D3, D4', districts: ['3', '4'], eligible: 50 },
    ]);
  });

  it('the last tiny one without tiny neighbours joins a large district, never one with an envelope', () => {
    const groups = formGroups([
      place('1', 5, -75.0),
      place('2', 100, -75.01, true),
      place('3', 90, -75.5),
    ]);
    expect(groups.map((group) => [group.id, group.districts])).toEqual([
      ['2', ['2']],
      ['zona-1', ['1', '3']],
    ]);
  });

  it('with nobody to join, a tiny district still votes', () => {
    const groups = formGroups([place('1', 5, -75.0), place('2', 100, -75.01, true)]);
    expect(groupOfDistrict(groups, '1')?.eligible).toBe(5);
  });

  it('over the 28 districts: everybody is in exactly one group, every zone has enough, any order agrees', () => {
    const withEnvelope = new Set(['120101', '120114', '120107']);
    for (const factor of [1, 7, 30, 100]) {
      const places = DISTRICTS.map((district) => ({
        code: district.code,
        name: district.name,
        latitude: district.latitude,
        longitude: district.longitude,
        eligible: 2 + Math.floor(district.population / (factor * 100)),
        hasEnvelope: withEnvelope.has(district.code),
      }));
      const groups = formGroups(places);
      expect(groups.flatMap((group) => group.districts).sort()).toEqual(
        DISTRICTS.map((district) => district.code).sort(),
      );
      expect(groups.reduce((sum, group) => sum + group.eligible, 0)).toBe(
        places.reduce((sum, place) => sum + place.eligible, 0),
      );
      for (const group of groups.filter((one) => !withEnvelope.has(one.id))) {
        expect(group.eligible).toBeGreaterThanOrEqual(FEWEST_IN_GROUP);
      }
      expect(formGroups([...places].reverse())).toEqual(groups);
    }
  });
});
