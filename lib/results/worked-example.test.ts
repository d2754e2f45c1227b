import { describe, expect, it } from 'vitest';
import { FUNDING_PRESETS, RANKING_PRESETS } from '@/lib/rounds/presets';
import {
  bestSets,
  countExample,
  EXAMPLE_BALLOTS,
  EXAMPLE_COSTS,
  EXAMPLE_IDS,
  explainExample,
  levelAfter,
  orderOf,
  portionsEvened,
  portionsLoaded,
  portionsPaid,
  rankExample,
  type ExampleId,
  type Portion,
} from './worked-example';

const total = (portions: readonly Portion[], id?: string): number =>
  portions
    .filter((one) => id === undefined || one.id === id)
    .reduce((sum, { cents }) => sum + cents, 0);
const sum = (columns: readonly Portion[][], id?: string): number =>
  columns.reduce((all, portions) => all + total(portions, id), 0);
const cost = (ids: readonly string[]): number =>
  ids.reduce((all, id) => all + EXAMPLE_COSTS[id as ExampleId], 0);
const loads = (columns: readonly Portion[][]): number[] =>
  columns.map((portions) => total(portions));

describe('the worked example', () => {
  it('is decided differently by most rules, and never by the lot', () => {
    const results = FUNDING_PRESETS.map(countExample);
    const sets = results.map(({ winners }) => [...winners].sort().join(''));
    expect(Object.fromEntries(FUNDING_PRESETS.map((preset, at) => [preset, sets[at]]))).toEqual({
      'equal-shares': 'BCE',
      'equal-shares-compared': 'BCE',
      greedy: 'BDE',
      'greedy-threshold': 'BD',
      'greedy-per-cost': 'CDE',
      phragmen: 'ACD',
      'maximin-support': 'CDE',
      'max-welfare': 'ACD',
    });
    for (const { ties } of [...results, ...RANKING_PRESETS.map(rankExample)]) {
      expect(ties.filter(({ decidedBy }) => decidedBy.startsWith('lot:'))).toEqual([]);
    }
  });

  it('draws for Equal Shares what supporters paid: exactly the cost, from no deeper purse', () => {
    const result = countExample('equal-shares');
    const paid = portionsPaid(result);
    const bought = result.projects.filter(
      ({ outcome }) => outcome.status === 'funded' && outcome.phase === 'main',
    );
    expect(bought.length).toBeGreaterThan(1);
    for (const { id, outcome } of bought) {
      expect(sum(paid, id)).toBeCloseTo(cost([id]), 4);
      const payers = paid.filter((portions) => total(portions, id) > 0).length;
      expect(outcome).toMatchObject({ payment: { payers } });
    }
    for (const load of loads(paid))
      expect(load).toBeLessThanOrEqual(Number(result.add1!.endowment) + 1e-6);
  });

  it('draws for Phragmén the loads that make the engine buy in its order', () => {
    const { winners } = countExample('phragmen');
    expect(sum(portionsLoaded(winners))).toBeCloseTo(cost(winners), 4);
    winners.forEach((id, at) => {
      const load = loads(portionsLoaded(winners.slice(0, at)));
      const left = 10_000_00 - cost(winners.slice(0, at));
      const fitting = EXAMPLE_IDS.filter(
        (other) => !winners.slice(0, at).includes(other) && EXAMPLE_COSTS[other] <= left,
      );
      const least = Math.min(...fitting.map((other) => levelAfter(load, other)));
      expect(levelAfter(load, id as ExampleId)).toBeCloseTo(least, 6);
    });
  });

  it('draws for maximin support the even loads that make the engine buy in its order', () => {
    const { winners } = countExample('maximin-support');
    expect(sum(portionsEvened(winners))).toBeCloseTo(cost(winners), 4);
    winners.forEach((id, at) => {
      const before = winners.slice(0, at);
      const top = (other: string) => Math.max(...loads(portionsEvened([...before, other])));
      const fitting = EXAMPLE_IDS.filter(
        (other) => !before.includes(other) && EXAMPLE_COSTS[other] <= 10_000_00 - cost(before),
      );
      expect(top(id)).toBeCloseTo(Math.min(...fitting.map(top)), 6);
    });
  });

  it('shows as the best combination the one the engine found', () => {
    const { winners, welfare, cost: spent } = countExample('max-welfare');
    const [best, second] = bestSets(2);
    expect([...best!.ids]).toEqual([...winners].sort());
    expect(best!.votes.toString()).toBe(welfare);
    expect(best!.costCents.toString()).toBe(spent);
    expect(second!.votes).toBeLessThan(best!.votes);
  });

  it('says something of every proposal in both languages', () => {
    for (const result of [
      ...FUNDING_PRESETS.map(countExample),
      ...RANKING_PRESETS.map(rankExample),
    ]) {
      expect([...orderOf(result)].sort()).toEqual([...EXAMPLE_IDS]);
      for (const locale of ['es', 'en']) {
        const said = explainExample(result, locale, (id) => `«${id}»`);
        for (const id of EXAMPLE_IDS)
          expect(said.join('\n')).toMatch(new RegExp(`«${id}»: .{10,}`));
      }
    }
    expect(EXAMPLE_BALLOTS).toHaveLength(10);
  });
});
