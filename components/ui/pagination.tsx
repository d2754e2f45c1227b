import { useTranslations } from 'next-intl';

/** `href` gives the address of a page, from 1. Nothing is shown for a single page. */
export function Pagination({
  page,
  pages,
  href,
}: {
  readonly page: number;
  readonly pages: number;
  readonly href: (page: number) => string;
}) {
  const t = useTranslations('common.pagination');
  if (pages <= 1) return null;
  const step = 'inline-flex min-h-12 items-center py-2 font-semibold';
  return (
    <nav
      aria-label={t('label')}
      className="border-line mt-8 flex flex-wrap items-center gap-x-8 gap-y-1 border-t pt-3"
    >
      {page > 1 ? (
        <a rel="prev" href={href(page - 1)} className={step}>
          <span aria-hidden="true">←&nbsp;</span>
          {t('previous')}
        </a>
      ) : null}
      <span>{t('page', { page, pages })}</span>
      {page < pages ? (
        <a rel="next" href={href(page + 1)} className={step}>
          {t('next')}
          <span aria-hidden="true">&nbsp;→</span>
        </a>
      ) : null}
    </nav>
  );
}
