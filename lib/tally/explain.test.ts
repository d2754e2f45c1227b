import { describe, expect, it } from 'vitest';
import { buildElection } from './election';
import { explain, type ExplainLocale } from './explain';
import { insteadOf } from './instead';
import { tally } from './tally';
import type { EqualSharesRule, FundingResult, NotFundedReason, Tie } from './types';
import { whatIf, type WhatIf } from './what-if';

const election = buildElection({
  kind: 'approval',
  projects: [
    { id: 'park', cost: 9000 },
    { id: 'road', cost: 10_000 },
    { id: 'lamp', cost: 8000 },
    { id: 'dream', cost: 30_100 },
    { id: 'nobody', cost: 100 },
    { id: 'sign', cost: 10_000 },
  ],
  budget: 30_000,
  ballots: [
    { choices: ['park', 'road'] },
    { choices: ['park', 'road', 'dream'] },
    { choices: ['park', 'lamp', 'sign'] },
  ],
});

const rule: EqualSharesRule = {
  kind: 'equal-shares',
  utility: 'cost',
  completion: 'greedy',
  add1Start: 'floor',
  add1Stop: 'overspend',
  ties: ['min-cost', 'file-order'],
};

const said = (locale: ExplainLocale, completion: EqualSharesRule['completion']) =>
  explain(tally(election, { ...rule, completion }), {
    locale,
    title: (id) => id.toUpperCase(),
    money: (units) => `S/ ${units / 100n}`,
  });

/** The sentences alone; the structured reasons are tested where they come from. */
const spoken = (locale: ExplainLocale, completion: EqualSharesRule['completion']) =>
  said(locale, completion).projects.map(({ id, sentences }) => ({ id, sentences }));

describe('the explanation', () => {
  it('says in Spanish why each project was funded or not', () => {
    expect(spoken('es', 'greedy')).toMatchInlineSnapshot(`
      [
        {
          "id": "park",
          "sentences": [
            "Compra n.º 1: 3 personas que la apoyaron pagaron S/ 90, como máximo S/ 30 cada una.",
            "Su apoyo efectivo fue de 3 votos.",
          ],
        },
        {
          "id": "road",
          "sentences": [
            "Compra n.º 2: 2 personas que la apoyaron pagaron S/ 100, como máximo S/ 50 cada una.",
            "Su apoyo efectivo fue de 2 votos.",
          ],
        },
        {
          "id": "lamp",
          "sentences": [
            "Financiada, la n.º 3, con el dinero que sobró y 1 voto: S/ 80.",
          ],
        },
        {
          "id": "dream",
          "sentences": [
            "No se financió: cuesta S/ 301, más que todo el techo (S/ 300).",
          ],
        },
        {
          "id": "nobody",
          "sentences": [
            "No se financió: nadie la marcó.",
          ],
        },
        {
          "id": "sign",
          "sentences": [
            "No alcanzó: después de 1 compra, a quienes la apoyaron les quedaban entre todos S/ 70 y cuesta S/ 100; el resto ya había pagado otras propuestas que también marcaron. Tampoco alcanzó con lo que sobró al final: quedaban S/ 30 y faltaron S/ 70.",
          ],
        },
      ]
    `);
  });

  it('says in English why each project was funded or not', () => {
    expect(spoken('en', 'greedy')).toMatchInlineSnapshot(`
      [
        {
          "id": "park",
          "sentences": [
            "Bought 1st: 3 supporters paid S/ 90, at most S/ 30 each.",
            "Its effective support was 3 votes.",
          ],
        },
        {
          "id": "road",
          "sentences": [
            "Bought 2nd: 2 supporters paid S/ 100, at most S/ 50 each.",
            "Its effective support was 2 votes.",
          ],
        },
        {
          "id": "lamp",
          "sentences": [
            "Funded 3rd with the money that was left, for its 1 vote: S/ 80.",
          ],
        },
        {
          "id": "dream",
          "sentences": [
            "Not funded: it costs S/ 301, more than the whole envelope (S/ 300).",
          ],
        },
        {
          "id": "nobody",
          "sentences": [
            "Not funded: nobody chose it.",
          ],
        },
        {
          "id": "sign",
          "sentences": [
            "Not enough: after 1 purchase its supporters had S/ 70 left between them and it costs S/ 100; the rest had gone to other proposals they chose too. It did not fit in what was left at the end either: S/ 30, which is S/ 70 short.",
          ],
        },
      ]
    `);
  });

  it('gives the reasons as data beside their sentences', () => {
    const answers = [whatIf(election, { ...rule, completion: 'greedy' }, 'sign')];
    const result = tally(election, { ...rule, completion: 'greedy' });
    const { projects } = explain(result, { locale: 'es', whatIf: answers });
    expect(projects.map(({ outcome }) => outcome)).toEqual(
      result.projects.map(({ outcome }) => outcome),
    );
    expect(projects.map(({ id, whatIf: answer }) => [id, answer])).toEqual(
      result.projects.map(({ id }) => [id, id === 'sign' ? answers[0] : undefined]),
    );
  });

  it.each([
    [
      'es',
      [
        'Con una persona más que la marcara se habría financiado.',
        'También se habría financiado si costara 60, es decir, 30 menos.',
        'Con 12 personas más que la marcaran se habría financiado.',
        'Tampoco se habría financiado costando menos.',
        'Ningún número de apoyos la habría financiado.',
        'Tampoco se habría financiado costando menos.',
      ],
    ],
    [
      'en',
      [
        'With one more person choosing it, it would have been funded.',
        'It would also have been funded at a cost of 60, that is, 30 less.',
        'With 12 more people choosing it, it would have been funded.',
        'Nor would a lower cost have funded it.',
        'No number of supporters would have funded it.',
        'Nor would a lower cost have funded it.',
      ],
    ],
  ] as const)('says what would have funded a project: %s', (locale, sentences) => {
    const result = tally(election, { kind: 'greedy', utility: 'cost', ties: ['file-order'] });
    const answers: WhatIf[] = [
      { id: 'park', moreSupporters: 1, fundedAtCost: '6000' },
      { id: 'park', moreSupporters: 12, fundedAtCost: null },
      { id: 'park', moreSupporters: null, fundedAtCost: null },
    ];
    const spoken = answers.flatMap((answer) =>
      explain(result, { locale, whatIf: [answer] }).projects[0]!.sentences.slice(1),
    );
    expect(spoken).toEqual(sentences);
  });

  it('says what another rule would have funded and who is better off', () => {
    const town = buildElection({
      kind: 'approval',
      projects: [
        { id: 'a', cost: 600 },
        { id: 'b', cost: 400 },
        { id: 'c', cost: 400 },
      ],
      budget: 1000,
      ballots: [{ choices: ['a', 'b'], count: 6 }, { choices: ['c'], count: 4 }, { choices: [] }],
    });
    const greedy = tally(town, { kind: 'greedy', utility: 'cost', ties: rule.ties });
    const shares = tally(town, { ...rule, completion: 'add1+greedy' });
    const words = (result: FundingResult, locale: ExplainLocale): readonly string[] =>
      explain(result, { locale, instead: insteadOf(town, result) }).instead;
    expect(greedy.winners).toEqual(['b', 'a']);
    expect(shares.winners).toEqual(['b', 'c']);
    expect(words(greedy, 'es')).toEqual([
      'Con partes iguales se habría financiado c y no se habría financiado a.',
      '6 personas ven financiadas más propuestas suyas con la regla que se aplicó, 4 con la otra, y a 1 les da igual.',
    ]);
    expect(words(shares, 'en')).toEqual([
      'With most voted first a would have been funded and c would not have been funded.',
      '4 people see more of their own proposals funded with the rule that was applied, 6 with the other, and it is the same to 1.',
    ]);
    expect(explain(greedy, { locale: 'es' }).instead).toEqual([]);
    const phragmen = tally(town, { kind: 'phragmen', ties: rule.ties });
    expect(insteadOf(town, phragmen).rule).toEqual({
      kind: 'greedy',
      utility: 'cost',
      ties: rule.ties,
    });
  });

  it.each(['es', 'en'] as const)('has words for whatever another rule changes: %s', (locale) => {
    const result = tally(election, { kind: 'greedy', utility: 'cost', ties: ['file-order'] });
    const other = insteadOf(election, result);
    const words = (onlyFirst: string[], onlySecond: string[]): string =>
      explain(result, {
        locale,
        instead: { ...other, onlyFirst, onlySecond, betterWithFirst: 1 },
      }).instead.join(' ');
    expect([words([], []), words(['a'], []), words([], ['b', 'c'])]).toMatchSnapshot();
  });

  it('says how the share of each person was raised', () => {
    expect(said('es', 'add1').summary).toMatchInlineSnapshot(`
      [
        "3 propuestas financiadas por S/ 270, de un techo de S/ 300. Quedan S/ 30 sin asignar.",
        "El dinero se reparte por igual entre todas las personas que votaron. Cada propuesta la pagan, en partes iguales, quienes la apoyaron; a quien le queda menos pone lo que tiene. Se compra primero la que pide a cada persona la parte más pequeña de su costo. Así ningún grupo decide todo y ninguno se queda sin nada. Cada persona empieza con su parte en unidades enteras de dinero; esa parte se aumenta de uno en uno y se compra todo de nuevo, mientras lo comprado no pase del techo. Lo que no se pudo gastar así queda sin asignar. Si hay empate, va primero la que cuesta menos; si siguen iguales, la que aparece antes en la cédula.",
        "Para usar mejor el dinero, se aumentó poco a poco la parte de cada persona hasta S/ 209; ahí se paró porque con un poco más, lo comprado pasaría del techo.",
      ]
    `);
    expect(said('en', 'add1+greedy').summary).toMatchInlineSnapshot(`
      [
        "3 proposals funded for S/ 270, out of an envelope of S/ 300. S/ 30 is left unassigned.",
        "The money is shared equally among everybody who voted. Each proposal is paid for in equal parts by those who supported it; whoever has less left puts in what they have. The one that asks each person for the smallest part of its cost is bought first. So no group decides everything and none is left with nothing. Everybody starts with their share in whole units of money; it is raised one by one and everything is bought anew, as long as what is bought stays within the envelope. With what is left the list is walked from the proposal with most votes to the one with fewest, and those that still fit are funded. In a tie, first comes the one that costs less; if they are still equal, the one that comes earlier on the ballot.",
        "To use the money better, everybody's share was raised little by little to S/ 209; it stopped there because a little more would have bought more than the envelope.",
      ]
    `);
  });

  it.each(['es', 'en'] as const)(
    'has a sentence for every way to lose and to win: %s',
    (locale) => {
      const lost = (reason: NotFundedReason, partly?: string): string[] => {
        const result: FundingResult = {
          ...tally(election, { ...rule, completion: 'none' }),
          projects: [
            {
              id: 'p',
              cost: '9000',
              votes: 3,
              score: '7',
              outcome: {
                status: 'not-funded',
                reasons: [reason],
                ...(partly === undefined ? {} : { partly }),
              },
            },
          ],
        };
        return [...explain(result, { locale }).projects[0]!.sentences];
      };
      const sentences = [
        lost({ reason: 'below-threshold', score: '7', threshold: '10' }),
        lost({ reason: 'walk-ended', endedBy: 'road' }),
        lost({ reason: 'category-full', category: 'verde', left: '100' }),
        lost({ reason: 'district-full', district: 'Chilca', left: '100' }),
        lost({ reason: 'conflict', with: 'park' }),
        lost({ reason: 'not-in-best-set' }),
        lost({ reason: 'no-money-left', left: '100', missing: '8900' }, '100'),
        lost({ reason: 'supporters-spent', afterPurchases: 0, left: '100', missing: '8900' }),
      ].flat();
      expect(sentences).toMatchSnapshot();
    },
  );

  it.each(['es', 'en'] as const)('tells votes from points and one from many: %s', (locale) => {
    const points = buildElection({
      kind: 'points',
      projects: [
        { id: 'a', cost: 100 },
        { id: 'b', cost: 150 },
        { id: 'c', cost: 50 },
      ],
      budget: 300,
      ballots: [
        { choices: ['a', 'b', 'c'], points: [4, 1, 1] },
        { choices: ['b'], points: [1] },
        { choices: ['c'], points: [1] },
        { choices: ['c'], points: [1] },
      ],
    });
    const greedy = tally(points, { kind: 'greedy', utility: 'points-cost', ties: ['file-order'] });
    const paid = tally(points, {
      ...rule,
      utility: 'cost',
      completion: 'none',
      compareWithGreedy: true,
    });
    const said = [greedy, paid].map((result) => explain(result, { locale }));
    expect(said).toMatchSnapshot();
  });

  it.each(['es', 'en'] as const)('says how Add1 and the comparison ended: %s', (locale) => {
    const everything = tally(
      buildElection({
        kind: 'approval',
        projects: [{ id: 'a', cost: 100 }],
        budget: 1000,
        ballots: [{ choices: ['a'] }],
      }),
      { ...rule, completion: 'add1' },
    );
    const exhaustive = tally(election, { ...rule, completion: 'add1', add1Stop: 'exhaustive' });
    const greedy = tally(
      buildElection({
        kind: 'approval',
        projects: [
          { id: 'a', cost: 1000 },
          { id: 'b', cost: 100 },
        ],
        budget: 1000,
        ballots: [
          { choices: ['a'], count: 6 },
          { choices: ['b'], count: 3 },
        ],
      }),
      { ...rule, completion: 'none', compareWithGreedy: true },
    );
    const comparison = {
      preferEqualShares: 1,
      preferGreedy: 0,
      greedyWinners: [],
      chosen: 'equal-shares' as const,
    };
    const kept = { ...greedy, comparison };
    const summaries = [everything, exhaustive, greedy, kept].map(
      (result) => explain(result, { locale }).summary,
    );
    expect(summaries).toMatchSnapshot();
  });

  it.each(['es', 'en'] as const)('counts one and many of those who paid all: %s', (locale) => {
    const result = tally(election, { ...rule, completion: 'none' });
    const paidAll = (voters: number): string => {
      const [project] = result.projects;
      if (project?.outcome.status !== 'funded') throw new Error('park is funded');
      const payment = { payers: voters, paidAll: voters, most: '30', effectiveVotes: '3' };
      const outcome = { ...project.outcome, payment };
      const changed = { ...result, projects: [{ ...project, outcome }] };
      return explain(changed, { locale }).projects[0]!.sentences.join(' ');
    };
    expect([1, 2].map(paidAll)).toMatchSnapshot();
  });

  it.each(['es', 'en'] as const)('says where each row of a ranking ended: %s', (locale) => {
    const rows = buildElection({
      kind: 'ranking',
      projects: ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id })),
      ballots: [{ choices: ['a', 'b', 'c', 'd'] }, { choices: ['a', 'c'] }, { choices: ['b'] }],
    });
    const result = tally(rows, { kind: 'borda', slots: [4, 3, 2, 1], ties: ['project-id'] });
    expect(explain(result, { locale })).toMatchSnapshot();
    const one = buildElection({
      kind: 'ranking',
      projects: [{ id: 'a' }, { id: 'b' }],
      ballots: [{ choices: [] }],
    });
    const tied = tally(one, { kind: 'borda', slots: 1, ties: ['project-id'] });
    expect(explain(tied, { locale })).toMatchSnapshot();
  });

  it('names the tied projects and what separated them', () => {
    const tied = buildElection({
      kind: 'approval',
      projects: [
        { id: 'a', cost: 5 },
        { id: 'b', cost: 5 },
      ],
      budget: 5,
      ballots: [{ choices: ['a', 'b'] }],
    });
    const decided = (locale: ExplainLocale, ties: EqualSharesRule['ties']): string =>
      explain(tally(tied, { kind: 'greedy', utility: 'cost', ties }), { locale }).ties.join();
    expect(decided('es', ['min-cost', 'file-order'])).toBe(
      'Empate entre a y b: va primero a porque aparece antes en la cédula.',
    );
    expect(decided('en', ['project-id'])).toBe(
      'Tie between a and b: a goes first because its code comes first.',
    );
    const votes = (locale: ExplainLocale): string => {
      const apart: Tie = {
        place: 1,
        tied: ['a', 'b'],
        chosen: 'b',
        decidedBy: 'max-votes',
        mattered: true,
      };
      const result = tally(tied, { kind: 'greedy', utility: 'cost', ties: ['file-order'] });
      const cheaper: Tie = { ...apart, decidedBy: 'min-cost' };
      return explain({ ...result, ties: [apart, cheaper] }, { locale }).ties.join(' ');
    };
    expect(votes('es')).toBe(
      'Empate entre a y b: va primero b porque más personas la marcaron. Empate entre a y b: va primero b porque cuesta menos.',
    );
    expect(votes('en')).toBe(
      'Tie between a and b: b goes first because more people chose it. Tie between a and b: b goes first because it costs less.',
    );
    expect(decided('es', ['project-id'])).toContain('código');
    expect(decided('en', ['file-order'])).toContain('earlier');
    expect(decided('es', ['lot:acta-12'])).toContain('«acta-12»');
    expect(decided('en', ['lot:acta-12'])).toContain('“acta-12”');
  });
});
