import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { DateText } from '@/components/date';
import { FieldsForm } from '@/components/fields-form';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { agentById } from '@/lib/agents/queries';
import { requirePermission } from '@/lib/auth/session';
import { rollKeys } from '@/lib/roll/keys';
import { isUuid } from '@/lib/shared/uuid';
import { accredit } from '../actions';

interface Props {
  readonly params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('agents.staff');
  return { title: t('one') };
}

/** One registration, with what is compared with the papers. */
export default async function AgentPage({ params }: Props) {
  const actor = await requirePermission('accredit-agents');
  const { id } = await params;
  const found = isUuid(id) ? await agentById(registry(), rollKeys(), id) : null;
  if (found === null) notFound();
  const [t, form, kinds, common] = await Promise.all([
    getTranslations('agents.staff'),
    getTranslations('agents.form'),
    getTranslations('agents.kinds'),
    getTranslations('common'),
  ]);
  const isOwn = found.receivedBy === actor.id;
  return (
    <>
      <PageHeader
        title={found.name === '' ? t('one') : found.name}
        eyebrow={found.number}
        back={{ href: '/admin/agents', label: common('back') }}
      />
      <DataTable
        caption={t('one')}
        captionHidden
        head={[t('what'), t('said')]}
        rows={[
          [t('state'), t(`states.${found.state}`)],
          [t('dni'), t('digits', { digits: found.dniLastTwo })],
          [form('organisation'), found.organisation],
          [form('kind'), kinds(found.organisationKind)],
          [form('district'), found.districtName],
          [form('certificate'), found.certificateNumber],
          [form('certificateOn'), <DateText key="on" value={found.certificateOn} />],
          [t('submitted'), <DateText key="submitted" value={found.submittedAt} />],
          ...(found.reason === null ? [] : [[t('reason'), found.reason]]),
        ]}
      />
      {found.state !== 'submitted' ? null : isOwn ? (
        <Notice tone="warning" title={t('own')} />
      ) : (
        <Section title={t('decide')} lead={t('decideLead')}>
          <FieldsForm
            action={accredit}
            hidden={{ id: found.id }}
            fields={[
              {
                name: 'decision',
                kind: 'select',
                label: t('decision'),
                options: [
                  { value: '', label: form('choose') },
                  { value: 'accredit', label: t('accredit') },
                  { value: 'reject', label: t('reject') },
                ],
              },
              { name: 'reason', kind: 'area', label: t('reason'), hint: t('reasonHint') },
            ]}
            button={t('save')}
            problem={common('problem')}
          />
        </Section>
      )}
    </>
  );
}
