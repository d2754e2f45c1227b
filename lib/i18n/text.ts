/** A text that is stored, in the database or in a manifest, in both languages. */
export interface Text {
  readonly es: string;
  readonly en: string;
}

/** The text in the reader's language; `locale` is what next-intl's getLocale/useLocale gives. */
export function pickText(locale: string, text: Text): string {
  return locale === 'en' ? text.en : text.es;
}
