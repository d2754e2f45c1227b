import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/session';
import { BANK_FACTS } from '@/lib/privacy/register';
import { privacySettings } from '@/lib/privacy/settings';
import { ProcessingRegister } from '../../../(resident)/privacidad/register';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('privacy.register');
  return { title: t('title') };
}

/** The register of processing, whole: what the authority asks to see. */
export default async function ProcessingRegisterPage() {
  await requirePermission('answer-data-requests', 'record-incidents');
  const [t, common] = await Promise.all([
    getTranslations('privacy.register'),
    getTranslations('common'),
  ]);
  const { registration, contact } = privacySettings();
  return (
    <>
      <PageHeader
        title={t('title')}
        back={{ href: '/admin/privacy', label: common('back') }}
        lead={t('lead')}
      />
      <ProcessingRegister facts={BANK_FACTS} />
      <p>{registration === null ? t('unregistered') : t('number', { number: registration })}</p>
      <p>{contact === null ? t('noContact') : t('contact', { contact })}</p>
    </>
  );
}
