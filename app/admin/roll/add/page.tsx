import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { districtNames } from '@/lib/roll/import/queries';
import { FreshGate } from '../../../cuenta/fresh-gate';
import { AddForm } from './add-form';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('roll-import.add');
  return { title: t('title') };
}

/** One more person, by a written reason and two people. */
export default async function AddPersonPage() {
  await requirePermission('import-roll');
  const [t, names] = await Promise.all([
    getTranslations('roll-import.add'),
    districtNames(registry()),
  ]);
  const districts = [...names]
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label, 'es'));
  return (
    <>
      <PageHeader
        back={{ href: '/admin/roll', label: t('back') }}
        title={t('title')}
        lead={t('lead')}
      />
      <Notice tone="info">{t('open')}</Notice>
      <FreshGate>
        <AddForm
          districts={[{ value: '', label: t('choose') }, ...districts]}
          words={{
            problem: t('problem'),
            dni: t('dni'),
            dniHint: t('dniHint'),
            district: t('district'),
            name: t('name'),
            phone: t('phone'),
            phoneHint: t('phoneHint'),
            reason: t('reason'),
            reasonHint: t('reasonHint'),
            submit: t('submit'),
            done: t('done'),
            doneText: t('doneText'),
          }}
        />
      </FreshGate>
    </>
  );
}
