import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { AllocateContest } from '@/lib/rounds/manifest';
import { manifestFixture } from '@/lib/rounds/manifest.fixture';
import {
  differingNumbers,
  problemOfMinutes,
  readPaper,
  readPicks,
  sampleNumbers,
  settled,
  sumsHold,
} from './rules';
import type { PaperEntry } from './types';

const MANIFEST = manifestFixture();
const GROUP = 'zona-1';

const paper = (number: number, row: string | null): PaperEntry => ({
  number,
  choices: row === null ? null : { prioridades: [row], 'fondo-provincia': [] },
});

describe('closing minutes', () => {
  const known = { papers: 100, checkedIn: 40 };
  const right = { checkIns: 40, ballots: 37, spoiled: 2, unused: 61 };

  it('add up when every paper is somewhere and the urn holds no more than were given out', () => {
    expect(problemOfMinutes(right, known)).toBeNull();
  });

  it('say which sum does not hold', () => {
    expect(problemOfMinutes({ ...right, checkIns: 41 }, known)).toBe('check-ins-differ');
    expect(problemOfMinutes({ ...right, unused: 60 }, known)).toBe('papers-differ');
    expect(problemOfMinutes({ ...right, ballots: 39, unused: 59 }, known)).toBe(
      'urn-exceeds-check-ins',
    );
  });
});

describe('two entries of one pile', () => {
  const compare = (first: readonly PaperEntry[], second: readonly PaperEntry[]) =>
    differingNumbers(MANIFEST, GROUP, first, second);

  it('are the same when they hold the same ballots, also in another order', () => {
    const first = [paper(1, 'SOC-1'), paper(2, 'ECO-1'), paper(3, null)];
    expect(compare(first, first)).toEqual([]);
    expect(compare(first, [paper(1, null), paper(2, 'SOC-1'), paper(3, 'ECO-1')])).toEqual([]);
  });

  it('are the same whatever the order of keys and of an allocation', () => {
    const choices = { prioridades: [], 'fondo-provincia': ['2027-001', '2027-002'] };
    const other = { 'fondo-provincia': ['2027-002', '2027-001'], prioridades: [] };
    expect(compare([{ number: 1, choices }], [{ number: 1, choices: other }])).toEqual([]);
  });

  it('differ in the numbers that do not match, once the ballots are not the same', () => {
    const first = [paper(1, 'SOC-1'), paper(2, 'ECO-1'), paper(3, 'AMB-1')];
    expect(compare(first, [paper(1, 'SOC-1'), paper(2, 'ECO-1'), paper(3, null)])).toEqual([3]);
    // As often counts too: two of one and one of the other are not one and two.
    expect(
      compare(
        [paper(1, 'SOC-1'), paper(2, 'SOC-1'), paper(3, 'ECO-1')],
        [paper(1, 'SOC-1'), paper(2, 'ECO-1'), paper(3, 'ECO-1')],
      ),
    ).toEqual([2]);
    expect(compare(first, first.slice(0, 2))).toEqual([3]);
  });

  it('are settled by the third person, number by number', () => {
    const first = [paper(1, 'SOC-1'), paper(2, 'ECO-1')];
    expect(settled(first, [paper(2, null)])).toEqual([paper(1, 'SOC-1'), paper(2, null)]);
  });

  it('have to hold as many valid and void papers as the minutes', () => {
    const entries = [paper(1, 'SOC-1'), paper(2, null)];
    expect(sumsHold(entries, { ballots: 1, spoiled: 1 })).toBe(true);
    expect(sumsHold(entries, { ballots: 2, spoiled: 0 })).toBe(false);
    expect(sumsHold(entries, { ballots: 1, spoiled: 0 })).toBe(false);
  });
});

describe('what an officer types for a contest', () => {
  const options = ['SOC-1', 'SOC-2', 'ECO-1'];

  it('is the printed numbers in order, however they are set apart', () => {
    for (const typed of ['3 1', ' 3, 1 ', '3-1', '3.1', '3;1']) {
      expect(readPicks(options, typed)).toEqual({ ok: true, value: ['ECO-1', 'SOC-1'] });
    }
  });

  it('is 0 for a part that is blank or void, and never just nothing', () => {
    expect(readPicks(options, '0')).toEqual({ ok: true, value: [] });
    expect(readPicks(options, '  ')).toEqual({ ok: false, reason: 'empty' });
  });

  it('is refused when it names no option, names one twice, or is no number', () => {
    expect(readPicks(options, '4')).toEqual({ ok: false, reason: 'unknown-option' });
    expect(readPicks(options, '0 1')).toEqual({ ok: false, reason: 'unknown-option' });
    expect(readPicks(options, '1 1')).toEqual({ ok: false, reason: 'repeated-option' });
    expect(readPicks(options, 'uno')).toEqual({ ok: false, reason: 'not-numbers' });
  });

  it('makes a whole paper in canonical order, or says what is wrong where', () => {
    expect(readPaper(MANIFEST, GROUP, { prioridades: '4 1', 'fondo-provincia': '2 1' })).toEqual({
      choices: {
        prioridades: ['ECO-1', 'SOC-1'],
        'fondo-provincia': ['2027-001', '2027-002'],
      },
      problems: {},
    });
    expect(
      readPaper(MANIFEST, GROUP, { prioridades: '1 2 3 4 5 6', 'fondo-provincia': '1 3' }).problems,
    ).toEqual({ prioridades: 'too-many-ranked', 'fondo-provincia': 'over-budget' });
    const [rank, province, district] = MANIFEST.contests;
    const limited = { ...province, maxPicks: 1 } as AllocateContest;
    const oneOnly = manifestFixture({ contests: [rank!, limited, district!] });
    expect(
      readPaper(oneOnly, GROUP, { prioridades: '1', 'fondo-provincia': '1 2' }).problems,
    ).toEqual({ 'fondo-provincia': 'too-many-picked' });
    expect(readPaper(MANIFEST, GROUP, {}).problems).toEqual({
      prioridades: 'empty',
      'fondo-provincia': 'empty',
    });
  });
});

describe('the sample of the public audit', () => {
  const of = {
    seed: '4 6 1 3 2',
    roundId: 'pp2027-votacion',
    minutes: 'mesa-3',
    papers: 40,
    size: 5,
  };

  it('is the same for everybody and another for another throw, table or round', () => {
    expect(sampleNumbers(of)).toEqual(sampleNumbers({ ...of }));
    for (const change of [{ seed: '4 6 1 3 3' }, { minutes: 'mesa-4' }, { roundId: 'otra' }]) {
      expect(sampleNumbers({ ...of, ...change })).not.toEqual(sampleNumbers(of));
    }
  });

  it('can be redone with a hash tool as the page describes it', () => {
    const hashes = Array.from({ length: 40 }, (_, at) =>
      createHash('sha256')
        .update(`minka/paper-sample/v1|4 6 1 3 2|pp2027-votacion|mesa-3|${String(at + 1)}`)
        .digest('hex'),
    );
    const smallest = [...hashes].sort().slice(0, 5);
    expect(sampleNumbers(of)).toEqual(
      smallest.map((hash) => hashes.indexOf(hash) + 1).sort((a, b) => a - b),
    );
  });

  it('never asks for more papers than there are, nor for one twice', () => {
    expect(sampleNumbers({ ...of, papers: 3 })).toEqual([1, 2, 3]);
    const all = sampleNumbers({ ...of, size: 40 });
    expect(new Set(all).size).toBe(40);
  });
});
