import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DataTable } from '@/components/ui/table';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('help.privacy');
  return { title: t('title') };
}

const KEPT = ['dni', 'phone', 'code', 'issued', 'ballot', 'cookies'] as const;
const NEVER = ['name', 'choice', 'address', 'thirdParties'] as const;

export default async function PrivacyPage() {
  const t = await getTranslations('help.privacy');
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <Section title={t('kept.title')}>
        <DataTable
          caption={t('kept.caption')}
          captionHidden
          head={[t('kept.what'), t('kept.how'), t('kept.long')]}
          rows={KEPT.map((item) => [
            <strong key={item}>{t(`kept.${item}.what`)}</strong>,
            t(`kept.${item}.how`),
            t(`kept.${item}.long`),
          ])}
        />
      </Section>
      <div className="max-w-(--container-text)">
        <Section title={t('never.title')}>
          <ul className="list-disc space-y-3 pl-6">
            {NEVER.map((item) => (
              <li key={item}>{t(`never.${item}`)}</li>
            ))}
          </ul>
        </Section>
        <Section title={t('rights.title')}>
          <p>{t('rights.text')}</p>
        </Section>
      </div>
    </>
  );
}
