import { useTranslations } from 'next-intl';
import { Details } from '@/components/ui/details';
import type { PlanItem } from './item';

/** The document's own words, closed at first: residents read the short title. Always in Spanish. */
export function OfficialText({ item }: { readonly item: PlanItem }) {
  const t = useTranslations('plan');
  if (item.officialText === null) return null;
  return (
    <Details
      summary={
        <>
          {t('official')} <span className="sr-only">({item.code})</span>
        </>
      }
    >
      {item.heading === null ? null : (
        <p className="text-base">{t('underHeading', { heading: item.heading })}</p>
      )}
      <blockquote lang="es">{item.officialText}</blockquote>
      <p className="mt-2 text-base">
        {t('officialNote')} {item.truncated ? t('truncated') : null}
      </p>
    </Details>
  );
}
