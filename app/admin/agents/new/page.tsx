import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FieldsForm } from '@/components/fields-form';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/session';
import { agentFields } from '../../../(resident)/agentes/fields';
import { takeAgent } from '../actions';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('agents.staff');
  return { title: t('take') };
}

/** Registration of somebody at the desk. */
export default async function TakeAgentPage() {
  await requirePermission('accredit-agents');
  const [t, common, fields] = await Promise.all([
    getTranslations('agents.staff'),
    getTranslations('common'),
    agentFields(),
  ]);
  return (
    <>
      <PageHeader
        title={t('take')}
        back={{ href: '/admin/agents', label: common('back') }}
        lead={t('takeLead')}
      />
      <FieldsForm
        action={takeAgent}
        fields={[{ name: 'dni', kind: 'digits', label: t('dni'), hint: t('dniHint') }, ...fields]}
        button={t('send')}
        problem={common('problem')}
      />
    </>
  );
}
