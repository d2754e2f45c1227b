import type { Metadata, Viewport } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import './globals.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common');
  return {
    title: { default: t('siteTitle'), template: `%s · ${t('siteName')}` },
    description: t('siteDescription'),
    formatDetection: { telephone: false },
  };
}

export const viewport: Viewport = { themeColor: '#fbfaf6' };

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const [locale, t] = await Promise.all([getLocale(), getTranslations('common')]);
  return (
    <html lang={locale}>
      <body className="flex min-h-dvh flex-col font-sans antialiased">
        <a
          href="#contenido"
          className="skip-link bg-ink rounded-md px-4 py-3 font-semibold text-white"
        >
          {t('skip')}
        </a>
        {children}
      </body>
    </html>
  );
}
