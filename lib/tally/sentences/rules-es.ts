import type {
  BordaRule,
  EqualSharesRule,
  GreedyRule,
  PhragmenRule,
  Rule,
  TieCriterion,
  TieRule,
  Utility,
} from '../types';

/** Prints an amount of the rule (a ceiling), or the name of a category or district. */
type Print = (text: string) => string;

const list = new Intl.ListFormat('es', { type: 'conjunction' });

/** What a rule does, with its own parameters: one sentence after another. */
export function ruleInSpanish(rule: Rule, money: Print, part: Print): string[] {
  return [...course(rule, money, part), ties(rule.ties)];
}

function course(rule: Rule, money: Print, part: Print): string[] {
  switch (rule.kind) {
    case 'borda':
      return borda(rule);
    case 'greedy':
      return greedy(rule, money, part);
    case 'equal-shares':
      return equalShares(rule);
    case 'phragmen':
      return phragmen(rule);
    case 'maximin-support':
      return [
        'El costo de todo lo comprado se reparte entre quienes lo apoyaron de la manera más pareja posible. Se compra siempre la propuesta que deja más pequeña la carga de quien más carga, hasta que ninguna otra alcanza.',
      ];
    case 'max-welfare':
      return [
        `De todas las combinaciones de propuestas que caben en el techo se elige la que suma ${WELFARE[rule.utility]}.`,
      ];
  }
}

const WELFARE: Readonly<Record<Utility, string>> = {
  cardinality: 'más votos',
  cost: 'más votos multiplicados por el costo de cada propuesta',
  points: 'más puntos',
  'points-cost': 'más puntos multiplicados por el costo de cada propuesta',
  borda: 'más puntos por orden (la última de cada cédula recibe cero)',
};

/** What greedy sorts by. */
const SORTED: Readonly<Record<Utility, string>> = {
  cost: 'de la propuesta más votada a la menos votada',
  'points-cost': 'de la propuesta con más votos o puntos a la que tiene menos',
  cardinality: 'de la propuesta con más votos por lo que cuesta a la que tiene menos',
  points: 'de la propuesta con más puntos por lo que cuesta a la que tiene menos',
  borda: 'de la propuesta con más puntos por orden por lo que cuesta a la que tiene menos',
};

function greedy(rule: GreedyRule, money: Print, part: Print): string[] {
  const said = [
    rule.walk === 'no-skip'
      ? `Se recorre la lista ${SORTED[rule.utility]} y se financia cada una que alcanza con el dinero que queda; la primera que no alcanza termina la cuenta.`
      : `Se recorre la lista ${SORTED[rule.utility]} y se financia cada una que alcanza con el dinero que queda; la que no alcanza se salta.`,
  ];
  if (rule.threshold !== undefined) {
    said.push(
      `Solo participan las que llegan a ${rule.threshold}; con ${rule.threshold} justo, participan.`,
    );
  }
  const { categories = {}, districts = {} } = rule.ceilings ?? {};
  const tops = [...Object.entries(categories), ...Object.entries(districts)];
  if (tops.length > 0) {
    const each = tops.map(([name, top]) => `«${part(name)}», ${money(top)}`);
    said.push(`Lo financiado no puede pasar de estos topes: ${each.join('; ')}.`);
  }
  if (rule.conflicts !== undefined && rule.conflicts.length > 0) {
    said.push('De las propuestas que no pueden hacerse juntas se financia solo la que va primero.');
  }
  if (rule.leftover === 'next-that-fits' && rule.walk === 'no-skip') {
    said.push('Con lo que queda se financian las siguientes que sí alcanzan.');
  }
  if (rule.leftover === 'partial') {
    said.push('Lo que queda al final paga una parte de la mejor propuesta que ya no alcanzaba.');
  }
  return [...said, ...unsupported(rule.unsupported)];
}

const unsupported = (treatment: 'leave' | 'fund' | undefined): string[] =>
  treatment === 'fund' ? ['Las que nadie marcó van al final, si todavía alcanza.'] : [];

/** Who is bought first with equal shares, and how supporters split a cost. */
const SHARED: Readonly<Record<Utility, string>> = {
  cost: 'en partes iguales, quienes la apoyaron; a quien le queda menos pone lo que tiene. Se compra primero la que pide a cada persona la parte más pequeña de su costo',
  cardinality:
    'en partes iguales, quienes la apoyaron; a quien le queda menos pone lo que tiene. Se compra primero la que le pide menos dinero a cada persona',
  points:
    'quienes la apoyaron, según los puntos que le dieron; a quien le queda menos pone lo que tiene. Se compra primero la que pide menos dinero por cada punto',
  'points-cost':
    'quienes la apoyaron, según los puntos que le dieron; a quien le queda menos pone lo que tiene. Se compra primero la que pide por cada punto la parte más pequeña de su costo',
  borda:
    'quienes la apoyaron, según el lugar que le dieron (el último no paga); a quien le queda menos pone lo que tiene. Se compra primero la que pide menos dinero por cada punto',
};

function equalShares(rule: EqualSharesRule): string[] {
  const said = [
    rule.endowments === undefined
      ? 'El dinero se reparte por igual entre todas las personas que votaron.'
      : 'El dinero se reparte primero entre los distritos, según lo fijado antes de votar, y en cada uno por igual entre las personas que votaron.',
    `Cada propuesta la pagan, ${SHARED[rule.utility]}. Así ningún grupo decide todo y ninguno se queda sin nada.`,
  ];
  if (rule.completion.startsWith('add1')) {
    const start =
      rule.add1Start === 'floor'
        ? 'Cada persona empieza con su parte en unidades enteras de dinero'
        : 'Cada persona empieza con su parte exacta';
    const stop =
      rule.add1Stop === 'overspend'
        ? 'mientras lo comprado no pase del techo'
        : 'hasta que ninguna otra alcance con lo que queda, y siempre que lo comprado no pase del techo';
    said.push(`${start}; esa parte se aumenta de uno en uno y se compra todo de nuevo, ${stop}.`);
  }
  if (rule.completion.endsWith('greedy')) {
    said.push(
      `Con lo que queda se recorre la lista ${SORTED[rule.utility]} y se financian las que todavía alcanzan.`,
    );
    said.push(...unsupported(rule.unsupported));
  } else said.push('Lo que no se pudo gastar así queda sin asignar.');
  if (rule.compareWithGreedy === true) {
    said.push(
      'Al final se compara con financiar simplemente las más votadas: si con esa lista son más las personas que ven financiadas más propuestas suyas, se aplica esa lista.',
    );
  }
  return said;
}

function phragmen(rule: PhragmenRule): string[] {
  const end =
    rule.overshoot === 'skip'
      ? 'la que ya no alcanza con lo que queda se salta'
      : 'la primera que ya no alcanza termina la cuenta';
  return [
    `El costo de cada propuesta se carga a quienes la apoyaron, de modo que todos ellos terminen con la misma carga. Se compra siempre la que deja la carga más pequeña; ${end}.`,
    ...unsupported(rule.unsupported),
  ];
}

function borda({ slots }: BordaRule): string[] {
  const points =
    slots === 'ballot-length'
      ? 'el primer lugar de cada cédula recibe tantos puntos como propuestas tiene esa cédula, el siguiente uno menos, y así hasta uno'
      : typeof slots === 'number'
        ? `el primer lugar de cada cédula recibe ${slots}, el siguiente uno menos, y así`
        : `los lugares de cada cédula reciben ${list.format(slots.map(String))}`;
  return [
    `Se dan puntos por orden: ${points}. Se suman los de todas las cédulas; con los mismos puntos va antes la que más veces quedó en primer lugar, luego en segundo, y así.`,
  ];
}

function tie(criterion: TieCriterion): string {
  switch (criterion) {
    case 'file-order':
      return 'la que aparece antes en la cédula';
    case 'project-id':
      return 'la de código menor';
    case 'min-cost':
      return 'la que cuesta menos';
    case 'max-votes':
      return 'la que marcaron más personas';
    default:
      return 'la que sale en un sorteo que cualquiera puede repetir';
  }
}

const ties = (rule: TieRule): string =>
  `Si hay empate, va primero ${rule.map(tie).join('; si siguen iguales, ')}.`;
