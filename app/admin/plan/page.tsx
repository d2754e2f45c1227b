import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { DateText } from '@/components/date';
import { Details } from '@/components/ui/details';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { pickText } from '@/lib/i18n/text';
import { importedDocument, planTexts } from '@/lib/plan/queries';
import { warningArguments } from '@/lib/plan/rules';
import { isPlanRefusal, isWarningKind } from '@/lib/plan/types';
import { ImportForm } from './import-form';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('plan.admin');
  return { title: t('title') };
}

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The administrator's door to the plan: the document, the preview of the next one, the texts. */
export default async function AdminPlanPage({ searchParams }: Props) {
  await requirePermission('import-plan', 'edit-plan');
  const [t, query] = await Promise.all([getTranslations('plan.admin'), searchParams]);
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <Outcome query={query} />
      <ImportForm
        labels={{
          problem: t('problem'),
          choose: t('choose'),
          chooseHint: t('chooseHint'),
          look: t('look'),
          preview: t('preview'),
          noChanges: t('noChanges'),
          goneNote: t('goneNote'),
          columns: [t('columnCode'), t('columnKind'), t('columnBefore'), t('columnAfter')],
          warnings: t('warnings'),
          noWarnings: t('noWarnings'),
          confirm: t('confirm'),
          cancel: t('cancel'),
        }}
      />
      <CurrentDocument />
      <Texts />
    </>
  );
}

/** What came of the last confirmation, carried in the address after its redirect. */
async function Outcome({ query }: { readonly query: Awaited<Props['searchParams']> }) {
  const t = await getTranslations('plan');
  const number = (name: string) => {
    const value = query[name];
    return typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : null;
  };
  const [added, changed, gone] = [number('new'), number('changed'), number('gone')];
  if (added !== null && changed !== null && gone !== null) {
    return (
      <Notice tone="success" title={t('admin.saved')} role="status">
        {t('admin.savedText', { new: added, changed, gone })}
      </Notice>
    );
  }
  const problem = query['problem'];
  if (typeof problem !== 'string') return null;
  const sentence =
    problem === 'changed'
      ? t('admin.changedMeanwhile')
      : isPlanRefusal(problem) || problem === 'not-allowed' || problem === 'being-voted'
        ? t(`refusal.${problem}`)
        : t('admin.required');
  return (
    <Notice tone="danger" title={t('admin.problem')} role="alert">
      {sentence}
    </Notice>
  );
}

async function CurrentDocument() {
  const [t, document] = await Promise.all([getTranslations('plan'), importedDocument(registry())]);
  const warnings = (document?.warnings ?? []).flatMap(({ kind, ...warning }) =>
    isWarningKind(kind) ? [t(`warning.${kind}`, warningArguments({ kind, ...warning }))] : [],
  );
  return (
    <div className="mt-12">
      <Section title={t('admin.current')}>
        {document === null ? (
          <p>{t('admin.currentNone')}</p>
        ) : (
          <p>
            {t.rich('admin.currentFacts', {
              title: document.title,
              source: document.sourceName,
              date: () => <DateText value={document.importedAt} />,
            })}
          </p>
        )}
        {warnings.length === 0 ? null : (
          <Details summary={t('admin.currentWarnings', { count: warnings.length })}>
            <ul className="list-disc space-y-1 pl-6">
              {warnings.map((warning) => (
                <li key={warning}>{warning}</li>
              ))}
            </ul>
          </Details>
        )}
      </Section>
    </div>
  );
}

async function Texts() {
  const [t, locale, texts] = await Promise.all([
    getTranslations('plan'),
    getLocale(),
    planTexts(registry()),
  ]);
  const rows = texts.filter(({ rowCode }) => rowCode === null);
  return (
    <Section title={t('admin.texts')} lead={t('admin.textsLead')}>
      {rows.map((row) => {
        const own = [row, ...texts.filter(({ rowCode }) => rowCode === row.code)];
        const name = `${row.code} · ${pickText(locale, row.title)}`;
        return (
          <Details key={row.code} summary={name}>
            <DataTable
              caption={t('admin.allTexts', { code: row.code })}
              captionHidden
              dense
              head={[t('admin.columnCode'), t('editor.titleEs'), '']}
              rows={own.map(({ code, title, edited }) => [
                code,
                title.es,
                <span key="edit" className="flex flex-wrap items-center gap-3">
                  <a href={`/admin/plan/${code}`}>{t('admin.edit', { code })}</a>
                  {edited ? <Tag tone="info">{t('admin.edited')}</Tag> : null}
                </span>,
              ])}
            />
          </Details>
        );
      })}
    </Section>
  );
}
