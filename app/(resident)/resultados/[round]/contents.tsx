import { useLocale, useTranslations } from 'next-intl';
import type { PublicResult } from '@/lib/results/gate';
import { pickText } from '@/lib/i18n/text';

/** What stands on this page, one link per part. */
export function Contents({ result }: { readonly result: PublicResult }) {
  const t = useTranslations('results');
  const locale = useLocale();
  const parts = [
    ...result.contests.map(({ id, title }) => ({ id, label: pickText(locale, title) })),
    { id: 'participacion', label: t('turnout.title') },
    { id: 'verificar', label: t('check.title') },
  ];
  return (
    <nav aria-label={t('round.contents')} className="mb-12 print:hidden">
      <ul className="columns-1 gap-x-10 sm:columns-2">
        {parts.map(({ id, label }) => (
          <li key={id} className="break-inside-avoid">
            <a href={`#${id}`} className="inline-flex min-h-11 items-center py-1">
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
