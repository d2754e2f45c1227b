import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FieldsForm } from '@/components/fields-form';
import { PageHeader } from '@/components/ui/page-header';
import { REQUEST_KINDS } from '@/db/registry/schema';
import { requirePermission } from '@/lib/auth/session';
import { takeRequest } from '../../actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('privacy.staff.take');
  return { title: t('title') };
}

/** A request about one's own data, taken down for somebody who stands at the desk. */
export default async function TakeRequestPage() {
  await requirePermission('answer-data-requests');
  const [t, mine, common] = await Promise.all([
    getTranslations('privacy.staff.take'),
    getTranslations('privacy.mine'),
    getTranslations('common'),
  ]);
  return (
    <>
      <PageHeader
        title={t('title')}
        back={{ href: '/admin/privacy', label: common('back') }}
        lead={t('lead')}
      />
      <FieldsForm
        action={takeRequest}
        fields={[
          { name: 'dni', kind: 'digits', label: t('dni'), hint: t('dniHint') },
          {
            name: 'kind',
            kind: 'select',
            label: t('kind'),
            options: [
              { value: '', label: mine('choose') },
              ...REQUEST_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) })),
            ],
          },
          { name: 'detail', kind: 'area', label: t('detail'), hint: t('detailHint') },
        ]}
        button={t('send')}
        problem={common('problem')}
      />
    </>
  );
}
