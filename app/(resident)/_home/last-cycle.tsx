import { getLocale, getTranslations } from 'next-intl/server';
import { Count, formatCount } from '@/components/count';
import { DateText } from '@/components/date';
import { DimensionMark } from '@/components/dimension';
import { Soles } from '@/components/money';
import { ButtonLink } from '@/components/ui/button';
import { Section } from '@/components/ui/section';
import { Stat, StatGrid } from '@/components/ui/stat';
import { Tag } from '@/components/ui/tag';
import { pickText } from '@/lib/i18n/text';
import { fundedProposals, fundedTotals } from '@/lib/proposals/queries';
import { publishedResultOfCycle } from '@/lib/results/queries';

const SHOWN = 4;

/** What the last vote decided, and how far its works have come. */
export async function LastCycle({ cycleId }: { readonly cycleId: string }) {
  const [t, locale, published, totals, works] = await Promise.all([
    getTranslations('home.last'),
    getLocale(),
    publishedResultOfCycle(cycleId),
    fundedTotals(cycleId),
    fundedProposals(cycleId, SHOWN),
  ]);
  if (!published || totals.works === 0) return null;
  const { ballots, eligible } = published.result.turnout;
  return (
    <Section title={t('title')}>
      <StatGrid>
        {ballots === null ? null : (
          <Stat
            label={t('ballots')}
            value={<Count value={ballots} />}
            note={t('ofEligible', { eligible: formatCount(eligible) })}
          />
        )}
        <Stat label={t('funded')} value={totals.works} />
        <Stat label={t('money')} value={<Soles cents={totals.costCents} />} />
        <Stat
          label={t('finished')}
          value={totals.finished}
          note={t('ofWorks', { works: totals.works })}
        />
      </StatGrid>
      <ul className="border-ink mb-6 border-t-2">
        {works.map((work) => (
          <li
            key={work.code}
            className="border-line grid gap-x-6 gap-y-1 border-b py-4 sm:grid-cols-[auto_1fr_auto]"
          >
            {work.dimensionCode ? (
              <DimensionMark code={work.dimensionCode} size={32} label={false} />
            ) : (
              <span />
            )}
            <span>
              <a href={`/propuestas/${work.code}`} className="font-semibold">
                {pickText(locale, { es: work.titleEs, en: work.titleEn })}
              </a>
              <span className="block text-base">
                {work.districtName ?? t('province')} · <Soles cents={work.costCents} />
              </span>
            </span>
            {work.stage && work.happenedOn ? (
              <span className="text-base sm:text-right">
                <Tag
                  tone={
                    work.stage === 'finished'
                      ? 'success'
                      : work.stage === 'delayed'
                        ? 'warning'
                        : 'info'
                  }
                >
                  {t(`stage.${work.stage}`)}
                </Tag>
                <span className="block">
                  <DateText value={work.happenedOn} />
                </span>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      <p className="flex flex-wrap gap-3">
        <ButtonLink href={`/resultados/${published.roundId}`} variant="secondary">
          {t('results')}
        </ButtonLink>
        <ButtonLink href="/seguimiento" variant="secondary">
          {t('followUp')}
        </ButtonLink>
      </p>
    </Section>
  );
}
