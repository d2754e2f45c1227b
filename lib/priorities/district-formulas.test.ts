import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DISTRICTS } from '@/db/seed/districts';
import { DISTRICT_FORMULAS, districtEnvelopes, districtShares } from './district-formulas';
import { compare, fromExact, ONE, scaled, total } from './ratio';

const example = path.resolve(
  import.meta.dirname,
  '../../../shared/data/huancayo/formulas_example.tsv',
);

/** Thousandths of a per cent, as the example prints them. */
const shareOf = (code: string, formula: (typeof DISTRICT_FORMULAS)[number]): number => {
  const found = districtShares(DISTRICTS, formula).find((each) => each.code === code);
  return scaled(fromExact(found?.share ?? '0'), 5);
};

describe('district formulas', () => {
  it.each(DISTRICT_FORMULAS)('part the whole and nothing else: %s', (formula) => {
    const shares = districtShares(DISTRICTS, formula);
    expect(compare(total(shares.map(({ share }) => fromExact(share))), ONE)).toBe(0);
    const cents = districtEnvelopes(1_234_567_89, shares);
    expect(cents.reduce((sum, each) => sum + each.cents, 0)).toBe(1_234_567_89);
  });

  it('give Huancayo what the example of the design gives it', () => {
    expect(DISTRICT_FORMULAS.map((formula) => shareOf('120101', formula))).toEqual([
      20_251, 18_428, 18_130, 16_092,
    ]);
  });

  it('lift small districts by the floor and no district under it', () => {
    const shares = districtShares(DISTRICTS, 'population-and-poverty-with-floor');
    for (const { share } of shares) expect(scaled(fromExact(share), 5)).toBeGreaterThanOrEqual(500);
    expect(shareOf('120104', 'population-and-poverty-with-floor')).toBe(569);
  });

  it('refuse floors that exceed the whole and places without people', () => {
    expect(() => districtShares(DISTRICTS, 'population-and-poverty-with-floor', 400)).toThrow(
      RangeError,
    );
    expect(() =>
      districtShares([{ code: 'x', population: 0, povertyTenths: 0, hdiMilli: 500 }], 'population'),
    ).toThrow(RangeError);
  });

  it.skipIf(!existsSync(example))(
    'agree with the example on all 28 districts (skipped where ../shared is absent)',
    () => {
      const [, ...lines] = readFileSync(example, 'utf8').trim().split('\n');
      expect(lines).toHaveLength(28);
      for (const line of lines) {
        const [code = '', , , , , ...expected] = line.split('\t');
        DISTRICT_FORMULAS.forEach((formula, at) => {
          expect(`${code} ${(shareOf(code, formula) / 1000).toFixed(3)}`).toBe(
            `${code} ${Number(expected[at]).toFixed(3)}`,
          );
        });
      }
    },
  );
});
