import { describe, expect, it } from 'vitest';
import {
  BOX_AWAY,
  isBoxAway,
  isOnlyUnusual,
  NO_FIGURES,
  problemsIn,
  type MonitorFigures,
  type MonitorKind,
} from './monitor';

const FIGURES: MonitorFigures = {
  eligible: { a: 100, b: 50 },
  onRoll: { a: 100, b: 50 },
  issued: { phone: { a: 10, b: 4 }, desk: { a: 5 }, tablet: { a: 3 }, paper: { b: 6 } },
  offRoll: 0,
  completed: { a: 14, b: 4 },
  signed: { a: 18, b: 4 },
  vouchers: { a: 3 },
  channels: {
    checkedIn: { b: 6 },
    onPaper: { b: 6 },
    overfullUrns: {},
    listed: { a: 3 },
    onTablets: { a: 3 },
  },
  box: {
    groups: { a: { voters: 18, lines: 21 }, b: { voters: 2, lines: 2 } },
    receipts: 23,
    lines: 23,
    published: 20,
  },
};
const { box, issued, channels } = FIGURES;

describe('a round whose figures agree', () => {
  it('has no problem, at once and compared with the minute before', () => {
    expect(problemsIn(FIGURES, null)).toEqual([]);
    expect(problemsIn(FIGURES, FIGURES)).toEqual([]);
  });

  it('has none before anybody votes', () => {
    const { eligible, onRoll } = FIGURES;
    expect(problemsIn({ ...NO_FIGURES, eligible, onRoll }, null)).toEqual([]);
  });
});

describe('a figure that does not agree', () => {
  const groups = (changes: MonitorFigures['box']['groups'], lines = box.lines) => ({
    box: { ...box, groups: { ...box.groups, ...changes }, lines, receipts: lines },
  });
  it.each<[string, MonitorKind, string | undefined, Partial<MonitorFigures>]>([
    [
      'a ballot more than rights',
      'more-voters-than-issued',
      'a',
      groups({ a: { voters: 19, lines: 21 } }),
    ],
    [
      'a ballot on the strength of a paper right',
      'more-voters-than-issued',
      'b',
      groups({ b: { voters: 5, lines: 5 } }, 26),
    ],
    [
      'a right more than people',
      'more-issued-than-eligible',
      'b',
      { issued: { ...issued, paper: { b: 47 } } },
    ],
    ['somebody put on the roll', 'roll-changed', 'a', { onRoll: { a: 101, b: 50 } }],
    ['a right of somebody not on the roll', 'issued-off-roll', undefined, { offRoll: 1 }],
    ['a signature for nobody', 'signed-without-right', 'a', { signed: { a: 19, b: 4 } }],
    ['a right that was never signed', 'right-without-signing', 'b', { completed: { a: 14, b: 5 } }],
    ['a group that votes in no contest', 'unknown-group', 'z', { signed: { a: 18, b: 4, z: 1 } }],
    [
      'a person on a table’s list without a right on paper',
      'paper-differs',
      'b',
      { channels: { ...channels, checkedIn: { b: 7 } } },
    ],
    [
      'a right on paper that no table gave out',
      'paper-differs',
      'a',
      { channels: { ...channels, onPaper: { a: 1, b: 6 } } },
    ],
    [
      'minutes of more papers than people',
      'more-papers-than-people',
      'b',
      { channels: { ...channels, overfullUrns: { b: 1 } } },
    ],
    [
      'a right of a tablet that reserved nobody',
      'tablets-differ',
      'a',
      { channels: { ...channels, onTablets: { a: 4 } } },
    ],
    [
      'a table of a group that votes in no contest',
      'unknown-group',
      'z',
      { channels: { ...channels, checkedIn: { b: 6, z: 1 } } },
    ],
    ['a receipt more', 'receipts-differ', undefined, { box: { ...box, receipts: 24 } }],
    ['a receipt less', 'receipts-differ', undefined, { box: { ...box, receipts: 22 } }],
    ['a line of no group', 'lines-differ', undefined, { box: { ...box, lines: 24, receipts: 24 } }],
    ['more lines than five each', 'lines-differ', 'b', groups({ b: { voters: 2, lines: 11 } }, 32)],
    [
      'more published than cast',
      'more-published-than-cast',
      undefined,
      { box: { ...box, published: 24 } },
    ],
  ])('%s', (_name, kind, group, changes) => {
    expect(problemsIn({ ...FIGURES, ...changes }, null)).toEqual([
      group === undefined ? { kind } : { kind, group },
    ]);
  });

  it('is not what a box that does not answer is called: nothing could be compared', () => {
    expect(isBoxAway(BOX_AWAY)).toBe(true);
    expect(BOX_AWAY.every(isOnlyUnusual)).toBe(false);
    expect(isBoxAway([{ kind: 'receipts-differ' }])).toBe(false);
    expect(isBoxAway([])).toBe(false);
  });

  it('is seen when it falls, because nothing is ever taken out', () => {
    const fewer = { ...FIGURES, ...groups({ b: { voters: 1, lines: 1 } }, 22) };
    expect(problemsIn(fewer, FIGURES)).toEqual([{ kind: 'fewer-than-before' }]);
    expect(problemsIn(FIGURES, fewer)).toEqual([]);
    const unpublished = { ...FIGURES, box: { ...box, published: 19 } };
    expect(problemsIn(unpublished, FIGURES)).toEqual([{ kind: 'fewer-than-before' }]);
  });

  it('is called unusual when hundreds vote within a minute, and not before', () => {
    const after = (voters: number): MonitorFigures => {
      const people = { a: 1000, b: 50 };
      return {
        ...FIGURES,
        eligible: people,
        onRoll: people,
        issued: { ...issued, phone: { a: 900, b: 4 } },
        ...groups({ a: { voters, lines: voters } }, voters + 2),
      };
    };
    expect(problemsIn(after(318), FIGURES)).toEqual([]);
    const sudden = problemsIn(after(319), FIGURES);
    expect(sudden).toEqual([{ kind: 'sudden-turnout' }]);
    expect(sudden.every(isOnlyUnusual)).toBe(true);
  });
});
