import { useFormatter, useTranslations } from 'next-intl';
import { Soles } from '@/components/money';
import { Stat, StatGrid } from '@/components/ui/stat';
import type { FollowUpTotals } from '@/lib/follow-up/queries';

export function Totals({ totals }: { readonly totals: FollowUpTotals }) {
  const t = useTranslations('followup.totals');
  const format = useFormatter();
  const { byStage, proposals, spentCents, allocatedCents } = totals;
  return (
    <StatGrid>
      <Stat
        label={t('finished')}
        value={format.number(byStage.finished)}
        note={t('ofAll', { proposals: format.number(proposals) })}
      />
      <Stat label={t('delayed')} value={format.number(byStage.delayed)} note={t('delayedNote')} />
      <Stat
        label={t('spent')}
        value={<Soles cents={spentCents} />}
        note={t.rich('ofAllocated', { money: () => <Soles cents={allocatedCents} /> })}
      />
    </StatGrid>
  );
}
