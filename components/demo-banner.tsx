import { useTranslations } from 'next-intl';
import { webEnv } from '@/lib/env';

/** Says on every page that the data is made up; nothing outside of the demonstration. */
export function DemoBanner() {
  const t = useTranslations('common.demo');
  if (!webEnv().MINKA_DEMO) return null;
  return (
    <aside aria-label={t('label')} className="border-line bg-warn-soft border-b">
      <p className="mx-auto max-w-(--container-page) px-4 py-2 text-sm leading-snug sm:px-6">
        <strong>{t('label')}.</strong> {t('text')}{' '}
        <a href="/demo" className="print:hidden">
          {t('people')}
        </a>
      </p>
    </aside>
  );
}
