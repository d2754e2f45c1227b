import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('help.accessibility');
  return { title: t('title') };
}

const DONE = ['standard', 'keyboard', 'size', 'noScript', 'colour', 'time'] as const;
const MISSING = ['quechua', 'signLanguage', 'review', 'booth'] as const;

export default async function AccessibilityPage() {
  const t = await getTranslations('help.accessibility');
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <div className="max-w-(--container-text)">
        <Section title={t('done.title')}>
          <ul className="list-disc space-y-3 pl-6">
            {DONE.map((item) => (
              <li key={item}>{t(`done.${item}`)}</li>
            ))}
          </ul>
        </Section>
        <Section title={t('missing.title')}>
          <ul className="list-disc space-y-3 pl-6">
            {MISSING.map((item) => (
              <li key={item}>{t(`missing.${item}`)}</li>
            ))}
          </ul>
        </Section>
        <Section title={t('tell.title')}>
          <p>{t('tell.text')}</p>
        </Section>
      </div>
    </>
  );
}
