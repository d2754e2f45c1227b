import { describe, expect, it } from 'vitest';
import { buildElection } from './election';
import { explain, explainRule, type ExplainLocale } from './explain';
import { tally } from './tally';
import type { EqualSharesRule, FundingResult, NotFundedReason, Tie } from './types';

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

describe('a rule', () => {
  it('is explained to residents in one paragraph, in both languages', () => {
    expect(explainRule('greedy', 'es')).toMatch(/^Se recorre la lista/);
    expect(explainRule('equal-shares', 'en')).toMatch(/^The money is shared equally/);
  });
});

describe('the explanation', () => {
  it('says in Spanish why each project was funded or not', () => {
    expect(said('es', 'greedy').projects).toMatchInlineSnapshot(`
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
            "No alcanzó: después de 1 compra, a quienes la apoyaron les quedaban entre todos S/ 70 y cuesta S/ 100; el resto ya había pagado otras propuestas que también marcaron.",
            "No alcanzó: cuando llegó su turno quedaban S/ 30 y cuesta S/ 100; faltaron S/ 70.",
          ],
        },
      ]
    `);
  });

  it('says in English why each project was funded or not', () => {
    expect(said('en', 'greedy').projects).toMatchInlineSnapshot(`
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
            "Not enough: after 1 purchase its supporters had S/ 70 left between them and it costs S/ 100; the rest had gone to other proposals they chose too.",
            "Not enough: when its turn came S/ 30 was left and it costs S/ 100; S/ 70 was missing.",
          ],
        },
      ]
    `);
  });

  it('says how the share of each person was raised', () => {
    expect(said('es', 'add1').summary).toMatchInlineSnapshot(`
      [
        "3 propuestas financiadas por S/ 270, de un techo de S/ 300. Quedan S/ 30 sin asignar.",
        "El dinero se reparte por igual entre todas las personas que votaron. Cada propuesta la pagan, en partes iguales, quienes la apoyaron; se compra primero la que pide menos por cada sol de obra. Así ningún grupo decide todo y ninguno se queda sin nada.",
        "Para usar mejor el dinero, se aumentó poco a poco la parte de cada persona hasta S/ 209; ahí se paró porque con un poco más, lo comprado pasaría del techo.",
      ]
    `);
    expect(said('en', 'add1+greedy').summary).toMatchInlineSnapshot(`
      [
        "3 proposals funded for S/ 270, out of an envelope of S/ 300. S/ 30 is left unassigned.",
        "The money is shared equally among everybody who voted. Each proposal is paid for in equal parts by those who supported it; the one that asks least per sol of work is bought first. So no group decides everything and none is left with nothing.",
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
