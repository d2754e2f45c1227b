import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { planTextForEditor } from '@/lib/plan/queries';
import { EditorForm } from './editor-form';

interface Props {
  readonly params: Promise<{ code: string }>;
  readonly searchParams: Promise<{ saved?: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, { code }] = await Promise.all([getTranslations('plan.editor'), params]);
  return { title: t('title', { code }) };
}

/** One row or text of the plan: its short title and summary, and for a goal how it is measured. */
export default async function EditPlanTextPage({ params, searchParams }: Props) {
  await requirePermission('edit-plan');
  const [t, plan, { code }, { saved }] = await Promise.all([
    getTranslations('plan.editor'),
    getTranslations('plan'),
    params,
    searchParams,
  ]);
  const found = await planTextForEditor(registry(), code);
  if (found === null) notFound();
  const max = (count: number) => t('max', { max: count });
  const row = found.kind === 'row' ? found : null;
  const item = found.kind === 'row' ? null : found;
  const summary = row?.summary ?? { es: item?.summaryEs ?? '', en: item?.summaryEn ?? '' };
  const label = row?.label;
  return (
    <>
      <PageHeader
        back={{ href: '/admin/plan', label: plan('back') }}
        title={t('title', { code })}
        lead={t('lead')}
      />
      {saved === undefined ? null : <Notice tone="success" title={t('saved')} role="status" />}
      {item?.officialText == null ? null : (
        <Section title={plan('officialOf', { code })}>
          <blockquote lang="es" className="max-w-(--container-text)">
            {item.officialText}
          </blockquote>
        </Section>
      )}
      <EditorForm
        save="words"
        code={code}
        button={t('save')}
        problem={plan('admin.problem')}
        fields={[
          ...(label === undefined
            ? []
            : [
                { name: 'labelEs', label: t('labelEs'), hint: max(28), value: label.es },
                { name: 'labelEn', label: t('labelEn'), hint: max(28), value: label.en },
              ]),
          { name: 'titleEs', label: t('titleEs'), hint: max(60), value: found.title.es },
          { name: 'titleEn', label: t('titleEn'), hint: max(60), value: found.title.en },
          {
            name: 'summaryEs',
            label: t('summaryEs'),
            hint: max(300),
            value: summary.es,
            long: true,
          },
          {
            name: 'summaryEn',
            label: t('summaryEn'),
            hint: max(300),
            value: summary.en,
            long: true,
          },
        ]}
      />
      {item?.kind !== 'goal' ? null : (
        <div className="mt-12">
          <Section title={t('indicatorTitle')} lead={t('indicatorLead')}>
            <EditorForm
              save="indicator"
              code={code}
              button={t('saveIndicator')}
              problem={plan('admin.problem')}
              fields={[
                { name: 'indicator', label: t('indicator'), value: item.indicator ?? '' },
                { name: 'baseline', label: t('baseline'), value: item.baseline ?? '' },
                { name: 'targetValue', label: t('targetValue'), value: item.targetValue ?? '' },
                {
                  name: 'targetYear',
                  label: t('targetYear'),
                  value: item.targetYear?.toString() ?? '',
                },
                {
                  name: 'indicatorSource',
                  label: t('indicatorSource'),
                  value: item.indicatorSource ?? '',
                },
              ]}
            />
          </Section>
        </div>
      )}
    </>
  );
}
