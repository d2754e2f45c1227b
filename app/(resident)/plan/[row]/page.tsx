import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { DimensionMark } from '@/components/dimension';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { Tag } from '@/components/ui/tag';
import { registry } from '@/db/registry/client';
import { pickText } from '@/lib/i18n/text';
import { importedDocument, planRowDetail, proposalsOfRow } from '@/lib/plan/queries';
import { PUBLIC_STATES } from '@/lib/proposals/policy';
import { Goal } from './goal';
import { Neighbours } from './neighbours';
import { Objective } from './objective';
import { Problem } from './problem';
import { Votes } from './votes';

interface Props {
  readonly params: Promise<{ row: string }>;
}

async function load({ params }: Props) {
  return planRowDetail(registry(), (await params).row);
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const [locale, row] = await Promise.all([getLocale(), load(props)]);
  return row === null
    ? {}
    : { title: pickText(locale, row.title), description: pickText(locale, row.summary) };
}

/** A row of the plan: its problems, its objectives with their proposals, its goals. */
export default async function PlanRowPage(props: Props) {
  const [t, locale, row] = await Promise.all([getTranslations('plan'), getLocale(), load(props)]);
  if (row === null) notFound();
  const [document, proposals] = await Promise.all([
    importedDocument(registry()),
    proposalsOfRow(registry(), row.code, PUBLIC_STATES),
  ]);
  const year = document?.goalYear?.toString();
  return (
    <>
      <PageHeader
        back={{ href: '/plan', label: t('back') }}
        eyebrow={<DimensionMark code={row.dimensionCode} />}
        title={pickText(locale, row.title)}
        lead={pickText(locale, row.summary)}
      >
        {document !== null && !row.inDocument ? <Tag tone="warning">{t('gone')}</Tag> : null}
      </PageHeader>
      <Votes code={row.code} />
      <Section title={t('problems')}>
        <ul className="max-w-(--container-text) space-y-4">
          {row.problems.map((problem) => (
            <Problem key={problem.code} problem={problem} />
          ))}
        </ul>
      </Section>
      <Section title={t('objectives')}>
        <ol className="space-y-6">
          {row.objectives.map((objective) => (
            <Objective
              key={objective.code}
              objective={objective}
              proposals={proposals.filter(({ objectiveCode }) => objectiveCode === objective.code)}
            />
          ))}
        </ol>
      </Section>
      <Section title={year === undefined ? t('goals') : t('goalsUntil', { year })}>
        {row.goals.length + row.linkedGoals.length === 0 ? <p>{t('noGoal')}</p> : null}
        <ul className="max-w-(--container-text) space-y-4">
          {row.goals.map((goal) => (
            <Goal key={goal.code} goal={goal} />
          ))}
          {row.linkedGoals.map((goal) => (
            <Goal key={goal.code} goal={goal} writtenIn={goal.rowCode} />
          ))}
        </ul>
      </Section>
      <Neighbours code={row.code} />
    </>
  );
}
