/** Lower case without accents: how headings and words are compared, never what is shown. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

export function words(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

const FUNCTION_WORDS = new Set(
  `a al ante bajo cada como con contra cual cuando de del desde donde e el ella en entre es esa ese
  eso esta este esto ha hacia hasta la las le les lo los mas mediante nuestra nuestras nuestro
  nuestros ni no o para pero por porque que se ser si sin sobre son su sus tal tambien toda todas
  todo todos tras traves u un una unas uno unos y ya`.split(/\s+/),
);

/** Words after which a sentence cannot end. */
const DANGLING = new Set(
  `a al ante bajo con contra de del desde e el en entre hacia hasta la las los mediante ni o para
  por que se sin sobre su sus u un una y`.split(/\s+/),
);

/** Roots of the words that carry meaning: enough of a Spanish word to survive number, gender and verb form. */
export function contentRoots(text: string): string[] {
  return words(text)
    .filter((word) => word.length > 2 && !FUNCTION_WORDS.has(word))
    .map((word) => word.replace(/s$/, '').slice(0, 6));
}

const FINAL_STOP = /[.!?…]["”»’')\]]*$/u;

export function hasFinalStop(text: string): boolean {
  return FINAL_STOP.test(text.trimEnd());
}

export function startsInLowerCase(text: string): boolean {
  return /^["“«(¿¡]*\p{Ll}/u.test(text.trimStart());
}

/** A comma, or a word that asks for another, at the end: the document cuts the sentence. */
export function isTruncated(text: string): boolean {
  const trimmed = text.trimEnd();
  if (/[,\-–]$/u.test(trimmed)) return true;
  if (!/\p{L}$/u.test(trimmed)) return false;
  const last = words(trimmed).at(-1);
  return last !== undefined && DANGLING.has(last);
}

const NOT_INFINITIVES = new Set(
  `alquiler auxiliar ayer azar bienestar caracter circular cualquier deber escolar familiar hogar
  lider lugar mar menester militar mujer par particular pilar poder popular primer regular similar
  singular super taller tercer titular`.split(/\s+/),
);

export function isInfinitive(word: string): boolean {
  const folded = fold(word);
  return /..[aei]r(se|los?|las?|les?)?$/.test(folded) && !NOT_INFINITIVES.has(folded);
}
