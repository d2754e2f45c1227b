import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('help');
  return { title: t('title') };
}

const STEPS = ['dni', 'code', 'choose', 'send', 'receipt'] as const;
const WITHOUT_PHONE = ['desk', 'number', 'paper', 'helper'] as const;
const SECRECY = ['how', 'cannot'] as const;
const LIMITS = ['coercion', 'device', 'traffic', 'roll', 'server'] as const;

export default async function HelpPage() {
  const t = await getTranslations('help');
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        <ButtonLink href="/votar">{t('start')}</ButtonLink>
      </PageHeader>
      <div className="max-w-(--container-text)">
        <Section title={t('steps.title')} id="pasos">
          <ol className="list-decimal space-y-3 pl-6 marker:font-semibold">
            {STEPS.map((step) => (
              <li key={step}>{t(`steps.${step}`)}</li>
            ))}
          </ol>
        </Section>
        <Section title={t('noPhone.title')} id="sin-celular">
          <ul className="list-disc space-y-3 pl-6">
            {WITHOUT_PHONE.map((way) => (
              <li key={way}>{t(`noPhone.${way}`)}</li>
            ))}
          </ul>
        </Section>
        <Section title={t('change.title')}>
          <p>{t('change.text')}</p>
        </Section>
        <Section title={t('secret.title')} id="secreto">
          {SECRECY.map((part) => (
            <p key={part} className="mb-4">
              {t(`secret.${part}`)}
            </p>
          ))}
          <p className="mb-3 font-semibold">{t('limits.title')}</p>
          <ul className="list-disc space-y-3 pl-6">
            {LIMITS.map((limit) => (
              <li key={limit}>{t(`limits.${limit}`)}</li>
            ))}
          </ul>
        </Section>
        <Section title={t('recount.title')} id="comprobar">
          <p>{t('recount.text')}</p>
        </Section>
      </div>
    </>
  );
}
