import { DIMENSION_IDS } from '@/lib/plan/types';
import { byDimension } from '@/lib/results/types';
import type { ByDimension } from '@/lib/results/types';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, fromExact, ONE, ratio, times, toExact, total } from './ratio';
import { DEFAULT_RULE } from './types';
import { envelopesFromWeights, scaleTheRest, sumBp } from './envelopes';
import { holdBetween, nextWeights } from './weights';

const of = <T>(SOC: T, ECO: T, AMB: T, INS: T): ByDimension<T> => ({ SOC, ECO, AMB, INS });
const equal = of(2500, 2500, 2500, 2500);

const anyVoice = fc
  .tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000), fc.nat(1000))
  .filter((parts) => parts.some((part) => part > 0))
  .map((parts) => {
    const all = parts.reduce((a, b) => a + b, 0);
    return byDimension((code) => toExact(ratio(parts[DIMENSION_IDS.indexOf(code)] ?? 0, all)));
  });
const anyWeights = anyVoice.map((voice) => {
  const cut = byDimension((code) => {
    const share = fromExact(voice[code]);
    return Number((share.num * 10_000n) / share.den);
  });
  return { ...cut, SOC: cut.SOC + 10_000 - sumBp(cut) };
});

describe('the weights of the next cycle', () => {
  it('are half this year’s weight and half the new voice', () => {
    const next = nextWeights(equal, of('2/5', '3/10', '1/5', '1/10'), DEFAULT_RULE);
    expect(next.blended).toEqual(of('13/40', '11/40', '9/40', '7/40'));
    expect(next.weightsBp).toEqual(of(3250, 2750, 2250, 1750));
    expect(next.factor).toBe('1');
    expect(next.held).toEqual(of(null, null, null, null));
  });

  it('hold the floor and the cap and multiply all others by one factor', () => {
    // Blended 70, 16, 13 and 1 %: the cap takes 20, the floor gives 9, the rest share 40 of 29.
    const next = nextWeights(of(7000, 1600, 1300, 100), of('7/10', '4/25', '13/100', '1/100'), {
      ...DEFAULT_RULE,
    });
    expect(next.held).toEqual(of('cap', null, null, 'floor'));
    expect(next.factor).toBe('40/29');
    expect(next.exact).toEqual(of('1/2', '32/145', '26/145', '1/10'));
    expect(next.weightsBp).toEqual(of(5000, 2207, 1793, 1000));
  });

  it('part what is left equally when only one dimension was ever asked for', () => {
    const next = nextWeights(of(10_000, 0, 0, 0), of('1', '0', '0', '0'), DEFAULT_RULE);
    expect(next.exact).toEqual(of('1/2', '1/6', '1/6', '1/6'));
    expect(next.weightsBp).toEqual(of(5000, 1667, 1667, 1666));
    expect(next.factor).toBeNull();
  });

  it('add up to one and stay between the bounds, exactly and in basis points', () => {
    fc.assert(
      fc.property(anyWeights, anyVoice, (current, voice) => {
        const next = nextWeights(current, voice, DEFAULT_RULE);
        const exact = DIMENSION_IDS.map((code) => fromExact(next.exact[code]));
        expect(compare(total(exact), ONE)).toBe(0);
        expect(sumBp(next.weightsBp)).toBe(10_000);
        for (const code of DIMENSION_IDS) {
          expect(next.weightsBp[code]).toBeGreaterThanOrEqual(1000);
          expect(next.weightsBp[code]).toBeLessThanOrEqual(5000);
          expect(compare(fromExact(next.exact[code]), ratio(1, 10))).toBeGreaterThanOrEqual(0);
          expect(compare(fromExact(next.exact[code]), ratio(1, 2))).toBeLessThanOrEqual(0);
        }
      }),
    );
  });

  it('multiply whatever no bound holds by the stated factor', () => {
    fc.assert(
      fc.property(anyWeights, anyVoice, (current, voice) => {
        const next = nextWeights(current, voice, DEFAULT_RULE);
        const { factor } = next;
        fc.pre(factor !== null);
        for (const code of DIMENSION_IDS.filter((each) => next.held[each] === null)) {
          const product = times(fromExact(next.blended[code]), fromExact(factor));
          expect(toExact(product)).toBe(next.exact[code]);
        }
      }),
    );
  });

  it('keep the order of what was asked', () => {
    fc.assert(
      fc.property(anyWeights, anyVoice, (current, voice) => {
        const next = nextWeights(current, voice, DEFAULT_RULE);
        for (const a of DIMENSION_IDS) {
          for (const b of DIMENSION_IDS) {
            if (compare(fromExact(next.blended[a]), fromExact(next.blended[b])) > 0) {
              expect(
                compare(fromExact(next.exact[a]), fromExact(next.exact[b])),
              ).toBeGreaterThanOrEqual(0);
            }
          }
        }
      }),
    );
  });

  it('never fall for a dimension that gains voice from another', () => {
    fc.assert(
      fc.property(anyWeights, anyVoice, fc.nat(100), (current, voice, percent) => {
        const moved = times(fromExact(voice.ECO), ratio(percent, 100));
        const more = {
          ...voice,
          SOC: toExact(total([fromExact(voice.SOC), moved])),
          ECO: toExact(total([fromExact(voice.ECO), { num: -moved.num, den: moved.den }])),
        };
        const before = fromExact(nextWeights(current, voice, DEFAULT_RULE).exact.SOC);
        const after = fromExact(nextWeights(current, more, DEFAULT_RULE).exact.SOC);
        expect(compare(after, before)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('follow the dimensions when they change places', () => {
    fc.assert(
      fc.property(anyWeights, anyVoice, (current, voice) => {
        const turn = <T>({ SOC, ECO, AMB, INS }: ByDimension<T>) => of(INS, SOC, ECO, AMB);
        const next = nextWeights(current, voice, DEFAULT_RULE);
        expect(nextWeights(turn(current), turn(voice), DEFAULT_RULE).exact).toEqual(
          turn(next.exact),
        );
      }),
    );
  });

  it('cannot be held between bounds that no weights meet', () => {
    const shares = byDimension(() => ratio(1, 4));
    expect(() => holdBetween(shares, ratio(3, 10), ratio(1, 2))).toThrow(RangeError);
    expect(() => holdBetween(shares, ratio(0), ratio(1, 5))).toThrow(RangeError);
  });
});

describe('envelopes from adopted weights', () => {
  it('add up to the ceiling to the céntimo', () => {
    fc.assert(
      fc.property(anyWeights, fc.nat(2_000_000_000), (weights, ceiling) => {
        const envelopes = envelopesFromWeights(ceiling, weights);
        expect(sumBp(envelopes)).toBe(ceiling);
        for (const code of DIMENSION_IDS) {
          const exact = (BigInt(ceiling) * BigInt(weights[code])) / 10_000n;
          expect(envelopes[code] - Number(exact)).toBeGreaterThanOrEqual(0);
          expect(envelopes[code] - Number(exact)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('give a céntimo that cannot be divided to the largest remainder', () => {
    expect(envelopesFromWeights(101, of(3334, 2222, 2222, 2222))).toEqual(of(34, 23, 22, 22));
  });

  it('are refused for weights that are not a whole', () => {
    expect(() => envelopesFromWeights(100, of(2500, 2500, 2500, 2499))).toThrow(RangeError);
  });
});

describe('scaling the rest', () => {
  it('parts what the decided dimensions leave in proportion to what was proposed', () => {
    expect(scaleTheRest(of(4000, 3000, 2000, 1000), { SOC: 5200 })).toEqual(
      of(5200, 2400, 1600, 800),
    );
  });

  it('always adds up to the whole', () => {
    fc.assert(
      fc.property(anyWeights, fc.nat(10_000), (proposed, decided) => {
        expect(sumBp(scaleTheRest(proposed, { AMB: decided }))).toBe(10_000);
      }),
    );
  });
});
