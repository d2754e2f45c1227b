import { fold, isInfinitive, words } from './words';

/** A stretch of a unit; the `raw` of all stretches put together is the unit. */
export interface Stretch {
  readonly kind: 'text' | 'subheading' | 'lead-in';
  readonly raw: string;
}

/** Nouns of action that no ending gives away. */
const ACTION_NOUNS = new Set(
  `acceso apoyo aumento campana campanas cierre compra control convenio convenios cuidado defensa
  desarrollo diseno dotacion entrega estrategia estrategias fomento garantia impulso incentivo
  incremento lucha manejo mejora mejoras plan planes politica politicas programa programas proyecto
  proyectos puesta reforma reformas refuerzo rescate respeto trabajo uso`.split(/\s+/),
);

/** Nouns with the ending of an action that name a state of things. */
const STATE_NOUNS = new Set(
  `condicion comision institucion pasion poblacion razon region situacion ocasion opinion cuestion
  relacion intencion excepcion`.split(/\s+/),
);

const ABBREVIATIONS = new Set(
  `art av ca cia dr dra ing jr km lic lt mz no nro num pag pje prof psje sr sra sta sto tel urb`.split(
    /\s+/,
  ),
);

const SUBHEADING_START =
  /^(en (relaci[oó]n|referencia) (al?|con)|(con|en) (respecto|relaci[oó]n) (al?|con|de)|respecto (al?|del?)|en cuanto al?|en (el|la|lo) (aspecto|[aá]mbito|campo|eje|materia|que|referente|relativo)|en materia de|referente al?|sobre (el|la|los|las))(?=[\s:])/iu;

const LEAD_IN_END =
  /(propon(emos|go|en)|se proponen?|plante(amos|o|an)|se plantean?|(lo|l[ao]s) siguientes?( (acciones|medidas|objetivos|pol[ií]ticas|propuestas|soluciones|metas|puntos))?|siguiente|(acciones|medidas|objetivos|problemas?|metas|soluciones)( principales)?( (son|es))?)\s*:$/iu;

/** Whether a sentence opens a new action: an infinitive, "Se dará…", "Impulsaremos…", a noun of action; not a gerund. */
export function opensAction(sentence: string): boolean {
  const [first, second] = words(sentence);
  if (first === undefined) return false;
  if (isInfinitive(first)) return true;
  if (/(re|e|a|i)mos$/.test(first)) return true;
  if (first === 'se') return second !== undefined && /(ra|ran|propone|plantea|busca)$/.test(second);
  if (ACTION_NOUNS.has(first)) return true;
  return /([cs]ion|stion|miento)$/.test(first) && !STATE_NOUNS.has(first);
}

function opensHeading(sentence: string): boolean {
  return SUBHEADING_START.test(sentence) && headingLength(sentence) > 0;
}

/** Length of the heading or lead-in a sentence starts with, up to its colon; 0 when there is none. */
function headingLength(sentence: string): number {
  const clause = /^[^.!?:]*:(?=\s*$|\s*["“«¿¡(]?\p{Lu})/u.exec(sentence)?.[0];
  if (clause === undefined) return 0;
  const alone = clause.length === sentence.trimEnd().length;
  return alone || SUBHEADING_START.test(clause) || LEAD_IN_END.test(clause) ? clause.length : 0;
}

function isAbbreviation(before: string): boolean {
  const last = /([\p{L}°º]+)\.$/u.exec(before)?.[1];
  return last !== undefined && (last.length === 1 || ABBREVIATIONS.has(fold(last)));
}

/** Where a sentence ends and something new begins: an action or a subheading. */
function boundaries(unit: string): number[] {
  const found: number[] = [];
  for (const match of unit.matchAll(/[.!?…]["”»’)]*(\s*)(?=["“«¿¡(]?\p{Lu})/gu)) {
    const end = match.index + match[0].length;
    const before = unit.slice(0, match.index + 1);
    const rest = unit.slice(end);
    // Glued to the stop ("productos.Impulsar") it must follow a word, not initials ("EE.UU").
    if (match[1] === '' && !/\p{Ll}{3}[.!?…]$/u.test(before)) continue;
    if (isAbbreviation(before)) continue;
    if (opensAction(rest) || opensHeading(rest)) found.push(end);
  }
  return found;
}

/**
 * Splits a unit of the objectives column into its headings and its actions.
 * The stretches put together give the unit back, character by character.
 */
export function splitActions(unit: string): Stretch[] {
  const stretches: Stretch[] = [];
  let start = 0;
  for (const end of [...boundaries(unit), unit.length]) {
    stretches.push(...peelHeading(unit.slice(start, end)));
    start = end;
  }
  return stretches.filter(({ raw }) => raw !== '');
}

/** The heading or lead-in at the start of a sentence, and what follows it. */
export function peelHeading(sentence: string): Stretch[] {
  const lead = /^\s*/.exec(sentence)?.[0].length ?? 0;
  const length = headingLength(sentence.slice(lead));
  if (length === 0) return [{ kind: 'text', raw: sentence }];
  const raw = sentence.slice(0, lead + length);
  const rest = sentence.slice(lead + length);
  const kind = LEAD_IN_END.test(raw) ? 'lead-in' : 'subheading';
  return rest.trim() === ''
    ? [{ kind, raw: raw + rest }]
    : [
        { kind, raw },
        { kind: 'text', raw: rest },
      ];
}
