import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { DateText } from '@/components/date';
import { Backwards } from '@/components/priorities/backwards';
import { Decisions } from '@/components/priorities/decisions';
import { Differences } from '@/components/priorities/differences';
import { Envelopes } from '@/components/priorities/envelopes';
import { FourWeights } from '@/components/priorities/four-weights';
import { Provenance } from '@/components/priorities/provenance';
import { VoiceTable } from '@/components/priorities/voice-table';
import { VotesTable } from '@/components/priorities/votes-table';
import { WeightsSum } from '@/components/priorities/weights-sum';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { Tag } from '@/components/ui/tag';
import { priorityProposalFor } from '@/lib/priorities/queries';
import { percentBp } from '@/lib/priorities/words';
import { isIdLike } from '@/lib/shared/page-number';

interface Props {
  readonly params: Promise<{ readonly cycle: string }>;
}

const trailOf = cache((cycle: string) => (isIdLike(cycle) ? priorityProposalFor(cycle) : null));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, view] = await Promise.all([
    getTranslations('priorities'),
    trailOf((await params).cycle),
  ]);
  return view ? { title: t('title', { year: view.nextCycle.fiscalYear.toString() }) } : {};
}

/** From the votes of one cycle to the envelopes of the next, readable in both directions. */
export default async function PrioritiesPage({ params }: Props) {
  const view = await trailOf((await params).cycle);
  if (!view) notFound();
  const t = await getTranslations('priorities');
  const { rule } = view.document;
  const year = view.nextCycle.fiscalYear.toString();
  return (
    <>
      <PageHeader
        title={t('title', { year })}
        lead={t('lead')}
        back={{ href: `/resultados/${view.roundId}`, label: t('backToResult') }}
      >
        <Tag tone={view.adoption ? 'success' : 'info'}>
          {view.adoption
            ? t.rich('state.adopted', {
                by: view.adoption.adoptedBy,
                date: () => <DateText value={view.adoption?.adoptedAt ?? view.createdAt} />,
              })
            : t('state.before', { decided: view.decisions.length })}
        </Tag>
      </PageHeader>
      <FourWeights view={view} />
      <Section id="votos" title={t('steps.votes')} lead={t('votes.lead')}>
        <VotesTable document={view.document} />
      </Section>
      <Section
        id="voz"
        title={t('steps.voice')}
        lead={t('voice.lead', { share: percentBp(rule.populationShareBp), few: rule.fewBallots })}
      >
        <VoiceTable document={view.document} />
      </Section>
      <Section id="propuesta" title={t('steps.proposal')} lead={t('sum.lead')}>
        <WeightsSum document={view.document} />
      </Section>
      <Section id="decision" title={t('steps.decision')} lead={t('decision.lead')}>
        <Decisions view={view} />
        <Differences view={view} />
      </Section>
      <Section id="sobre" title={t('steps.envelope', { year })}>
        <Envelopes view={view} />
      </Section>
      <Section id="de-vuelta" title={t('back.title')} lead={t('back.lead')}>
        <Backwards view={view} />
      </Section>
      <Provenance view={view} />
    </>
  );
}
