import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { countFile } from './count-file';
import { BadOrder, readOrder } from './order';

const folder = mkdtempSync(join(tmpdir(), 'minka-tally-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const META = ['META', 'key;value', 'budget;10.50', 'vote_type;approval', 'currency;PEN'];
const PROJECTS = ['PROJECTS', 'project_id;cost;name', 'a;6;Parque', 'b;5;Losa', 'c;4;', 'd;11;'];
const VOTES = ['VOTES', 'voter_id;vote', '1;a,b,c', '2;a,b', '3;a,d', '4;b'];

function file(name: string, ...lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
}

const plain = file('plain.pb', ...META, ...PROJECTS, ...VOTES);

interface Report {
  readonly rule: string;
  readonly budget: string;
  readonly cost: string;
  readonly winners: readonly string[];
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

function count(path: string, ...options: string[]): Report {
  const { order } = readOrder([path, ...options]);
  const { ok, line } = countFile('the-file', path, order);
  if (!ok) throw new Error(line);
  expect(line).not.toContain('\n');
  return JSON.parse(line) as Report;
}

describe('the tally command', () => {
  it('prints what was asked for, amounts as decimals', () => {
    const report = count(plain);
    expect(report).toMatchObject({
      file: 'the-file',
      rule: 'greedy',
      budget: '10.5',
      cost: '10',
      winners: ['a', 'c'],
      exactFallbacks: 0,
      parameters: { kind: 'greedy', ties: ['file-order'] },
    });
    expect(report['ties']).toEqual([
      { place: 1, tied: ['a', 'b'], chosen: 'a', decidedBy: 'file-order', mattered: true },
    ]);
    expect(typeof report['parseMs']).toBe('number');
    expect(typeof report['tallyMs']).toBe('number');
  });

  it.each<[string[], object]>([
    [['--rule', 'greedy-no-skip'], { kind: 'greedy', walk: 'no-skip', utility: 'cost' }],
    [['--rule', 'greedy-threshold', '--threshold', '2'], { kind: 'greedy', threshold: 2 }],
    [['--rule', 'greedy-per-cost'], { kind: 'greedy', utility: 'cardinality' }],
    [['--rule', 'phragmen', '--overshoot', 'skip'], { kind: 'phragmen', overshoot: 'skip' }],
    [['--rule', 'maximin-support'], { kind: 'maximin-support' }],
    [['--rule', 'max-welfare', '--utility', 'cardinality'], { utility: 'cardinality' }],
    [
      ['--rule', 'equal-shares', '--completion', 'add1+greedy', '--compare-with-greedy'],
      { kind: 'equal-shares', completion: 'add1+greedy', compareWithGreedy: true },
    ],
    [['--ties', 'min-cost,lot:x'], { kind: 'greedy', ties: ['min-cost', 'lot:x'] }],
  ])('counts with %j', (options, parameters) => {
    expect(count(plain, ...options).parameters).toMatchObject(parameters);
  });

  it('explains, measures and asks what if', () => {
    const report = count(plain, '--explain', '--analytics', '--rule', 'equal-shares');
    expect(report['analytics']).toMatchObject({ coverage: expect.any(String) as string });
    // 2.625 each. a takes 2 from voters 1, 2 and 3; b's supporters have 0.625, 0.625 and 2.625 left,
    // c's and d's have 0.625: not one whole sol.
    expect(report['whatIf']).toEqual([
      { id: 'b', moreSupporters: 1, fundedAtCost: '3' },
      { id: 'c', moreSupporters: 3, fundedAtCost: null },
      { id: 'd', moreSupporters: null, fundedAtCost: null },
    ]);
    expect(JSON.stringify(report['explanation'])).toContain('Compra n.º 1');
    expect(report['instead']).toMatchObject({ rule: { kind: 'greedy' } });
    expect(count(plain, '--what-if', 'c')['whatIf']).toEqual([]);
    expect(count(plain, '--what-if', 'b')['whatIf']).toMatchObject([{ id: 'b' }]);
  });

  it('follows the threshold in the file and the points on the ballots', () => {
    const points = file(
      'points.pb',
      ...META.with(3, 'vote_type;cumulative'),
      'min_project_score_threshold;2',
      ...PROJECTS,
      'VOTES',
      'voter_id;vote;points',
      '1;a,b;1.5,0.5',
      '2;b;1.5',
    );
    expect(count(points, '--rule', 'greedy-threshold').winners).toEqual(['b']);
    expect(count(points, '--rule', 'greedy').parameters).toMatchObject({ utility: 'points-cost' });
    expect(count(points, '--rule', 'greedy-per-cost').parameters).toMatchObject({
      utility: 'points',
    });
  });

  it('keeps ceilings and conflicts, and pays a part with the rest', () => {
    const parks = file(
      'parks.pb',
      ...META,
      ...['PROJECTS', 'project_id;cost;category', 'a;6;green', 'b;4;green', 'c;5;roads'],
      ...VOTES.map((line) => line.replace(',d', '')),
    );
    expect(count(parks).winners).toEqual(['a', 'b']);
    const ceiling = count(parks, '--rule', 'greedy', '--ceiling', 'green=9.999');
    expect(ceiling.winners).toEqual(['a']);
    expect(ceiling.parameters).toMatchObject({ ceilings: { categories: { green: '99' } } });
    const conflict = ['--rule', 'greedy', '--conflict', 'a,b', '--leftover', 'partial'];
    expect(count(parks, ...conflict)).toMatchObject({ winners: ['a'], cost: '10.5' });
  });

  it('answers for a bad file with line and reason', () => {
    const bad = file('bad.pb', ...META, ...PROJECTS, ...VOTES, '5;z');
    const { order } = readOrder([bad]);
    expect(countFile('bad', bad, order)).toEqual({
      ok: false,
      line: JSON.stringify({
        file: 'bad',
        error: { line: 18, message: 'A ballot names a project that is not listed: "z".' },
      }),
    });
    const missing = countFile('gone', join(folder, 'gone.pb'), order);
    expect(missing.ok).toBe(false);
    expect(missing.line).toContain('cannot be read');
    const { order: borda } = readOrder([plain, '--rule', 'equal-shares', '--utility', 'borda']);
    expect(countFile('plain', plain, borda).ok).toBe(true);
  });

  it.each([
    [],
    ['x.pb', '--rule', 'best'],
    ['x.pb', '--ties', 'min-cost'],
    ['x.pb', '--threshold', 'much'],
    ['x.pb', '--ceiling', 'green'],
    ['x.pb', '--ceiling', 'green=-4'],
    ['x.pb', '--leftover', 'party'],
    ['x.pb', '--colour'],
  ])('does not guess at %j', (...args) => {
    expect(() => readOrder(args)).toThrow(BadOrder);
  });
});
