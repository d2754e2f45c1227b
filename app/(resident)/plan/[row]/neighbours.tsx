import { getLocale, getTranslations } from 'next-intl/server';
import { registry } from '@/db/registry/client';
import { pickText } from '@/lib/i18n/text';
import { votableRows } from '@/lib/plan/queries';

/** The way to the rows before and after, in the plan's order. */
export async function Neighbours({ code }: { readonly code: string }) {
  const [t, locale, rows] = await Promise.all([
    getTranslations('plan'),
    getLocale(),
    votableRows(registry()),
  ]);
  const at = rows.findIndex((row) => row.code === code);
  const previous = at > 0 ? rows[at - 1] : undefined;
  const next = at < 0 ? undefined : rows[at + 1];
  return (
    <nav
      aria-label={t('neighbours')}
      className="flex flex-wrap justify-between gap-x-8 print:hidden"
    >
      {previous === undefined ? null : (
        <a href={`/plan/${previous.code}`} className="py-3">
          {t('previous', { title: pickText(locale, previous.title) })}
        </a>
      )}
      {next === undefined ? null : (
        <a href={`/plan/${next.code}`} className="py-3">
          {t('next', { title: pickText(locale, next.title) })}
        </a>
      )}
    </nav>
  );
}
