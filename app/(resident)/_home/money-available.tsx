import { useTranslations } from 'next-intl';
import { MoneyBars } from '@/components/charts/money-bars';
import { Soles } from '@/components/money';
import { Section } from '@/components/ui/section';
import type { CycleSummary, EnvelopeSummary } from '@/lib/cycle/queries';
import { addressOf } from '@/lib/proposals/input';

/** The ceiling of the cycle, split into the envelopes that residents vote on. */
export function MoneyAvailable({
  cycle,
  envelopes,
}: {
  readonly cycle: CycleSummary;
  readonly envelopes: readonly EnvelopeSummary[];
}) {
  const t = useTranslations('home.money');
  const dimension = useTranslations('common.dimension');
  if (envelopes.length === 0) return null;
  const bars = envelopes.map((envelope) => ({
    id: envelope.id,
    label:
      envelope.scope === 'province'
        ? t('province')
        : (envelope.districtName ??
          (envelope.dimensionCode ? dimension(envelope.dimensionCode) : envelope.id)),
    href: addressOf({
      cycleId: cycle.id,
      envelopeId: envelope.id,
      dimension: null,
      state: null,
      words: null,
    }),
    cents: envelope.amountCents,
  }));
  return (
    <Section title={t('title')}>
      <div className="grid gap-x-12 gap-y-4 md:grid-cols-[1fr_1.4fr]">
        <div>
          <p className="text-4xl leading-tight font-semibold tracking-tight">
            <Soles cents={cycle.ceilingCents} />
          </p>
          <p className="mt-2">{t('ceiling', { year: String(cycle.fiscalYear) })}</p>
          <p className="mt-3 text-base">{t('rule')}</p>
          {cycle.ordinanceNumber ? <p className="mt-3 text-base">{cycle.ordinanceNumber}</p> : null}
        </div>
        <MoneyBars bars={bars} />
      </div>
    </Section>
  );
}
