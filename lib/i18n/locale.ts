/** The languages that are complete. Quechua joins when a named reviewer has signed its texts. */
export const LOCALES = ['es-PE', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = 'es-PE';
export const LOCALE_COOKIE = 'minka-locale';

/** Each language by its own name: a reader looks for the word she knows. */
export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { 'es-PE': 'Español', en: 'English' };

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/** The language of a cookie's value; whatever is not a complete language reads as Spanish. */
export function localeOf(value: string | undefined): Locale {
  return isLocale(value) ? value : DEFAULT_LOCALE;
}

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale;
  }
}
