import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { formatCount } from '@/components/count';
import { DateTime } from '@/components/date';
import { Button, ButtonLink } from '@/components/ui/button';
import { Details } from '@/components/ui/details';
import { Select, TextInput } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { AUDIT_ACTIONS } from '@/lib/audit/actions';
import { lastCheck } from '@/lib/audit/chain';
import { findAudit, type AuditFilter } from '@/lib/audit/queries';
import { requirePermission } from '@/lib/auth/session';
import { pageOf, type PageSearch } from '@/lib/shared/page-number';
import { AuditAlarm } from '../alarms';
import { auditFilterOf, auditQuery, dayOf, lastDayOf } from './filter';

const PER_PAGE = 25;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('audit.page');
  return { title: t('title') };
}

/** Every administrative act, and whether their chain is whole. */
export default async function AuditPage({ searchParams }: { readonly searchParams: PageSearch }) {
  await requirePermission('see-audit');
  const [t, query] = await Promise.all([getTranslations('audit.page'), searchParams]);
  const filter = auditFilterOf((name) => {
    const value = query[name];
    return typeof value === 'string' ? value : null;
  });
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <ChainState />
      <Filters filter={filter} />
      <Acts filter={filter} page={pageOf(query)} />
    </>
  );
}

async function ChainState() {
  const [t, last] = await Promise.all([getTranslations('audit.page'), lastCheck(registry())]);
  if (last === null) return <Notice tone="info">{t('neverChecked')}</Notice>;
  return (
    <>
      <AuditAlarm />
      {last.problem === null ? (
        <Notice tone="success" title={t('holds')}>
          {t('holdsText', { entries: last.entries, entriesText: formatCount(last.entries) })}{' '}
          {t('checkedAt')} <DateTime value={last.checkedAt} />
        </Notice>
      ) : null}
      <p className="mb-8">{t('how')}</p>
    </>
  );
}

async function Filters({ filter }: { readonly filter: AuditFilter }) {
  const [t, words] = await Promise.all([getTranslations('audit.page'), actionWords()]);
  return (
    <Section title={t('filters')}>
      <form className="grid items-end gap-x-6 md:grid-cols-3">
        <Select
          id="accion"
          name="accion"
          label={t('action')}
          defaultValue={filter.action ?? ''}
          options={[
            { value: '', label: t('all') },
            ...AUDIT_ACTIONS.map((action) => ({ value: action, label: words(action) })),
          ]}
        />
        <TextInput
          id="actor"
          name="actor"
          label={t('actor')}
          hint={t('holder')}
          defaultValue={filter.actor ?? ''}
        />
        <TextInput
          id="sobre"
          name="sobre"
          label={t('subject')}
          hint={t('subjectHint')}
          defaultValue={filter.subject ?? ''}
        />
        <TextInput
          id="desde"
          name="desde"
          type="date"
          label={t('from')}
          defaultValue={dayOf(filter.from)}
        />
        <TextInput
          id="hasta"
          name="hasta"
          type="date"
          label={t('until')}
          defaultValue={lastDayOf(filter)}
        />
        <div className="mb-6">
          <Button variant="secondary">{t('search')}</Button>
        </div>
      </form>
    </Section>
  );
}

async function Acts({ filter, page }: { readonly filter: AuditFilter; readonly page: number }) {
  const [t, table, words, { entries, total }] = await Promise.all([
    getTranslations('audit.page'),
    getTranslations('admin.audit'),
    actionWords(),
    findAudit(registry(), filter, { page, perPage: PER_PAGE }),
  ]);
  return (
    <Section title={t('found', { total, totalText: formatCount(total) })}>
      {total === 0 ? (
        <p>{t('empty')}</p>
      ) : (
        <DataTable
          caption={t('title')}
          captionHidden
          dense
          head={[
            table('number'),
            table('at'),
            table('who'),
            table('what'),
            t('subject'),
            table('details'),
          ]}
          rows={entries.map((entry) => [
            entry.seq,
            <DateTime key="at" value={entry.at} />,
            entry.actor.replace(/^staff:/, ''),
            words(entry.action),
            entry.subject,
            Object.keys(entry.details).length === 0 ? (
              ''
            ) : (
              <Details key="details" summary={table('seeDetails')}>
                <pre className="text-sm break-all whitespace-pre-wrap">
                  {JSON.stringify(entry.details, null, 2)}
                </pre>
              </Details>
            ),
          ])}
        />
      )}
      <Pagination
        page={page}
        pages={Math.ceil(total / PER_PAGE)}
        href={(to) => `/admin/audit${auditQuery(filter, to)}`}
      />
      {total === 0 ? null : (
        <p className="mt-6">
          <ButtonLink href={`/admin/audit/export${auditQuery(filter)}`} variant="secondary">
            {t('export')}
          </ButtonLink>
        </p>
      )}
    </Section>
  );
}

/** An act in words; one that has none yet, by its name. */
async function actionWords(): Promise<(action: string) => string> {
  const t = await getTranslations('audit');
  return (action) => {
    const key = `action.${action}`;
    return t.has(key) ? t(key) : action;
  };
}
