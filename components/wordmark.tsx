import { useTranslations } from 'next-intl';

/** The name of the product over the institution that answers for it; leads home. */
export function Wordmark({ href = '/' }: { readonly href?: string }) {
  const t = useTranslations('common');
  return (
    <a href={href} className="text-ink flex min-h-12 items-center gap-3 py-1 no-underline">
      <svg viewBox="0 0 32 32" aria-hidden="true" className="size-10 shrink-0">
        <path
          className="fill-accent"
          d="M12 0h8v4h4v4h4v4h4v8h-4v4h-4v4h-4v4h-8v-4H8v-4H4v-4H0v-8h4V8h4V4h4z"
        />
        <path className="fill-paper" d="M12 6h8v4h4v12h-4v4h-8v-4H8V10h4z" />
        <path className="fill-social" d="M12 10h8v4h2v4h-2v4h-8v-4h-2v-4h2z" />
        <path className="fill-economica" d="M14 14h4v4h-4z" />
      </svg>
      <span className="leading-tight">
        <span className="font-display block text-2xl font-bold tracking-tight">
          {t('siteName')}
        </span>
        <span className="block text-sm leading-snug">{t('municipality')}</span>
      </span>
    </a>
  );
}
