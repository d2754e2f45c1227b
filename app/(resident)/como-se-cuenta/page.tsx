import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { ExampleBallots } from '@/components/rules/example-ballots';
import { RulePicture, RuleSteps } from '@/components/rules/rule-picture';
import { ExamplePatterns } from '@/components/rules/segment';
import { Details } from '@/components/ui/details';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { ruleInFull } from '@/lib/results/explain';
import { EXAMPLE_ENVELOPE_CENTS, exampleRule } from '@/lib/results/worked-example';
import {
  FUNDING_PRESETS,
  RANKING_PRESETS,
  RULE_PRESETS,
  type RulePreset,
} from '@/lib/rounds/presets';
import { formatSoles } from '@/lib/shared/money';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('rules');
  return { title: t('page.title') };
}

/** Every rule a voting can be counted by, in words and in a picture, and how ties are decided. */
export default async function HowItIsCountedPage() {
  const t = await getTranslations('rules');
  return (
    <>
      <ExamplePatterns />
      <PageHeader title={t('page.title')} lead={t('page.lead')} />
      <nav aria-label={t('page.contents')} className="mb-12 print:hidden">
        <ul className="gap-x-10 sm:columns-2">
          {RULE_PRESETS.map((rule) => (
            <li key={rule} className="break-inside-avoid">
              <a href={`#${rule}`} className="inline-flex min-h-11 items-center py-1">
                {t(`rules.${rule}.name`)}
              </a>
            </li>
          ))}
          <li className="break-inside-avoid">
            <a href="#empate" className="inline-flex min-h-11 items-center py-1">
              {t('lot.title')}
            </a>
          </li>
        </ul>
      </nav>
      <Section
        id="ejemplo"
        title={t('example.title')}
        lead={t('example.lead', { envelope: formatSoles(EXAMPLE_ENVELOPE_CENTS) })}
      >
        <ExampleBallots />
      </Section>
      <Section title={t('page.fundingTitle')} lead={t('page.fundingLead')}>
        <Rules rules={FUNDING_PRESETS} />
      </Section>
      <Section title={t('page.rankingTitle')} lead={t('page.rankingLead')}>
        <Rules rules={RANKING_PRESETS} />
      </Section>
      <Section id="empate" title={t('lot.title')} lead={t('lot.text')}>
        <p className="max-w-(--container-text)">{t('lot.why')}</p>
      </Section>
      <p className="max-w-(--container-text)">{t('page.inUse')}</p>
    </>
  );
}

async function Rules({ rules }: { readonly rules: readonly RulePreset[] }) {
  const [t, use, locale] = await Promise.all([
    getTranslations('rules.rules'),
    getTranslations('rules.use'),
    getLocale(),
  ]);
  return rules.map((rule) => (
    <article key={rule} id={rule} className="mb-12 max-w-(--container-text)">
      <h3 className="mb-3 text-xl">{t(`${rule}.name`)}</h3>
      <p className="mb-5">{t(`${rule}.explain`)}</p>
      <RulePicture rule={rule} />
      <RuleSteps rule={rule} />
      <Details summary={use('exact')}>
        <p>{ruleInFull(exampleRule(rule), locale)}</p>
      </Details>
    </article>
  ));
}
