import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { cookies } from 'next/headers';
import { FullScreen } from '@/components/booth/full-screen';
import { KioskRest } from '@/components/booth/kiosk-rest';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/field';
import { PageHeader } from '@/components/ui/page-header';
import { registry } from '@/db/registry/client';
import { visitAtKiosk } from '@/lib/credentials/desk-queries';
import { voterCookie } from '@/lib/roll/cookies';
import { voterBySession } from '@/lib/roll/queries';
import type { PageSearch } from '@/lib/shared/page-number';
import { openBooth } from './actions';
import { kioskPage } from './addresses';
import { kioskHere } from './here';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('kiosk');
  return { title: t('windowTitle'), robots: { index: false } };
}

const PROBLEMS = ['wrong-code', 'kiosk-closed'] as const;

/** Between two people: nothing of either, and the field for the code of the next. */
export default async function KioskPage({ searchParams }: { readonly searchParams: PageSearch }) {
  const [t, common, here, query] = await Promise.all([
    getTranslations('kiosk.wait'),
    getTranslations('common'),
    kioskHere(),
    searchParams,
  ]);
  const problem = PROBLEMS.find((known) => known === query['problema']);
  const error = problem === undefined ? undefined : t(`problem.${problem}`);
  if (here === null) {
    return <PageHeader title={t('offTitle')} lead={error ?? t('off')} />;
  }
  const visit = await visitAtKiosk(registry(), here.id);
  const token = (await cookies()).get(voterCookie().name)?.value;
  const voter = token === undefined ? null : await voterBySession(registry(), token);
  // Somebody is voting here and only left the page: back to where they were.
  if (visit === 'voting' && voter?.channel === 'desk') redirect(kioskPage('cabina'));
  return (
    <>
      <KioskRest mayWipe={visit === null || visit === 'waiting'} />
      {error === undefined ? null : (
        <ErrorSummary title={common('problem')} errors={[{ href: '#code', message: error }]} />
      )}
      <PageHeader title={t('title')} lead={t('lead')} eyebrow={here.name} />
      <form action={openBooth}>
        <TextInput
          id="code"
          name="code"
          label={t('code')}
          error={error}
          width="code"
          className="text-2xl tabular-nums"
          inputMode="numeric"
          autoComplete="off"
          maxLength={20}
        />
        <Button>{t('open')}</Button>
      </form>
      <p className="mt-12">
        <FullScreen label={t('fullScreen')} />
      </p>
    </>
  );
}
