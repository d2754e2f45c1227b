import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { DateText } from '@/components/date';
import { Soles } from '@/components/money';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { Stat, StatGrid } from '@/components/ui/stat';
import { Tag } from '@/components/ui/tag';
import { cycleById, envelopesOf } from '@/lib/cycle/queries';
import { registry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { pickText } from '@/lib/i18n/text';
import { priorityProposalFor } from '@/lib/priorities/queries';
import { limaDay } from '@/lib/shared/lima';
import { isIdLike } from '@/lib/shared/page-number';
import { Calendar } from '../../_home/calendar';
import { EnvelopeList } from './envelope-list';

interface Props {
  readonly params: Promise<{ readonly cycle: string }>;
}

const cycleOf = cache((id: string) => (isIdLike(id) ? cycleById(id) : null));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [locale, cycle] = await Promise.all([getLocale(), cycleOf((await params).cycle)]);
  return cycle ? { title: pickText(locale, { es: cycle.nameEs, en: cycle.nameEn }) } : {};
}

/** A cycle: its calendar, its ceiling, and every envelope with where its amount comes from. */
export default async function CyclePage({ params }: Props) {
  const cycle = await cycleOf((await params).cycle);
  if (!cycle) notFound();
  const [t, effect, locale, envelopes, priorities, now] = await Promise.all([
    getTranslations('followup.cycle'),
    getTranslations('results.effect'),
    getLocale(),
    envelopesOf(cycle.id),
    priorityProposalFor(cycle.id),
    databaseNow(registry()),
  ]);
  const byScope = (scope: string) => envelopes.filter((each) => each.scope === scope);
  const dimensions = byScope('dimension');
  const places = [...byScope('province'), ...byScope('district')];
  return (
    <>
      <PageHeader
        title={pickText(locale, { es: cycle.nameEs, en: cycle.nameEn })}
        back={{ href: '/', label: t('back') }}
        lead={
          cycle.ordinanceNumber && cycle.ordinanceDate
            ? t.rich('ordinance', {
                number: cycle.ordinanceNumber,
                date: () => <DateText value={cycle.ordinanceDate ?? ''} />,
              })
            : t('noOrdinance')
        }
      >
        <Tag tone={cycle.state === 'current' ? 'success' : 'neutral'}>
          {t(`state.${cycle.state}`)}
        </Tag>
      </PageHeader>
      <StatGrid>
        <Stat label={t('ceiling')} value={<Soles cents={cycle.ceilingCents} />} />
        <Stat label={t('effect')} value={t(`effects.${cycle.voteEffect}`)} />
      </StatGrid>
      <p className="mb-12 max-w-(--container-text)">{effect(cycle.voteEffect)}</p>
      <Section id="dimensiones" title={t('dimensions.title')} lead={t('dimensions.lead')}>
        {dimensions.length === 0 ? (
          <Notice tone="info">{t('dimensions.empty')}</Notice>
        ) : (
          <EnvelopeList envelopes={dimensions} ceilingCents={cycle.ceilingCents} />
        )}
        {priorities ? (
          <ButtonLink href={`/prioridades/${cycle.id}`} variant="secondary">
            {t('dimensions.trail')}
          </ButtonLink>
        ) : null}
      </Section>
      <Section id="fondos" title={t('places.title')} lead={t('places.lead')}>
        {places.length === 0 ? (
          <Notice tone="info">{t('places.empty')}</Notice>
        ) : (
          <EnvelopeList envelopes={places} ceilingCents={cycle.ceilingCents} />
        )}
      </Section>
      {cycle.calendar.length === 0 ? (
        <Section title={t('calendar.title')}>
          <Notice tone="info">{t('calendar.empty')}</Notice>
        </Section>
      ) : (
        <Calendar cycle={cycle} today={limaDay(now)} />
      )}
    </>
  );
}
