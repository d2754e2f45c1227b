import { describe, expect, it } from 'vitest';
import { DISTRICTS } from '@/db/seed/districts';
import { DIMENSION_IDS } from '@/lib/plan/types';
import { countedFixture } from '@/lib/results/count.fixture';
import { throughGate } from '@/lib/results/gate';
import { byDimension } from '@/lib/results/types';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import { priorityDocument, priorityDocumentHash } from './document';
import { drawUpPriorities } from './draw-up';
import { sumBp } from './envelopes';
import { fromExact, over, plus, ratio, times, toExact, total } from './ratio';
import { DEFAULT_RULE } from './types';
import { viewFixture } from './view.fixture';

const drawn = (ballots: Readonly<Record<string, number>>, manifest = manifestFixture()) =>
  drawUpPriorities({
    result: throughGate(countedFixture({ manifest, ballots })),
    resultVersion: 1,
    nextCycle: 'pp2028',
    districts: DISTRICTS,
    current: byDimension(() => 2_500),
    rule: DEFAULT_RULE,
  });

describe('priorities drawn up from a result', () => {
  it('can be done again by hand from what the document prints', () => {
    const { document } = viewFixture();
    const { voice, weights, rule } = document;
    for (const code of DIMENSION_IDS) {
      const heard = total(
        voice.groups.map((group) => times(fromExact(group.weight), fromExact(group.voice[code]))),
      );
      expect(toExact(heard)).toBe(voice.voice[code]);
      const half = ratio(rule.alphaBp, 10_000);
      const blended = plus(
        times(half, ratio(weights.current[code], 10_000)),
        times(half, fromExact(voice.voice[code])),
      );
      expect(toExact(blended)).toBe(weights.blended[code]);
    }
    for (const group of voice.groups.filter((each) => !each.fewBallots)) {
      const all = DIMENSION_IDS.reduce((sum, code) => sum + group.votes[code], 0);
      expect(group.voice.SOC).toBe(toExact(over(ratio(group.votes.SOC), ratio(all))));
    }
    expect(sumBp(weights.weightsBp)).toBe(10_000);
  });

  it('counts groups that may not be shown together, with all their people', () => {
    const manifest = manifestFixture({
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
          districts: ['120104'],
          eligible: 50,
          key: 'AC',
          rollRoot: '0'.repeat(64),
        },
      ],
    });
    const result = drawn({ 120101: 40, 120114: 30, 'zona-1': 1 }, manifest);
    if (!result.ok) throw new Error(result.reason);
    const people = (...codes: string[]) =>
      DISTRICTS.filter(({ code }) => codes.includes(code)).reduce(
        (sum, { population }) => sum + population,
        0,
      );
    expect(result.value.voice.groups).toMatchObject([
      { id: '120101', population: people('120101') },
      { id: 'pooled', ballots: 31, population: people('120114', '120104') },
    ]);
  });

  it('measures soles where the round ranked nothing', () => {
    const base = manifestFixture();
    const manifest = manifestFixture({
      contests: base.contests.filter(({ kind }) => kind === 'allocate'),
    });
    const result = drawn({ 120101: 40, 'zona-1': 12 }, manifest);
    expect(result).toMatchObject({ ok: true, value: { measure: 'cents-assigned' } });
  });

  it('are none when so few voted that nothing may be shown', () => {
    expect(drawn({ 120101: 1 })).toEqual({ ok: false, reason: 'nothing-asked' });
  });

  it('are a document that its own shape accepts, with a hash that its keys’ order does not change', () => {
    const { document } = viewFixture();
    const read = priorityDocument.parse(JSON.parse(JSON.stringify(document)));
    expect(read).toEqual(document);
    const turned = Object.fromEntries(Object.entries(read).reverse()) as typeof read;
    expect(priorityDocumentHash(turned)).toBe(priorityDocumentHash(document));
    expect(priorityDocumentHash({ ...read, resultVersion: 2 })).not.toBe(
      priorityDocumentHash(document),
    );
  });
});
