import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { QuietShell } from '@/components/quiet-shell';
import { ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common.notFound');
  return { title: t('title') };
}

export default async function NotFound() {
  const t = await getTranslations('common.notFound');
  return (
    <QuietShell>
      <PageHeader title={t('title')} lead={t('text')}>
        <ButtonLink href="/">{t('home')}</ButtonLink>
      </PageHeader>
    </QuietShell>
  );
}
