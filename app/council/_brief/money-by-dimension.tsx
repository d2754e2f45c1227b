import { useTranslations } from 'next-intl';
import { MoneyBars } from '@/components/charts/money-bars';
import { Section } from '@/components/ui/section';
import { DIMENSION_IDS } from '@/lib/plan/types';
import type { ByDimension } from '@/lib/results/types';

/** What the votes assigned to each dimension, over the same of the last cycle. */
export function MoneyByDimension({
  spent,
  before,
  year,
}: {
  readonly spent: ByDimension<number>;
  /** The last published result before this one; null for the first. */
  readonly before: { readonly year: number; readonly spent: ByDimension<number> } | null;
  /** The fiscal year of `spent`. */
  readonly year: number;
}) {
  const t = useTranslations('council.money');
  const names = useTranslations('common.dimension');
  return (
    <Section
      title={t('title')}
      lead={before ? undefined : t('noBefore', { year: (year - 1).toString() })}
    >
      <MoneyBars
        beforeLabel={before ? t('before', { year: before.year.toString() }) : undefined}
        bars={DIMENSION_IDS.map((code) => ({
          id: code,
          label: names(code),
          dimension: code,
          cents: spent[code],
          beforeCents: before?.spent[code],
        }))}
      />
    </Section>
  );
}
