import { useTranslations } from 'next-intl';
import { MoneyBars } from '@/components/charts/money-bars';
import { isDimensionCode } from '@/components/dimension';
import type { EnvelopeSummary } from '@/lib/cycle/queries';
import { formatPercent } from '@/lib/shared/percent';

/** Envelopes beside each other, each with its share of the ceiling and where its amount comes from. */
export function EnvelopeList({
  envelopes,
  ceilingCents,
}: {
  readonly envelopes: readonly EnvelopeSummary[];
  readonly ceilingCents: number;
}) {
  const t = useTranslations('followup.cycle');
  const names = useTranslations('common.dimension');
  return (
    <MoneyBars
      bars={envelopes.map(({ id, dimensionCode, districtName, amountCents, origin }) => {
        const dimension =
          dimensionCode !== null && isDimensionCode(dimensionCode) ? dimensionCode : undefined;
        return {
          id,
          label: dimension ? names(dimension) : (districtName ?? t('province')),
          cents: amountCents,
          dimension,
          note: t(`origin.${origin}`, {
            share: ceilingCents === 0 ? '—' : formatPercent(amountCents / ceilingCents, 2),
          }),
        };
      })}
    />
  );
}
