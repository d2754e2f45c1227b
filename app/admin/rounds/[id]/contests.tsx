import { getTranslations } from 'next-intl/server';
import { Soles } from '@/components/money';
import { Details } from '@/components/ui/details';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { contestsOf, type ContestOfRound } from '@/lib/rounds/contest-queries';
import type { RoundDetail } from '@/lib/rounds/types';

/** The questions of the ballot, the money of each and the rule it will be counted by. */
export async function RoundContests({ round }: { readonly round: RoundDetail }) {
  const [t, contests] = await Promise.all([
    getTranslations('admin.contests'),
    contestsOf(registry(), round.id),
  ]);
  const title = (contest: ContestOfRound): string => {
    if (contest.kind === 'rank') return t('rank');
    return contest.districtName === null
      ? t('province')
      : t('district', { district: contest.districtName });
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
          t(`rules.${contest.rule}.name`),
        ])}
      />
      <Details summary={t('explain')}>
        {rules.map((rule) => (
          <p key={rule} className="mb-3 max-w-(--container-text)">
            <strong>{t(`rules.${rule}.name`)}.</strong> {t(`rules.${rule}.explain`)}
          </p>
        ))}
      </Details>
    </Section>
  );
}
