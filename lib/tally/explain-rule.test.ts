import { describe, expect, it } from 'vitest';
import { explainRule } from './explain';
import type { Rule } from './types';

const ties = ['max-votes', 'min-cost', 'lot:x'] as const;
const shares = {
  kind: 'equal-shares',
  utility: 'cost',
  completion: 'none',
  add1Start: 'floor',
  add1Stop: 'overspend',
  ties,
} as const;
const greedy = { kind: 'greedy', utility: 'cost', ties } as const;

/** Rules that differ in one parameter each, and what has to be said of it in both languages. */
const SAID: readonly [string, Rule, RegExp, RegExp][] = [
  ['greedy', greedy, /más votada a la menos votada.*se salta/, /most votes to the one.*skipped/],
  [
    'per cost',
    { ...greedy, utility: 'cardinality' },
    /votos por lo que cuesta/,
    /for what it costs/,
  ],
  ['points', { ...greedy, utility: 'points' }, /puntos por lo que cuesta/, /points for what it/],
  ['points, cost', { ...greedy, utility: 'points-cost' }, /votos o puntos/, /votes or points/],
  ['borda', { ...greedy, utility: 'borda' }, /puntos por orden/, /points by order/],
  ['no skip', { ...greedy, walk: 'no-skip' }, /termina la cuenta/, /ends the count/],
  ['threshold', { ...greedy, threshold: 50 }, /llegan a 50/, /reach 50/],
  [
    'ceilings',
    { ...greedy, ceilings: { categories: { Agua: '700' }, districts: { Chilca: '900' } } },
    /topes: «Agua», S\/700; «Chilca», S\/900\./,
    /ceilings: “Agua”, S\/700; “Chilca”, S\/900\./,
  ],
  ['conflicts', { ...greedy, conflicts: [['a', 'b']] }, /hacerse juntas/, /done together/],
  ['partial', { ...greedy, leftover: 'partial' }, /paga una parte/, /pays a part/],
  [
    'next',
    { ...greedy, walk: 'no-skip', leftover: 'next-that-fits' },
    /siguientes que sí alcanzan/,
    /next ones that do fit/,
  ],
  ['unsupported', { ...greedy, unsupported: 'fund' }, /nadie marcó van al final/, /nobody chose/],
  ['none', shares, /por igual entre todas.*queda sin asignar/, /equally among.*stays unassigned/],
  ['districts', { ...shares, endowments: { A: '1' } }, /entre los distritos/, /the districts/],
  ['cardinality', { ...shares, utility: 'cardinality' }, /menos dinero a cada/, /for least money/],
  ['shares of points', { ...shares, utility: 'points' }, /por cada punto/, /money per point/],
  ['points × cost', { ...shares, utility: 'points-cost' }, /por cada punto la/, /cost per point/],
  ['shares of places', { ...shares, utility: 'borda' }, /el último no paga/, /last does not pay/],
  [
    'add1',
    { ...shares, completion: 'add1' },
    /unidades enteras.*mientras lo comprado.*sin asignar/,
    /whole units.*as long as.*unassigned/,
  ],
  [
    'add1 exact',
    { ...shares, completion: 'add1+greedy', add1Start: 'exact', add1Stop: 'exhaustive' },
    /parte exacta.*hasta que ninguna.*Con lo que queda se recorre/,
    /exact share.*until no other.*With what is left the list/,
  ],
  [
    'completed with all',
    { ...shares, completion: 'greedy', unsupported: 'fund' },
    /nadie marcó/,
    /nobody chose/,
  ],
  ['compared', { ...shares, compareWithGreedy: true }, /se aplica esa lista/, /that list applies/],
  ['phragmen', { kind: 'phragmen', ties }, /termina la cuenta/, /ends the count/],
  ['skipping', { kind: 'phragmen', overshoot: 'skip', ties }, /se salta/, /is skipped/],
  ['maximin', { kind: 'maximin-support', ties }, /quien más carga/, /heaviest load/],
  [
    'welfare',
    { kind: 'max-welfare', utility: 'cost', ties },
    /suma más votos mult/,
    /most votes, each/,
  ],
  ['slots', { kind: 'borda', slots: 5, ties }, /recibe 5/, /gets 5/],
  ['length', { kind: 'borda', slots: 'ballot-length', ties }, /hasta uno/, /down to one/],
  ['list', { kind: 'borda', slots: [4, 3, 1], ties }, /reciben 4, 3 y 1/, /get 4, 3, and 1/],
  ['order', { ...greedy, ties: ['file-order'] }, /antes en la cédula/, /earlier on the ballot/],
  ['code', { ...greedy, ties: ['project-id'] }, /código menor/, /lower code/],
  [
    'ties',
    greedy,
    /va primero la que marcaron más personas; si siguen iguales, la que cuesta menos; si siguen iguales, la que sale en un sorteo que cualquiera puede repetir\.$/,
    /first comes the one that more people chose; if they are still equal, the one that costs less; if they are still equal, the one drawn in a lot that anybody can repeat\.$/,
  ],
];

describe('a rule in one paragraph', () => {
  it.each(SAID)('says what its parameters do: %s', (_name, rule, es, en) => {
    const options = { money: (units: bigint) => `S/${units}` };
    expect(explainRule(rule, 'es', options)).toMatch(es);
    expect(explainRule(rule, 'en', options)).toMatch(en);
  });

  it.each(['es', 'en'] as const)('says nothing of what it does not have: %s', (locale) => {
    const plain = explainRule(greedy, locale);
    const empty = { ceilings: {}, conflicts: [], leftover: 'none', unsupported: 'leave' } as const;
    expect(explainRule({ ...greedy, ...empty }, locale)).toBe(plain);
    // With skipping nothing that fits is left over.
    expect(explainRule({ ...greedy, leftover: 'next-that-fits' }, locale)).toBe(plain);
    const top = explainRule({ ...greedy, ceilings: { categories: { x: '7/2' } } }, locale);
    expect(top).toMatch(/x[»”], 3\./);
    const named = { part: (name: string) => name.toUpperCase() };
    expect(
      explainRule({ ...greedy, ceilings: { districts: { chilca: '5' } } }, locale, named),
    ).toMatch(/CHILCA[»”], 5\./);
  });

  it.each(['es', 'en'] as const)('tells one utility of max welfare from another: %s', (locale) => {
    const utilities = ['cost', 'cardinality', 'points', 'points-cost', 'borda'] as const;
    const said = utilities.map((utility) =>
      explainRule({ kind: 'max-welfare', utility, ties }, locale),
    );
    expect(new Set(said).size).toBe(utilities.length);
  });
});
