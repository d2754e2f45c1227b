import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

/** The menu of narrow screens: a <details>, so that it opens without a script. */
export function NarrowMenu({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('common.nav');
  return (
    <details className="group pb-2 open:basis-full md:hidden">
      <summary className="border-ink inline-flex min-h-12 items-center gap-2 rounded-md border-2 px-4 font-semibold">
        <span aria-hidden="true" className="group-open:hidden">
          ☰
        </span>
        <span aria-hidden="true" className="hidden group-open:inline">
          ✕
        </span>
        {t('menu')}
      </summary>
      {children}
    </details>
  );
}
