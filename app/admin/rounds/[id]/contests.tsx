import { getTranslations } from 'next-intl/server';
import { formatCount } from '@/components/count';
import { Soles } from '@/components/money';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { formatSoles } from '@/lib/shared/money';
import { contestsOf, type ContestOfRound } from '@/lib/rounds/contest-queries';
import type { RoundDetail } from '@/lib/rounds/types';
import { RuleWords } from '../rule-words';

/** The questions of the ballot, the money of each and the rule it will be counted by. */
export async function RoundContests({ round }: { readonly round: RoundDetail }) {
  const [t, words, contests] = await Promise.all([
    getTranslations('admin.contests'),
    getTranslations('rules.rules'),
    contestsOf(registry(), round.id),
  ]);
  const title = (contest: ContestOfRound): string => {
    if (contest.kind === 'rank') return t('rank');
    return contest.districtName === null
      ? t('province')
      : t('district', { district: contest.districtName });
  };
  const ruleOf = (contest: ContestOfRound): string => {
    const name = words(`${contest.rule}.name`);
    const { threshold, ceilingCents, maxPicks } = contest;
    const least =
      threshold === null
        ? name
        : t('threshold', { rule: name, threshold, thresholdText: formatCount(threshold) });
    const most =
      ceilingCents === null
        ? least
        : t('ceiling', { rule: least, ceiling: formatSoles(ceilingCents) });
    return maxPicks === null ? most : t('picks', { rule: most, proposals: maxPicks });
  };
  const rules = [...new Set(contests.map((contest) => contest.rule))];
  return (
    <Section title={t('title')}>
      <DataTable
        caption={t('title')}
        captionHidden
        dense
        head={[t('contest'), t('money'), t('rule')]}
        numeric={[1]}
        rows={contests.map((contest) => [
          title(contest),
          contest.amountCents === null ? '–' : <Soles key="money" cents={contest.amountCents} />,
          ruleOf(contest),
        ])}
      />
      <RuleWords summary={t('explain')} rules={rules} />
    </Section>
  );
}
