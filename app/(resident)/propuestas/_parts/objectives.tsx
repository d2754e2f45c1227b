import { useLocale, useTranslations } from 'next-intl';
import { DimensionMark } from '@/components/dimension';
import { Section } from '@/components/ui/section';
import { pickText } from '@/lib/i18n/text';
import type { ProposalDetail } from '@/lib/proposals/queries';

/** The objectives of the plan that the proposal serves, the main one first. */
export function Objectives({ objectives }: { readonly objectives: ProposalDetail['objectives'] }) {
  const t = useTranslations('proposals');
  const locale = useLocale();
  if (objectives.length === 0) return null;
  return (
    <Section title={t('objectives')} lead={t('objectivesLead')}>
      <ul className="border-ink border-t-2">
        {objectives.map((objective) => (
          <li key={objective.code} className="border-line flex gap-4 border-b py-4">
            <DimensionMark code={objective.dimensionCode} size={32} label={false} />
            <span>
              <a href={`/plan/${objective.rowCode}#${objective.code}`} className="font-semibold">
                {pickText(locale, { es: objective.titleEs, en: objective.titleEn })}
              </a>
              <span className="block text-base">
                {pickText(locale, { es: objective.rowTitleEs, en: objective.rowTitleEn })} ·{' '}
                {objective.code}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
