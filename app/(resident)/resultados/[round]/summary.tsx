import { useTranslations } from 'next-intl';
import { formatCount } from '@/components/count';
import { Soles } from '@/components/money';
import { Stat, StatGrid } from '@/components/ui/stat';
import type { PublicResult } from '@/lib/results/gate';
import { formatPercent } from '@/lib/shared/percent';

/** The four figures a mayor asks for first. */
export function Summary({ result }: { readonly result: PublicResult }) {
  const t = useTranslations('results');
  const { ballots, eligible } = result.turnout;
  const allocate = result.contests.filter((contest) => contest.kind === 'allocate');
  const funded = allocate.reduce((sum, contest) => sum + contest.winners.length, 0);
  const proposals = allocate.reduce((sum, contest) => sum + contest.proposals.length, 0);
  const envelopes = allocate.reduce((sum, contest) => sum + contest.envelopeCents, 0);
  const spent = Object.values(result.spent).reduce((sum, cents) => sum + cents, 0);
  return (
    <StatGrid>
      <Stat
        label={t('summary.ballots')}
        value={ballots === null ? t('hidden.few', { k: result.minGroup }) : formatCount(ballots)}
        note={
          ballots === null || eligible === 0
            ? undefined
            : t('summary.ofEligible', {
                share: formatPercent(ballots / eligible),
                eligible: formatCount(eligible),
              })
        }
      />
      <Stat
        label={t('summary.funded')}
        value={formatCount(funded)}
        note={t('summary.ofProposals', { proposals: formatCount(proposals) })}
      />
      <Stat
        label={t('summary.money')}
        value={<Soles cents={spent} />}
        note={t.rich('summary.ofEnvelopes', { money: () => <Soles cents={envelopes} /> })}
      />
    </StatGrid>
  );
}
