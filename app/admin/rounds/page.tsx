import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { listRounds } from '@/lib/rounds/queries';
import { RoundsTable } from '../rounds-table';

export async function generateMetadata(): Promise<Metadata> {
  const meta = await getTranslations('admin');
  return { title: meta('rounds.title') };
}

export default async function RoundsPage() {
  await requirePermission('manage-rounds');
  const [t, rounds] = await Promise.all([getTranslations('admin.rounds'), listRounds(registry())]);
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        <ButtonLink href="/admin/rounds/new">{t('new')}</ButtonLink>
      </PageHeader>
      <RoundsTable rounds={rounds} />
    </>
  );
}
