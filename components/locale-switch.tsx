import { useLocale, useTranslations } from 'next-intl';
import { chooseLocale } from '@/lib/i18n/actions';
import { LOCALE_NAMES, LOCALES } from '@/lib/i18n/locale';

/** Each language by its own name, as buttons of a form: works without JavaScript. */
export function LocaleSwitch() {
  const t = useTranslations('common.language');
  const current = useLocale();
  return (
    <form
      action={chooseLocale}
      aria-label={t('label')}
      className="-mr-3 flex items-center print:hidden"
    >
      {LOCALES.map((locale) => (
        <button
          key={locale}
          name="locale"
          value={locale}
          lang={locale}
          aria-current={locale === current ? 'true' : undefined}
          className="min-h-12 px-3 text-base underline underline-offset-4 aria-current:font-semibold aria-current:no-underline"
        >
          {LOCALE_NAMES[locale]}
        </button>
      ))}
    </form>
  );
}
