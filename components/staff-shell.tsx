import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DemoBanner } from './demo-banner';
import { LocaleSwitch } from './locale-switch';
import { NarrowMenu } from './narrow-menu';
import { PhoneLine } from './phone-line';
import { Wordmark } from './wordmark';

export interface StaffPlace {
  readonly href: string;
  readonly label: string;
}

/**
 * The frame of every staff area: who you are, the sections of your area, a wide page. `aside` is
 * the place for the person's name and the sign-out form.
 */
export function StaffShell({
  title,
  nav,
  aside,
  children,
}: {
  readonly title: string;
  readonly nav: readonly StaffPlace[];
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  const t = useTranslations('common.staff');
  return (
    <>
      <DemoBanner />
      <header className="border-accent border-b-4 bg-white print:hidden">
        <div className="mx-auto flex max-w-7xl flex-wrap items-center justify-between gap-x-6 px-4 pt-2 sm:px-6">
          <Wordmark />
          <p className="font-semibold">{title}</p>
          <div className="flex flex-wrap items-center gap-x-4">
            {aside}
            <LocaleSwitch />
          </div>
          <NarrowMenu>
            <nav aria-label={t('nav')}>
              <ul className="divide-line border-line mt-2 divide-y border-y">
                {nav.map((place) => (
                  <li key={place.href}>
                    <a href={place.href} className="flex min-h-12 items-center py-2 font-semibold">
                      {place.label}
                    </a>
                  </li>
                ))}
                <li>
                  <a href="/" className="flex min-h-12 items-center py-2">
                    {t('site')}
                  </a>
                </li>
              </ul>
            </nav>
          </NarrowMenu>
        </div>
        <nav aria-label={t('nav')} className="mx-auto hidden max-w-7xl px-4 sm:px-6 md:block">
          <ul className="-mx-3 flex flex-wrap">
            {nav.map((place) => (
              <li key={place.href}>
                <a
                  href={place.href}
                  className="flex min-h-11 items-center px-3 text-base font-semibold"
                >
                  {place.label}
                </a>
              </li>
            ))}
            <li className="ml-auto">
              <a href="/" className="flex min-h-11 items-center px-3 text-base">
                {t('site')}
              </a>
            </li>
          </ul>
        </nav>
      </header>
      <main
        id="contenido"
        className="mx-auto w-full max-w-7xl flex-1 px-4 py-6 sm:px-6 print:p-0 print:pt-2"
      >
        {children}
      </main>
      <footer className="border-line mt-auto border-t px-4 py-4 text-base sm:px-6 print:hidden">
        <div className="mx-auto max-w-7xl">
          <PhoneLine />
        </div>
      </footer>
    </>
  );
}
