import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { Locale } from '@/lib/i18n/locale';
import { messagesOf } from '@/lib/i18n/messages';

const messages: Record<Locale, Awaited<ReturnType<typeof messagesOf>>> = {
  'es-PE': await messagesOf('es-PE'),
  en: await messagesOf('en'),
};

/** What a reader of this language gets, as HTML; a text that is missing fails the test. */
export function render(children: ReactNode, locale: Locale = 'es-PE'): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider
      locale={locale}
      messages={messages[locale]}
      timeZone="America/Lima"
      onError={(error) => {
        throw error;
      }}
    >
      {children}
    </NextIntlClientProvider>,
  );
}
