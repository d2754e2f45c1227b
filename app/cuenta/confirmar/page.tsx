import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { QuietShell } from '@/components/quiet-shell';
import { PageHeader } from '@/components/ui/page-header';
import { localPath } from '@/lib/auth/local-path';
import { requireStaff } from '@/lib/auth/session';
import type { PageSearch } from '@/lib/shared/page-number';
import { StepUp } from '../step-up';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('staff.fresh');
  return { title: t('title'), robots: { index: false } };
}

/** Before a dangerous act: the person behind an open session shows that she is still there. */
export default async function ConfirmPage({ searchParams }: { readonly searchParams: PageSearch }) {
  await requireStaff();
  const [t, { volver }] = await Promise.all([getTranslations('staff.fresh'), searchParams]);
  const returnTo = localPath(volver, '/cuenta');
  return (
    <QuietShell>
      <PageHeader title={t('title')} lead={t('lead')} back={{ href: returnTo, label: t('back') }} />
      <StepUp returnTo={returnTo} />
    </QuietShell>
  );
}
