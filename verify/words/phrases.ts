import type { Params } from '../report';

/** A whole number with its thousands apart, as Peru writes it. */
export function amount(value: string | number | undefined): string {
  return String(value ?? 0).replace(/\B(?=(\d{3})+(?!\d))/g, '\u00a0');
}

/** Which ballot line is meant. */
export function line(params: Params, language: 'es' | 'en'): string {
  const [word, of] = language === 'es' ? ['La línea', 'de'] : ['Line', 'of'];
  return `${word} ${amount(params['line'])} ${of} ${params['file'] ?? ''}`;
}
