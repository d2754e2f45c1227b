import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { PhoneLine } from '@/components/phone-line';
import { ButtonLink } from '@/components/ui/button';
import { DataTable } from '@/components/ui/table';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { pickText } from '@/lib/i18n/text';
import { currentConsent } from '@/lib/privacy/consents';
import { PUBLIC_FACTS } from '@/lib/privacy/register';
import { privacySettings } from '@/lib/privacy/settings';
import { TERM_WORKING_DAYS } from '@/lib/privacy/terms';
import { ProcessingRegister } from './register';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('help.privacy');
  return { title: t('title') };
}

const KEPT = ['dni', 'fullName', 'phone', 'code', 'issued', 'ballot', 'cookies'] as const;
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
      </div>
      <Law />
    </>
  );
}

/** What the law adds: the banks of data, one's rights and how to use them, whom to write to. */
async function Law() {
  const [t, help, locale] = await Promise.all([
    getTranslations('privacy.page'),
    getTranslations('help.privacy'),
    getLocale(),
  ]);
  const { contact, registration } = privacySettings();
  return (
    <>
      <Section title={t('banks')} lead={t('banksLead')}>
        <ProcessingRegister facts={PUBLIC_FACTS} />
        {registration === null ? null : <p>{t('registration', { number: registration })}</p>}
      </Section>
      <div className="max-w-(--container-text)">
        <Section title={help('rights.title')}>
          <p className="mb-4">{help('rights.text')}</p>
          <p className="mb-6">{t('terms', TERM_WORKING_DAYS)}</p>
          <ButtonLink href="/privacidad/mis-datos">{t('myData')}</ButtonLink>
        </Section>
        <Section title={t('contactTitle')}>
          <p className="mb-4">{contact ?? t('contactDesk')}</p>
          <PhoneLine />
        </Section>
        <Section title={t('consentTitle')}>
          <p>{pickText(locale, currentConsent('verification'))}</p>
        </Section>
      </div>
    </>
  );
}
