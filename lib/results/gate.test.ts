import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import { countedFixture } from './count.fixture';
import { hiddenGroups, throughGate, turnoutThroughGate } from './gate';

const anyGroups = fc
  .array(fc.nat(200), { minLength: 1, maxLength: 12 })
  .map((sizes) => sizes.map((ballots, at) => ({ id: `g${at.toString()}`, ballots })));
const K = 20;

describe('what stays hidden', () => {
  it('is nothing when every group has enough ballots or none at all', () => {
    expect(
      hiddenGroups(
        [
          { id: 'a', ballots: 20 },
          { id: 'b', ballots: 0 },
        ],
        K,
      ).size,
    ).toBe(0);
  });

  it('takes a second group along, so that a small one is not total minus the rest', () => {
    const groups = [
      { id: 'big', ballots: 300 },
      { id: 'middle', ballots: 45 },
      { id: 'small', ballots: 19 },
    ];
    expect([...hiddenGroups(groups, K)].sort()).toEqual(['middle', 'small']);
  });

  it('takes more along until k ballots hide together', () => {
    const groups = [
      { id: 'a', ballots: 3 },
      { id: 'b', ballots: 4 },
      { id: 'c', ballots: 90 },
      { id: 'd', ballots: 91 },
    ];
    expect([...hiddenGroups(groups, K)].sort()).toEqual(['a', 'b', 'c']);
  });

  it('never leaves a group under k in sight, nor a hidden one alone or known by subtraction', () => {
    fc.assert(
      fc.property(anyGroups, (groups) => {
        const hidden = hiddenGroups(groups, K);
        const voted = groups.filter((group) => group.ballots > 0);
        for (const group of voted) {
          if (group.ballots < K) expect(hidden.has(group.id)).toBe(true);
        }
        if (hidden.size === 0) return;
        const together = groups
          .filter((group) => hidden.has(group.id))
          .reduce((sum, group) => sum + group.ballots, 0);
        const all = voted.length === hidden.size;
        expect(all || (hidden.size >= 2 && together >= K)).toBe(true);
      }),
    );
  });

  it('does not depend on the order of the groups', () => {
    fc.assert(
      fc.property(anyGroups, (groups) => {
        expect([...hiddenGroups([...groups].reverse(), K)].sort()).toEqual(
          [...hiddenGroups(groups, K)].sort(),
        );
      }),
    );
  });
});

describe('a result through the gate', () => {
  const manifest = manifestFixture({
    minGroup: 3,
    groups: [
      {
        id: '120101',
        name: 'Huancayo',
        districts: ['120101'],
        eligible: 1000,
        key: 'AA',
        rollRoot: '0'.repeat(64),
      },
      {
        id: '120114',
        name: 'El Tambo',
        districts: ['120114'],
        eligible: 900,
        key: 'AB',
        rollRoot: '0'.repeat(64),
      },
      {
        id: 'zona-1',
        name: 'Zona 1',
        districts: ['120104', '120105'],
        eligible: 50,
        key: 'AC',
        rollRoot: '0'.repeat(64),
      },
    ],
  });

  it('shows turnout and nothing else before publication', () => {
    const document = countedFixture({ manifest, ballots: { 120101: 9, 120114: 5, 'zona-1': 4 } });
    expect(Object.keys(turnoutThroughGate(document)).sort()).toEqual([
      'ballots',
      'eligible',
      'groups',
    ]);
  });

  it('hides ballots and credentials of a small group and of the one that shields it', () => {
    const document = countedFixture({ manifest, ballots: { 120101: 9, 120114: 5, 'zona-1': 2 } });
    const { turnout } = throughGate(document);
    expect(turnout.ballots).toBe(16);
    expect(turnout.groups).toMatchObject([
      { id: '120101', ballots: 9, hidden: null },
      { id: '120114', ballots: null, issued: null, hidden: 'shield' },
      { id: 'zona-1', ballots: null, issued: null, hidden: 'few' },
    ]);
  });

  it('lets hidden groups speak together and adds up to the whole', () => {
    const document = countedFixture({ manifest, ballots: { 120101: 9, 120114: 5, 'zona-1': 2 } });
    const { voices } = throughGate(document);
    expect(voices.map((voice) => [voice.group, voice.members])).toEqual([
      ['120101', ['120101']],
      ['pooled', ['120114', 'zona-1']],
    ]);
    expect(voices[1]?.districts).toEqual(['120114', '120104', '120105']);
    const points = (from: readonly { ranked: { votes: { SOC: number } } }[]) =>
      from.reduce((sum, voice) => sum + voice.ranked.votes.SOC, 0);
    expect(points(voices)).toBe(points(document.voices));
  });

  it('keeps a district contest’s figures back when they would show a hidden group', () => {
    const document = countedFixture({ manifest, ballots: { 120101: 4, 120114: 9, 'zona-1': 1 } });
    const [ranking, province, district] = throughGate(document).contests;
    expect(ranking?.figures?.voters).toBe(14);
    expect(province?.figures?.voters).toBe(14);
    expect(district).toMatchObject({ id: 'fondo-120101', figures: null, result: null });
    expect(district).toHaveProperty('winners');
  });

  it('says no figure at all when the whole round is under k', () => {
    const document = countedFixture({ manifest, ballots: { 120101: 1, 120114: 1 } });
    const gated = throughGate(document);
    expect(gated.turnout.ballots).toBeNull();
    expect(gated.voices).toEqual([]);
    expect(gated.contests.every((contest) => contest.result === null)).toBe(true);
  });

  it('carries no raw figure of a hidden group anywhere in its JSON', () => {
    const document = countedFixture({ manifest, ballots: { 120101: 9, 120114: 5, 'zona-1': 2 } });
    const gated = throughGate(document);
    expect(gated).not.toHaveProperty('groups');
    expect(gated).not.toHaveProperty('ballots');
    expect(gated.voices.map((voice) => voice.group)).not.toContain('zona-1');
  });
});
