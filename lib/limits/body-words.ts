import { LOCALE_COOKIE, localeOf } from '@/lib/i18n/locale';
import en from '@/messages/en/limits.json';
import es from '@/messages/es-PE/limits.json';
import { bodyCap, type BodyProblem } from './body';

const WORDS = { 'es-PE': es, en } as const;
const KB = 1024;

/** The sentence for a body that is not read, in the reader's language. */
export function bodySentence(
  problem: BodyProblem,
  pathname: string,
  cookies: { get(name: string): { readonly value: string } | undefined },
): string {
  const words = WORDS[localeOf(cookies.get(LOCALE_COOKIE)?.value)];
  if (problem === 'no-length') return words.noLength;
  return words.tooLarge.replace('{kilobytes}', String(bodyCap(pathname) / KB));
}
