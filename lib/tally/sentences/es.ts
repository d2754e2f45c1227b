import type { TieCriterion } from '../types';
import { ruleInSpanish } from './rules-es';
import type { Sentences } from './sentences';

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const list = new Intl.ListFormat('es', { type: 'conjunction' });

function criterion(decidedBy: TieCriterion): string {
  switch (decidedBy) {
    case 'file-order':
      return 'porque aparece antes en la cédula';
    case 'project-id':
      return 'porque su código va antes';
    case 'min-cost':
      return 'porque cuesta menos';
    case 'max-votes':
      return 'porque más personas la marcaron';
    default:
      return `por el sorteo hecho con la semilla publicada «${decidedBy.slice('lot:'.length)}»`;
  }
}

const OTHER_RULE = {
  greedy: 'las más votadas primero',
  'equal-shares': 'partes iguales',
} as const;

/** Plain Peruvian Spanish. */
export const es: Sentences = {
  spent: (winners, cost, budget, left) =>
    `${count(winners, 'propuesta financiada', 'propuestas financiadas')} por ${cost}, de un techo de ${budget}. Quedan ${left} sin asignar.`,
  rule: ruleInSpanish,
  add1: (endowment, stoppedBy) => {
    const why = {
      overspend: 'con un poco más, lo comprado pasaría del techo',
      exhaustive: 'ya ninguna otra propuesta alcanza con lo que queda',
      'everything-bought': 'ya se compraron todas las propuestas que se podían comprar',
    }[stoppedBy];
    return `Para usar mejor el dinero, se aumentó poco a poco la parte de cada persona hasta ${endowment}; ahí se paró porque ${why}.`;
  },
  votes: (votes) => count(votes, 'voto', 'votos'),
  points: (points) => count(points, 'punto', 'puntos'),
  funded: (order, support, cost) => `Financiada, la n.º ${order}, con ${support}: ${cost}.`,
  fundedWithTheRest: (order, votes, cost) =>
    `Financiada, la n.º ${order}, con el dinero que sobró y ${count(votes, 'voto', 'votos')}: ${cost}.`,
  bought: (order, payers, cost, most) =>
    `Compra n.º ${order}: ${count(payers, 'persona que la apoyó pagó', 'personas que la apoyaron pagaron')} ${cost}, como máximo ${most} cada una.`,
  paidAll: (voters) =>
    voters === 1
      ? 'A una de ellas le quedaba menos y puso todo lo que tenía.'
      : `A ${voters} de ellas les quedaba menos y pusieron todo lo que tenían.`,
  effectiveVotes: (votes) =>
    `Su apoyo efectivo fue de ${votes.toLocaleString('es-PE', { maximumFractionDigits: 1 })} votos.`,
  aboveEnvelope: (cost, budget) =>
    `No se financió: cuesta ${cost}, más que todo el techo (${budget}).`,
  unsupported: 'No se financió: nadie la marcó.',
  noMoneyLeft: (cost, left, missing) =>
    `No alcanzó: cuando llegó su turno quedaban ${left} y cuesta ${cost}; faltaron ${missing}.`,
  supportersSpent: (afterPurchases, cost, left, atTheEnd) => {
    const ending =
      atTheEnd === null
        ? ''
        : ` Tampoco alcanzó con lo que sobró al final: quedaban ${atTheEnd.left} y faltaron ${atTheEnd.missing}.`;
    return afterPurchases === 0
      ? `No alcanzó: quienes la apoyaron tenían entre todos ${left} y cuesta ${cost}.${ending}`
      : `No alcanzó: después de ${count(afterPurchases, 'compra', 'compras')}, a quienes la apoyaron les quedaban entre todos ${left} y cuesta ${cost}; el resto ya había pagado otras propuestas que también marcaron.${ending}`;
  },
  belowThreshold: (score, threshold) =>
    `No se financió: obtuvo ${score} y el mínimo para participar era ${threshold}.`,
  walkEnded: (endedBy) =>
    `No se financió: la cuenta terminó antes de su turno, en «${endedBy}», que ya no alcanzaba.`,
  ceilingReached: (of, cost, left) =>
    `No se financió: para «${of}» quedaban ${left} de su propio tope y cuesta ${cost}.`,
  conflict: (rival) => `No se financió: no puede hacerse junto con «${rival}», que tuvo más apoyo.`,
  notInBestSet: 'No se financió: el conjunto de mayor beneficio total no la incluye.',
  partly: (amount) => `Recibe una parte, con el dinero que sobró: ${amount}.`,
  moreSupporters: (voters) =>
    voters === 1
      ? 'Con una persona más que la marcara se habría financiado.'
      : `Con ${voters} personas más que la marcaran se habría financiado.`,
  noNumberOfSupporters: 'Ningún número de apoyos la habría financiado.',
  fundedAtCost: (cost, cheaperBy) =>
    `También se habría financiado si costara ${cost}, es decir, ${cheaperBy} menos.`,
  noCost: 'Tampoco se habría financiado costando menos.',
  instead: ({ rule, onlyThere, onlyHere, betterHere, betterThere, same }) => {
    const name = OTHER_RULE[rule];
    if (onlyThere.length === 0 && onlyHere.length === 0) {
      return [`Con ${name} se habría financiado lo mismo.`];
    }
    const more = onlyThere.length === 0 ? [] : [`se habría financiado ${list.format(onlyThere)}`];
    const less = onlyHere.length === 0 ? [] : [`no se habría financiado ${list.format(onlyHere)}`];
    return [
      `Con ${name} ${[...more, ...less].join(' y ')}.`,
      `${count(betterHere, 'persona ve financiadas', 'personas ven financiadas')} más propuestas suyas con la regla que se aplicó, ${betterThere} con la otra, y a ${same} les da igual.`,
    ];
  },
  comparison: (preferEqualShares, preferGreedy, chosen) =>
    `Se comparó con financiar simplemente las más votadas: ${count(preferEqualShares, 'persona gana', 'personas ganan')} más propuestas suyas con partes iguales y ${preferGreedy} con las más votadas, así que se aplica ${chosen === 'greedy' ? 'el orden de las más votadas' : 'el reparto en partes iguales'}.`,
  ranked: (voters) => `${count(voters, 'cédula contada', 'cédulas contadas')}.`,
  place: (place, score, places) => {
    const first = places[0] ?? 0;
    const times =
      first === 0 ? 'nunca en primer lugar' : `${count(first, 'vez', 'veces')} en primer lugar`;
    return `Puesto ${place} con ${count(score, 'punto', 'puntos')}; ${times}.`;
  },
  tie: (tied, chosen, decidedBy) =>
    `Empate entre ${list.format(tied)}: va primero ${chosen} ${criterion(decidedBy)}.`,
};
