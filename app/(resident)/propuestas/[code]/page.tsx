import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { DimensionMark } from '@/components/dimension';
import { ProposalStateTag } from '@/components/proposal-state';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { registry } from '@/db/registry/client';
import { pickText } from '@/lib/i18n/text';
import { addressOf } from '@/lib/proposals/input';
import { proposalByCode, type ProposalDetail } from '@/lib/proposals/queries';
import { listRounds } from '@/lib/rounds/queries';
import { phaseAt } from '@/lib/rounds/rules';
import { now } from '@/lib/shared/clock';
import { Facts } from '../_parts/facts';
import { Milestones } from '../_parts/milestones';
import { Objectives } from '../_parts/objectives';
import { Outcome } from '../_parts/outcome';

interface Props {
  readonly params: Promise<{ code: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [locale, proposal] = await Promise.all([
    getLocale(),
    params.then(({ code }) => proposalByCode(code)),
  ]);
  return proposal
    ? { title: pickText(locale, { es: proposal.titleEs, en: proposal.titleEn }) }
    : {};
}

export default async function ProposalPage({ params }: Props) {
  const { code } = await params;
  const [t, locale, proposal] = await Promise.all([
    getTranslations('proposals'),
    getLocale(),
    proposalByCode(code),
  ]);
  if (!proposal) notFound();
  const back = addressOf({
    cycleId: proposal.cycleId,
    dimension: null,
    envelopeId: null,
    state: null,
    words: null,
  });
  return (
    <>
      <PageHeader
        back={{ href: back, label: t('back') }}
        eyebrow={
          proposal.dimensionCode ? <DimensionMark code={proposal.dimensionCode} /> : undefined
        }
        title={pickText(locale, { es: proposal.titleEs, en: proposal.titleEn })}
      >
        <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <ProposalStateTag state={proposal.state} />
          <span>{t('code', { code: proposal.code })}</span>
        </p>
      </PageHeader>
      <Outcome proposal={proposal} next={await nextStep(proposal)} />
      <div className="grid gap-x-12 md:grid-cols-[1.4fr_1fr]">
        <div>
          <Section title={t('what')}>
            <p>{pickText(locale, { es: proposal.whatEs, en: proposal.whatEn })}</p>
          </Section>
          <Section title={t('where')}>
            <p>{pickText(locale, { es: proposal.whereEs, en: proposal.whereEn })}</p>
          </Section>
          <Section title={t('why')}>
            <p>{pickText(locale, { es: proposal.whyEs, en: proposal.whyEn })}</p>
          </Section>
        </div>
        <Facts proposal={proposal} />
      </div>
      <Milestones milestones={proposal.milestones} costCents={proposal.costCents} />
      <Objectives objectives={proposal.objectives} />
    </>
  );
}

/** To the vote while it is open, to the result once it is published. */
async function nextStep({ cycleId, state }: ProposalDetail) {
  if (!['eligible', 'funded', 'not-funded'].includes(state)) return null;
  const rounds = await listRounds(registry(), cycleId);
  const wanted = state === 'eligible' ? 'voting' : 'published';
  const round = rounds.find((each) => phaseAt(each, now()) === wanted);
  if (!round) return null;
  return state === 'eligible'
    ? { href: `/votar/${round.id}`, act: 'vote' as const }
    : { href: `/resultados/${round.id}`, act: 'seeResult' as const };
}
