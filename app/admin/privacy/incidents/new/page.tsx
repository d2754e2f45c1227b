import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FieldsForm } from '@/components/fields-form';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/session';
import { saveIncident } from '../../actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('privacy.staff.incident');
  return { title: t('new') };
}

/** An incident is written down as soon as it is known, with what is known. */
export default async function NewIncidentPage() {
  await requirePermission('record-incidents');
  const [t, common] = await Promise.all([
    getTranslations('privacy.staff.incident'),
    getTranslations('common'),
  ]);
  return (
    <>
      <PageHeader
        title={t('new')}
        back={{ href: '/admin/privacy', label: common('back') }}
        lead={t('newLead')}
      />
      <FieldsForm
        action={saveIncident}
        hidden={{ requestKey: randomUUID() }}
        fields={[
          { name: 'what', kind: 'area', label: t('what'), hint: t('whatHint') },
          { name: 'knownAt', kind: 'datetime-local', label: t('knownAt'), hint: t('knownHint') },
          { name: 'dataKinds', label: t('dataKinds') },
          { name: 'people', kind: 'digits', label: t('people'), hint: t('peopleHint') },
          { name: 'measures', kind: 'area', label: t('measures') },
        ]}
        button={t('save')}
        problem={common('problem')}
      />
    </>
  );
}
