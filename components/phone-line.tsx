import { useTranslations } from 'next-intl';

/** The telephone that stands on every page. */
export function PhoneLine() {
  const t = useTranslations('common.phone');
  return (
    <p>
      {t('ask')}:{' '}
      <a href={`tel:${t('dial')}`} className="font-semibold whitespace-nowrap">
        {t('number')}
      </a>
      <span className="block text-base">
        {t('hours')}. {t('demo')}
      </span>
    </p>
  );
}
