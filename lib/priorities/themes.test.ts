import { describe, expect, it } from 'vitest';
import { DISTRICTS } from '@/db/seed/districts';
import { needScore } from './need-score';
import { gradeByBands, partTheme, priorityGrades } from './themes';

describe('a theme’s money among districts', () => {
  it('gives the worked example of the design, to the céntimo', () => {
    const shares = partTheme(1_000_000_00, [
      { district: 'Huancayo', priority: 2, need: 1, population: 4 },
      { district: 'Chilca', priority: 4, need: 2, population: 4 },
      { district: 'Pariahuanca', priority: 3, need: 4, population: 1 },
      { district: 'Sicaya', priority: 0, need: 3, population: 2 },
    ]);
    expect(shares.map(({ points }) => points)).toEqual([22, 36, 33, 0]);
    expect(shares.map(({ cents }) => cents)).toEqual([241_758_24, 395_604_40, 362_637_36, 0]);
    expect(shares.reduce((all, { cents }) => all + cents, 0)).toBe(1_000_000_00);
  });

  it('stays unparted when no district asked for the theme', () => {
    const [share] = partTheme(100, [{ district: 'A', priority: 0, need: 4, population: 4 }]);
    expect(share).toMatchObject({ points: 0, cents: 0 });
  });

  it('refuses grades that do not exist', () => {
    expect(() => partTheme(1, [{ district: 'A', priority: 5, need: 1, population: 1 }])).toThrow(
      RangeError,
    );
  });

  it('grades a district’s four best rows 4-3-2-1 and nothing without a point', () => {
    const grades = priorityGrades([
      { row: 'SOC-1', points: 90 },
      { row: 'AMB-1', points: 50 },
      { row: 'ECO-1', points: 0 },
    ]);
    expect([...grades]).toEqual([
      ['SOC-1', 4],
      ['AMB-1', 3],
    ]);
  });

  it('grades a figure by the bands it reached', () => {
    expect([5, 10, 25, 40].map((value) => gradeByBands(value, [10, 20, 40]))).toEqual([1, 2, 3, 4]);
  });
});

describe('the score of goal INS-2-M1', () => {
  const people = DISTRICTS.map(({ code, population, povertyTenths }) => ({
    id: code,
    population,
    need: population * povertyTenths,
  }));

  it('is exactly one everywhere when money follows people alone', () => {
    const score = needScore(people.map((each) => ({ ...each, cents: each.population * 100 })));
    expect(score?.province).toBe('1');
    expect(new Set(score?.groups.map((group) => group.score))).toEqual(new Set(['1']));
    expect(score?.meetsGoal).toBe(true);
  });

  it('rises over one when money follows need and falls under it when it flees it', () => {
    const toNeed = needScore(people.map((each) => ({ ...each, cents: each.need })));
    const [poorest] = [...people].sort((a, b) => b.need / b.population - a.need / a.population);
    const flees = needScore(
      people.map((each) => ({ ...each, cents: each.id === poorest?.id ? 0 : each.population })),
    );
    expect(toNeed?.meetsGoal).toBe(true);
    expect(flees?.meetsGoal).toBe(false);
    expect(flees?.groups.find(({ id }) => id === poorest?.id)?.score).toBe('0');
  });

  it('says nothing when no money was spent', () => {
    expect(needScore(people.map((each) => ({ ...each, cents: 0 })))).toBeNull();
  });
});
