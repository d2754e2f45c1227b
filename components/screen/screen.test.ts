import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { groupLabel, qrPath, qrRow, shortHash, shortLabel, type ScreenModel } from './model';
import { countdown, screenPhase } from './phase';
import { fill } from './texts';
import { actOfKey, pageOf, viewsOf, withLine } from './views';

const OPENS = Date.parse('2026-02-01T13:00:00Z');
const CLOSES = Date.parse('2026-02-15T23:00:00Z');
const during = Date.parse('2026-02-10T12:00:00Z');
const at = { opensAt: OPENS, closesAt: CLOSES, now: during };

function model(changes: Partial<ScreenModel> = {}): ScreenModel {
  return {
    code: 'HYO27',
    roundId: 'pp2027-votacion',
    name: 'Votación',
    isDemo: true,
    boxUrl: 'http://box.test',
    state: 'open',
    opensAt: new Date(OPENS).toISOString(),
    closesAt: new Date(CLOSES).toISOString(),
    serverNow: new Date(during).toISOString(),
    hasLiveBars: true,
    minGroup: 20,
    manifestHash: 'abcdefgh',
    joinAddress: 'minka.test/votar',
    qr: { side: 21, rows: [] },
    groups: Array.from({ length: 13 }, (_, n) => ({ id: `${n}`, label: `${n}`, eligible: 50 })),
    contests: ['prioridades', 'fondo-provincia'].map((id) => ({
      id,
      kind: 'rank' as const,
      title: id,
      isForAll: true,
      envelope: null,
      labels: {},
    })),
    results: null,
    ...changes,
  };
}

describe('what the hall is told', () => {
  it('is open only between the opening and the closing time', () => {
    const open = { ...at, roundState: 'open', boxState: 'open' } as const;
    expect(screenPhase(open)).toBe('open');
    expect(screenPhase({ ...open, now: CLOSES - 1 })).toBe('open');
    expect(screenPhase({ ...open, now: CLOSES })).toBe('closing');
    expect(screenPhase({ ...open, now: OPENS - 1 })).toBe('before');
  });

  it.each([
    ['draft', null, 'before'],
    ['opening', 'scheduled', 'before'],
    ['opening', 'open', 'open'],
    ['open', null, 'open'],
    ['open', 'scheduled', 'before'],
    ['open', 'closed', 'counting'],
    ['closing', 'open', 'closing'],
    ['closed', null, 'counting'],
    ['tallied', 'closed', 'counting'],
    ['published', 'closed', 'published'],
  ] as const)('with the round %s and the box %s is %s', (roundState, boxState, phase) => {
    expect(screenPhase({ ...at, roundState, boxState })).toBe(phase);
  });

  it.each([
    [11 * 86_400_000 + 3 * 3_600_000 + 59_000, '11 d 3 h'],
    [2 * 3_600_000 + 14 * 60_000, '2 h 14 min'],
    [14 * 60_000 + 5_000, '14 min 05 s'],
    [999, '0 min 00 s'],
    [-5, '0 min 00 s'],
  ])('counts %d ms down as %s', (ms, text) => {
    expect(countdown(ms)).toBe(text);
  });
});

describe('the views of the clicker', () => {
  it('never put more than six bars on the wall', () => {
    const groups = model().groups;
    const shown = viewsOf(model(), 'open').flatMap((view) =>
      view.kind === 'turnout' ? [pageOf(groups, view.page)] : [],
    );
    expect(shown.map((page) => page.length)).toEqual([6, 6, 1]);
    expect(shown.flat()).toEqual(groups);
  });

  it('show turnout and no bars while the round keeps results for the end', () => {
    const kinds = viewsOf(model({ hasLiveBars: false }), 'open').map((view) => view.kind);
    expect(kinds).toContain('turnout');
    expect(kinds).not.toContain('contest');
  });

  it('offer to join only while there is something to join', () => {
    const has = (phase: 'before' | 'open' | 'closing' | 'counting') =>
      viewsOf(model(), phase).some((view) => view.kind === 'join');
    expect([has('before'), has('open'), has('closing'), has('counting')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('page the published bars of a contest', () => {
    const bars = Array.from({ length: 8 }, (_, n) => ({ id: `${n}`, votes: n, funded: n < 7 }));
    const views = viewsOf(
      model({ results: { ballots: 100, bars: { 'fondo-provincia': bars } } }),
      'published',
    );
    const pages = views.filter(
      (view) => view.kind === 'contest' && view.contest.id === 'fondo-provincia',
    );
    expect(pages).toHaveLength(2);
  });

  it('put the funded line between what is funded and what is not', () => {
    const bars = [
      { id: 'a', votes: 30, funded: true },
      { id: 'b', votes: 20, funded: false },
      { id: 'c', votes: 10, funded: true },
    ];
    const { funded, others } = withLine(bars);
    expect(funded.map((bar) => bar.id)).toEqual(['a', 'c']);
    expect(others.map((bar) => bar.id)).toEqual(['b']);
  });

  it.each([
    [' ', 'next'],
    ['ArrowRight', 'next'],
    ['PageDown', 'next'],
    ['PageUp', 'previous'],
    ['?', 'help'],
    ['Escape', 'close'],
    ['x', null],
    ['Tab', null],
  ])('answer the key "%s" with %s', (key, act) => {
    expect(actOfKey(key)).toBe(act);
  });
});

describe('the QR code', () => {
  it('survives the way into the page and back, whatever its side', () => {
    const rows = ['110100111', '000000000', '101010101', '111111111'];
    const path = qrPath({
      side: 9,
      rows: rows.map((row) => qrRow(Array.from(row, (b) => b === '1'))),
    });
    const drawn = rows.map(() => Array<string>(9).fill('0'));
    for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
      for (let at = Number(x); at < Number(x) + Number(length); at += 1)
        drawn[Number(y)]![at] = '1';
    }
    expect(drawn.map((row) => row.join(''))).toEqual(rows);
  });
});

describe('words on the wall', () => {
  it('are at most 28 characters long', () => {
    const long = 'Mejoramiento integral de la avenida Ferrocarril';
    expect(shortLabel(long)).toHaveLength(28);
    expect(shortLabel('Parque')).toBe('Parque');
  });

  it('name a group of districts by the first one', () => {
    const more = (first: string, others: number) => `${first} y ${others} más`;
    expect(groupLabel('Chicche, Chongos Alto, Colca', more)).toBe('Chicche y 2 más');
    expect(groupLabel('Chilca', more)).toBe('Chilca');
  });

  it('show a short form of the hash that can be read aloud', () => {
    expect(shortHash('A7dQ2mNfLk9-ZsTt')).toBe('A7dQ 2mNf');
  });

  it('keep a placeholder that has no value, so that the mistake shows', () => {
    expect(fill('{n} de {total}', { n: 3 })).toBe('3 de {total}');
  });
});

describe('the wall', () => {
  const folder = new URL('.', import.meta.url);
  const sizes = readdirSync(folder)
    .filter((name) => name.endsWith('.tsx'))
    .flatMap((name) =>
      [...readFileSync(new URL(name, folder), 'utf8').matchAll(/text-\[(?:min\()?([\d.]+)vh/g)].map(
        (match) => ({ name, vh: Number(match[1]) }),
      ),
    );

  it('has no text under 5 vh, and its total is over 10', () => {
    expect(sizes.filter(({ vh }) => vh < 5)).toEqual([]);
    expect(sizes.some(({ name, vh }) => name === 'view-summary.tsx' && vh > 10)).toBe(true);
  });

  it('leaves no text to another size: none of the ordinary sizes is used', () => {
    const ordinary = readdirSync(folder)
      .filter((name) => name.endsWith('.tsx'))
      .filter((name) =>
        /\btext-(xs|sm|base|lg|\dxl|xl)\b/.test(readFileSync(new URL(name, folder), 'utf8')),
      );
    expect(ordinary).toEqual([]);
  });
});
