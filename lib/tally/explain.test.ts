import { describe, expect, it } from 'vitest';
import { buildElection } from './election';
import { explain, type ExplainLocale } from './explain';
import { tally } from './tally';
import type { EqualSharesRule } from './types';

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
    expect(decided('es', ['lot:acta-12'])).toContain('«acta-12»');
    expect(decided('en', ['lot:acta-12'])).toContain('“acta-12”');
  });
});
