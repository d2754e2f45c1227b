import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { DateText } from '@/components/date';
import { FieldsForm } from '@/components/fields-form';
import { Details } from '@/components/ui/details';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { REQUEST_OUTCOMES } from '@/db/registry/schema';
import { requirePermission } from '@/lib/auth/session';
import { requestById, type RequestDetail } from '@/lib/privacy/queries';
import { rollKeys } from '@/lib/roll/keys';
import { isUuid } from '@/lib/shared/uuid';
import { FreshGate } from '../../../../cuenta/fresh-gate';
import { answerDataRequest, extendDataRequest } from '../../actions';

interface Props {
  readonly params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('privacy.staff.request');
  return { title: t('title') };
}

/** One request about personal data, and its answer. */
export default async function DataRequestPage({ params }: Props) {
  await requirePermission('answer-data-requests');
  const { id } = await params;
  const request = isUuid(id) ? await requestById(registry(), rollKeys(), id) : null;
  if (request === null) notFound();
  const [t, kinds, mine, common] = await Promise.all([
    getTranslations('privacy.staff.request'),
    getTranslations('privacy.mine.kinds'),
    getTranslations('privacy.mine.requests'),
    getTranslations('common'),
  ]);
  return (
    <>
      <PageHeader
        title={`${t('title')} ${request.number}`}
        back={{ href: '/admin/privacy', label: common('back') }}
      />
      <DataTable
        caption={t('title')}
        captionHidden
        head={[t('what'), t('said')]}
        rows={[
          [t('kind'), kinds(request.kind)],
          [
            t('person'),
            t('digits', { digits: request.dniLastTwo, district: request.districtName }),
          ],
          [t('filed'), <DateText key="filed" value={request.filedAt} />],
          [t('due'), <DateText key="due" value={request.dueOn} />],
          [t('detail'), request.detail],
          ...(request.extendedReason === null ? [] : [[t('extended'), request.extendedReason]]),
          ...(request.outcome === null
            ? []
            : [[mine(`outcome.${request.outcome}`), request.answer ?? '']]),
        ]}
      />
      {request.outcome === null ? <Answer request={request} /> : null}
    </>
  );
}

async function Answer({ request }: { readonly request: RequestDetail }) {
  const [t, mine, common] = await Promise.all([
    getTranslations('privacy.staff.request'),
    getTranslations('privacy.mine.requests'),
    getTranslations('common'),
  ]);
  const hidden = { id: request.id };
  const problem = common('problem');
  return (
    <>
      <Section
        title={t('answer')}
        lead={request.kind === 'erasure' ? t('answerErasure') : t('answerLead')}
      >
        <FreshGate>
          <FieldsForm
            action={answerDataRequest}
            hidden={hidden}
            fields={[
              {
                name: 'outcome',
                kind: 'select',
                label: t('outcome'),
                options: [
                  { value: '', label: t('choose') },
                  ...REQUEST_OUTCOMES.map((value) => ({ value, label: mine(`outcome.${value}`) })),
                ],
              },
              { name: 'answer', kind: 'area', label: t('words'), hint: t('wordsHint') },
            ]}
            button={t('send')}
            problem={problem}
          />
        </FreshGate>
      </Section>
      {request.extendedReason === null ? (
        <Details summary={t('extend')}>
          <FieldsForm
            action={extendDataRequest}
            hidden={hidden}
            fields={[{ name: 'reason', kind: 'area', label: t('reason') }]}
            button={t('extendSend')}
            problem={problem}
            variant="secondary"
          />
        </Details>
      ) : null}
    </>
  );
}
