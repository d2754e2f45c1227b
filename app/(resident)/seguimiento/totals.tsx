import { useTranslations } from 'next-intl';
import { formatCount } from '@/components/count';
import { Soles } from '@/components/money';
import { Stat, StatGrid } from '@/components/ui/stat';
import type { FollowUpTotals } from '@/lib/follow-up/queries';

export function Totals({ totals }: { readonly totals: FollowUpTotals }) {
  const t = useTranslations('followup.totals');
  const { byStage, proposals, spentCents, allocatedCents } = totals;
  return (
    <StatGrid>
      <Stat
        label={t('finished')}
        value={formatCount(byStage.finished)}
        note={t('ofAll', { proposals: formatCount(proposals) })}
      />
      <Stat
        label={t('delayed')}
        value={formatCount(byStage.delayed)}
        note={byStage.delayed === 0 ? undefined : t('delayedNote')}
      />
      <Stat
        label={t('spent')}
        value={<Soles cents={spentCents} />}
        note={t.rich('ofAllocated', { money: () => <Soles cents={allocatedCents} /> })}
      />
    </StatGrid>
  );
}
