import type { Params } from '../report';

/** A whole number with its thousands apart, as Peru writes it. */
export function amount(value: string | number | undefined): string {
  return String(value ?? 0).replace(/\B(?=(\d{3})+(?!\d))/g, '\u00a0');
}

/** A number with its noun: 1 voto, 2 votos. */
export function several(value: string | number | undefined, one: string, many: string): string {
  return `${amount(value)} ${Number(value ?? 0) === 1 ? one : many}`;
}

/** Which ballot line is meant. */
export function line(params: Params, language: 'es' | 'en'): string {
  const [word, of] = language === 'es' ? ['La línea', 'de'] : ['Line', 'of'];
  return `${word} ${amount(params['line'])} ${of} ${params['file'] ?? ''}`;
}

const LIMA_BEHIND_UTC_MS = 5 * 60 * 60 * 1000;

/** An instant as a clock in Lima shows it: 23/11/2026, 18:00. Peru has no summer time. */
export function limaTime(value: string | number | undefined): string {
  const instant = Date.parse(String(value ?? ''));
  if (Number.isNaN(instant)) return '';
  const [day = '', time = ''] = new Date(instant - LIMA_BEHIND_UTC_MS).toISOString().split('T');
  return `${day.split('-').reverse().join('/')}, ${time.slice(0, 5)}`;
}
