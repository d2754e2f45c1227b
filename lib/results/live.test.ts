import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import {
  barsFor,
  liveTurnout,
  mayRefresh,
  nextFigures,
  type GroupedChoices,
  type LiveFigures,
} from './live';
import { readSnapshot, writeSnapshot, type LiveSnapshot } from './snapshot';

const manifest = manifestFixture();
const K = manifest.minGroup;

const ballots = (group: string, voters: number, picks: Record<string, string[]> = {}) =>
  ({ group, voters, choices: picks }) satisfies GroupedChoices;

describe('running figures', () => {
  it('draw the funded line with the rule of the contest, best first', () => {
    const figures = nextFigures(
      manifest,
      [
        ballots('120101', 5, { 'fondo-provincia': ['2027-001'], prioridades: ['ECO-1'] }),
        ballots('zona-1', 4, { 'fondo-provincia': ['2027-003'], prioridades: ['SOC-1', 'ECO-1'] }),
      ],
      null,
      false,
    );
    expect(figures.contests['fondo-provincia']?.bars).toEqual([
      { id: '2027-001', votes: 5, funded: true },
      // S/ 50 000 do not fit beside S/ 60 000 of S/ 100 000.
      { id: '2027-003', votes: 4, funded: false },
      // What nobody chose is not bought, though it would fit.
      { id: '2027-002', votes: 0, funded: false },
    ]);
    // Borda with five slots: 5 × 5 + 4 × 4 against 4 × 5.
    expect(figures.contests['prioridades']?.bars.slice(0, 2)).toEqual([
      { id: 'ECO-1', votes: 41, funded: false },
      { id: 'SOC-1', votes: 20, funded: false },
    ]);
  });

  it('show nothing of a contest that fewer than k voters answer', () => {
    const figures = nextFigures(
      manifest,
      [ballots('120101', 2), ballots('zona-1', 9)],
      null,
      false,
    );
    expect(Object.keys(figures.contests)).toEqual(['prioridades', 'fondo-provincia']);
  });

  it('are all shown once the round is closed, because the record is', () => {
    const shown = nextFigures(manifest, [ballots('120101', 4)], null, false);
    expect(mayRefresh(manifest, 5, shown, false)).toBe(false);
    expect(mayRefresh(manifest, 5, shown, true)).toBe(true);
    expect(
      nextFigures(manifest, [ballots('120101', 5)], shown, true).contests['fondo-120101']?.voters,
    ).toBe(5);
  });

  it('never exist for a round that counts at the close', () => {
    const atClose = manifestFixture({ livePolicy: 'at-close' });
    expect(mayRefresh(atClose, 1000, null, false)).toBe(false);
    expect(mayRefresh(atClose, 1000, null, true)).toBe(false);
  });

  it('go to a screen for contests open to everyone, or for the one it asks for', () => {
    const figures = nextFigures(manifest, [ballots('120101', 4)], null, false);
    expect(Object.keys(barsFor(manifest, figures, null) ?? {})).toEqual([
      'prioridades',
      'fondo-provincia',
    ]);
    expect(Object.keys(barsFor(manifest, figures, 'fondo-120101') ?? {})).toEqual(['fondo-120101']);
    expect(barsFor(manifest, null, null)).toBeUndefined();
  });

  it('of two successive publications never differ by 1 to k − 1 voters, in any contest (T25)', () => {
    const arrivals = fc.array(
      fc.record({
        group: fc.constantFrom('120101', 'zona-1'),
        voters: fc.integer({ min: 0, max: 4 }),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(arrivals, (steps) => {
        const counts: Record<string, number> = { '120101': 0, 'zona-1': 0 };
        let shown: LiveFigures | null = null;
        for (const step of steps) {
          counts[step.group] = (counts[step.group] ?? 0) + step.voters;
          const now = Object.entries(counts)
            .filter(([, voters]) => voters > 0)
            .map(([group, voters]) => ballots(group, voters));
          const total = now.reduce((sum, { voters }) => sum + voters, 0);
          if (!mayRefresh(manifest, total, shown, false)) continue;
          const next = nextFigures(manifest, now, shown, false);
          for (const [id, { voters }] of Object.entries(next.contests)) {
            const before = shown?.contests[id]?.voters ?? 0;
            expect(voters === before || voters - before >= K).toBe(true);
          }
          shown = next;
        }
      }),
    );
  });
});

describe('running turnout', () => {
  it('never lets a group under k be had by subtraction from the total', () => {
    const groups = ['a', 'b', 'c', 'd'];
    const many = manifestFixture({
      groups: groups.map((id) => ({
        id,
        name: id,
        districts: [id],
        eligible: 100,
        key: 'A',
        rollRoot: '0'.repeat(64),
      })),
    });
    fc.assert(
      fc.property(fc.array(fc.nat(8), { minLength: 4, maxLength: 4 }), (counts) => {
        const turnout = liveTurnout(many, new Map(groups.map((id, i) => [id, counts[i] ?? 0])));
        const hidden = turnout.flatMap(({ ballots: shown }, i) =>
          shown === null ? [counts[i] ?? 0] : [],
        );
        for (const [i, { ballots: shown }] of turnout.entries()) {
          if (shown !== null) expect(shown === 0 || shown >= K).toBe(true);
          if (shown !== null) expect(shown).toBe(counts[i]);
        }
        const others = counts.filter((count) => count > 0).length > hidden.length;
        if (hidden.length > 0 && others) {
          expect(hidden.length).toBeGreaterThanOrEqual(2);
          expect(hidden.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(K);
        }
      }),
    );
  });
});

describe('the snapshot on the wire', () => {
  const snapshot: LiveSnapshot = {
    round: 'pp2027-votacion',
    state: 'open',
    at: '2026-11-22T10:42:05.000Z',
    ballots: 12,
    turnout: [
      { group: '120114', ballots: 12 },
      { group: '120101', ballots: null },
    ],
    bars: { prioridades: [{ id: 'SOC-1', votes: 40, funded: false }] },
    closesAt: '2026-12-01T00:00:00.000Z',
    manifestHash: 'h'.repeat(43),
  };

  it('is read back as it was, groups in their order, with bars and without', () => {
    expect(readSnapshot(writeSnapshot(snapshot))).toEqual(snapshot);
    const { bars: _bars, ...turnoutOnly } = snapshot;
    expect(readSnapshot(writeSnapshot(turnoutOnly))).toEqual(turnoutOnly);
  });

  it.each(['', '<html>', 'null', '{}', '{"r":"x"}', '[]'])('is nothing when it is %j', (text) => {
    expect(readSnapshot(text)).toBeNull();
  });
});
