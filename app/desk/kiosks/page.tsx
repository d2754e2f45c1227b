import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/field';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { kiosks } from '@/lib/credentials/desk-queries';
import { webEnv } from '@/lib/env';
import type { PageSearch } from '@/lib/shared/page-number';
import { becomeKiosk, stopKiosk } from '../actions';
import { deskProblem } from '../problems';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('desk.kiosks');
  return { title: t('title') };
}

/** Kiosks in use, and how this very computer becomes one. */
export default async function KiosksPage({ searchParams }: { readonly searchParams: PageSearch }) {
  await requirePermission('serve-at-desk');
  const [t, problems, common, query, all] = await Promise.all([
    getTranslations('desk.kiosks'),
    getTranslations('desk.problem'),
    getTranslations('common'),
    searchParams,
    kiosks(registry()),
  ]);
  const problem = deskProblem(query['problema']);
  const error = problem === null ? undefined : problems(problem);
  return (
    <>
      {error === undefined ? null : (
        <ErrorSummary title={common('problem')} errors={[{ href: '#name', message: error }]} />
      )}
      <PageHeader title={t('title')} lead={t('lead')} />
      {all.length === 0 ? (
        <p className="mb-8">{t('empty')}</p>
      ) : (
        <DataTable
          dense
          caption={t('caption')}
          head={[t('head.name'), t('head.state'), t('head.close')]}
          rows={all.map((kiosk) => [
            kiosk.name,
            t(kiosk.isBusy ? 'busy' : 'free'),
            <form
              key="close"
              action={stopKiosk.bind(null, kiosk.id)}
              className="flex flex-wrap items-end gap-3"
            >
              <label className="text-base">
                {t('reason')}
                <input
                  name="reason"
                  required
                  minLength={5}
                  maxLength={500}
                  className="border-ink ml-2 min-h-9 rounded-sm border-2 bg-white px-2"
                />
              </label>
              <Button variant="danger" size="small">
                {t('close', { name: kiosk.name })}
              </Button>
            </form>,
          ])}
        />
      )}
      <Section title={t('fullTitle')}>
        <p className="max-w-(--container-text)">
          {t('full', { address: `${webEnv().MINKA_SITE_URL}/kiosco` })}
        </p>
      </Section>
      <Section title={t('setUpTitle')} lead={t('setUp')}>
        <form action={becomeKiosk} className="max-w-(--container-text)">
          <TextInput
            id="name"
            name="name"
            label={t('name')}
            hint={t('nameHint')}
            error={problem === 'name' || problem === 'name-taken' ? error : undefined}
            width="half"
            autoComplete="off"
            maxLength={40}
          />
          <Button>{t('setUpSubmit')}</Button>
        </form>
      </Section>
    </>
  );
}
