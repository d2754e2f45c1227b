import type { TieCriterion } from '../types';
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

/** Plain Peruvian Spanish. */
export const es: Sentences = {
  spent: (winners, cost, budget, left) =>
    `${count(winners, 'propuesta financiada', 'propuestas financiadas')} por ${cost}, de un techo de ${budget}. Quedan ${left} sin asignar.`,
  howItWorks: {
    borda:
      'El primer lugar de cada cédula vale más puntos que el segundo, el segundo más que el tercero, y así. Se suman los puntos de todas las cédulas; si hay empate, va antes la que más veces quedó en primer lugar, luego en segundo, y así.',
    greedy:
      'Se recorre la lista de la propuesta más votada a la menos votada y se financia cada una que alcanza con el dinero que queda.',
    'equal-shares':
      'El dinero se reparte por igual entre todas las personas que votaron. Cada propuesta la pagan, en partes iguales, quienes la apoyaron; se compra primero la que pide menos por cada sol de obra. Así ningún grupo decide todo y ninguno se queda sin nada.',
    phragmen:
      'El costo de cada propuesta se carga a quienes la apoyaron, de modo que todos ellos terminen con la misma carga. Se compra siempre la que deja la carga más pequeña, hasta que la siguiente ya no alcanza.',
    'maximin-support':
      'El costo de todo lo comprado se reparte entre quienes lo apoyaron de la manera más pareja posible. Se compra siempre la propuesta que deja más pequeña la carga de quien más carga.',
    'max-welfare':
      'De todos los conjuntos de propuestas que caben en el techo se elige el que más apoyo suma.',
  },
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
  supportersSpent: (afterPurchases, cost, left) =>
    afterPurchases === 0
      ? `No alcanzó: quienes la apoyaron tenían entre todos ${left} y cuesta ${cost}.`
      : `No alcanzó: después de ${count(afterPurchases, 'compra', 'compras')}, a quienes la apoyaron les quedaban entre todos ${left} y cuesta ${cost}; el resto ya había pagado otras propuestas que también marcaron.`,
  belowThreshold: (score, threshold) =>
    `No se financió: obtuvo ${score} y el mínimo para participar era ${threshold}.`,
  walkEnded: (endedBy) =>
    `No se financió: la cuenta terminó antes de su turno, en «${endedBy}», que ya no alcanzaba.`,
  ceilingReached: (of, cost, left) =>
    `No se financió: para «${of}» quedaban ${left} de su propio tope y cuesta ${cost}.`,
  conflict: (rival) => `No se financió: no puede hacerse junto con «${rival}», que tuvo más apoyo.`,
  notInBestSet: 'No se financió: el conjunto de mayor beneficio total no la incluye.',
  partly: (amount) => `Recibe una parte, con el dinero que sobró: ${amount}.`,
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
