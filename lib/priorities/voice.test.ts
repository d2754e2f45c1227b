import { DIMENSION_IDS } from '@/lib/plan/types';
import { byDimension } from '@/lib/results/types';
import type { ByDimension } from '@/lib/results/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, fromExact, ONE, total } from './ratio';
import { DEFAULT_RULE } from './types';
import type { GroupVotes } from './types';
import { voiceOfProvince } from './voice';

const votes = (SOC: number, ECO: number, AMB: number, INS: number): ByDimension<number> => ({
  SOC,
  ECO,
  AMB,
  INS,
});

function group(id: string, changes: Partial<GroupVotes> = {}): GroupVotes {
  return {
    id,
    name: id,
    districts: [id],
    population: 1000,
    need: 100_000,
    ballots: 100,
    votes: votes(40, 30, 20, 10),
    ...changes,
  };
}

function voiceOf(groups: readonly GroupVotes[]) {
  const result = voiceOfProvince(groups, DEFAULT_RULE);
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

const anyGroup = (id: string) =>
  fc
    .record({
      population: fc.integer({ min: 1, max: 200_000 }),
      povertyTenths: fc.integer({ min: 0, max: 1000 }),
      ballots: fc.integer({ min: 0, max: 5000 }),
      shares: fc.tuple(fc.nat(9999), fc.nat(9999), fc.nat(9999), fc.nat(9999)),
    })
    .map(({ population, povertyTenths, ballots, shares }) =>
      group(id, {
        population,
        need: population * povertyTenths,
        ballots,
        votes: ballots === 0 ? votes(0, 0, 0, 0) : votes(...shares),
      }),
    );
const anyGroups = fc
  .integer({ min: 1, max: 6 })
  .chain((count) =>
    fc.tuple(...Array.from({ length: count }, (_, at) => anyGroup(`g${at.toString()}`))),
  )
  .filter((groups) => groups.some((each) => DIMENSION_IDS.some((code) => each.votes[code] > 0)));

describe('the voice of the province', () => {
  it('weighs each district by half its population and half its need', () => {
    // Rich: 3 000 people at 10 %; poor: 1 000 at 30 %. Population 3/4 and 1/4, need 1/2 and 1/2.
    const voice = voiceOf([
      group('rich', { population: 3000, need: 300_000, votes: votes(100, 0, 0, 0) }),
      group('poor', { population: 1000, need: 300_000, votes: votes(0, 100, 0, 0) }),
    ]);
    expect(voice.groups.map((each) => each.weight)).toEqual(['5/8', '3/8']);
    expect(voice.voice).toEqual({ SOC: '5/8', ECO: '3/8', AMB: '0', INS: '0' });
  });

  it('does not count a district for more because more of its people voted', () => {
    const quiet = group('quiet', { ballots: 30, votes: votes(0, 30, 0, 0) });
    const loud = group('loud', { ballots: 900, votes: votes(900, 0, 0, 0) });
    expect(voiceOf([quiet, loud]).voice).toMatchObject({ SOC: '1/2', ECO: '1/2' });
  });

  it('draws a district with fewer than thirty ballots towards the province and keeps its raw count', () => {
    const few = group('few', { ballots: 10, votes: votes(0, 10, 0, 0) });
    const many = group('many', { ballots: 90, votes: votes(90, 0, 0, 0) });
    const [first] = voiceOf([few, many]).groups;
    // v_province(ECO) = 10/100; (10·1 + 30·1/10) ÷ 40 = 13/40
    expect(first?.voice.ECO).toBe('13/40');
    expect(first?.share?.ECO).toBe('1');
    expect(first).toMatchObject({ ballots: 10, votes: { ECO: 10 }, fewBallots: true });
  });

  it('takes thirty ballots at their word', () => {
    const exactly = group('thirty', { ballots: 30, votes: votes(0, 30, 0, 0) });
    const [first] = voiceOf([exactly, group('other')]).groups;
    expect(first?.voice.ECO).toBe('1');
  });

  it('lets a district without a ballot speak with the voice of the province', () => {
    const silent = group('silent', { ballots: 0, votes: votes(0, 0, 0, 0) });
    const voice = voiceOf([silent, group('other')]);
    expect(voice.groups[0]?.share).toBeNull();
    expect(voice.groups[0]?.voice).toEqual(voice.province.share);
  });

  it('is refused when nobody asked for anything', () => {
    const blank = group('blank', { votes: votes(0, 0, 0, 0) });
    expect(voiceOfProvince([blank], DEFAULT_RULE)).toEqual({ ok: false, reason: 'nothing-asked' });
  });

  it('adds up to one, and so do the weights of the districts', () => {
    fc.assert(
      fc.property(anyGroups, (groups) => {
        const voice = voiceOf(groups);
        expect(compare(total(Object.values(voice.voice).map(fromExact)), ONE)).toBe(0);
        expect(compare(total(voice.groups.map((each) => fromExact(each.weight))), ONE)).toBe(0);
        for (const each of voice.groups) {
          expect(compare(total(Object.values(each.voice).map(fromExact)), ONE)).toBe(0);
        }
      }),
    );
  });

  it('does not depend on the order of the districts', () => {
    fc.assert(
      fc.property(anyGroups, (groups) => {
        expect(voiceOf([...groups].reverse()).voice).toEqual(voiceOf(groups).voice);
      }),
    );
  });

  it('follows the dimensions when they change places', () => {
    fc.assert(
      fc.property(anyGroups, (groups) => {
        const turned = groups.map((each) => ({
          ...each,
          votes: votes(each.votes.INS, each.votes.SOC, each.votes.ECO, each.votes.AMB),
        }));
        const { SOC, ECO, AMB, INS } = voiceOf(groups).voice;
        expect(voiceOf(turned).voice).toEqual({ SOC: INS, ECO: SOC, AMB: ECO, INS: AMB });
      }),
    );
  });

  it('never hears a dimension less because a district moves votes to it', () => {
    fc.assert(
      fc.property(anyGroups, (groups) => {
        const moved = groups.map((each) => ({
          ...each,
          votes: byDimension((code) =>
            code === 'SOC'
              ? each.votes.SOC + each.votes.ECO
              : code === 'ECO'
                ? 0
                : each.votes[code],
          ),
        }));
        const before = fromExact(voiceOf(groups).voice.SOC);
        const after = fromExact(voiceOf(moved).voice.SOC);
        expect(compare(after, before)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
