import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { Decisions } from '@/components/priorities/decisions';
import { Envelopes } from '@/components/priorities/envelopes';
import { FourWeights } from '@/components/priorities/four-weights';
import { Provenance } from '@/components/priorities/provenance';
import { VoiceTable } from '@/components/priorities/voice-table';
import { VotesTable } from '@/components/priorities/votes-table';
import { WeightsSum } from '@/components/priorities/weights-sum';
import { Details } from '@/components/ui/details';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { requirePermission } from '@/lib/auth/session';
import { priorityProposalById } from '@/lib/priorities/queries';
import { isIdLike, type PageSearch } from '@/lib/shared/page-number';
import { Finish } from './finish';
import { StillOpen } from './still-open';
import { Told } from './told';

interface Props {
  readonly params: Promise<{ readonly proposal: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { proposal } = await params;
  const [t, view] = await Promise.all([
    getTranslations('council.decide'),
    isIdLike(proposal) ? priorityProposalById(proposal) : null,
  ]);
  return view ? { title: t('title', { year: view.nextCycle.fiscalYear.toString() }) } : {};
}

/** The council decides on each dimension, with the whole sum in sight, and adopts. */
export default async function DecidePage({ params, searchParams }: Props) {
  await requirePermission('decide-priorities');
  const { proposal } = await params;
  const view = isIdLike(proposal) ? await priorityProposalById(proposal) : null;
  if (!view) notFound();
  const t = await getTranslations('council.decide');
  const steps = await getTranslations('priorities.steps');
  const year = view.nextCycle.fiscalYear.toString();
  return (
    <>
      <PageHeader
        title={t('title', { year })}
        lead={t('lead')}
        back={{ href: '/council', label: t('back') }}
      />
      <FourWeights view={view} />
      <Section title={t('sum')} lead={t('sumLead')}>
        <WeightsSum document={view.document} />
        <Details summary={steps('voice')}>
          <VoiceTable document={view.document} />
        </Details>
        <Details summary={steps('votes')}>
          <VotesTable document={view.document} />
        </Details>
        <Provenance view={view} />
      </Section>
      <Section id="decisiones" title={t('decisions')} lead={t('decisionsLead')}>
        <Told params={await searchParams} view={view} />
        <Decisions view={view} />
        {view.adoption || view.supersededBy ? null : (
          <>
            <StillOpen view={view} />
            <Finish view={view} />
          </>
        )}
      </Section>
      {view.adoption ? (
        <Section id="sobre" title={steps('envelope', { year })}>
          <Envelopes view={view} />
          <p>
            <a href={`/prioridades/${view.nextCycle.id}`}>{t('trail')}</a>
          </p>
        </Section>
      ) : null}
    </>
  );
}
