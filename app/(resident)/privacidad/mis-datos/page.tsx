import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { FieldsForm } from '@/components/fields-form';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { registry } from '@/db/registry/client';
import { REQUEST_KINDS } from '@/db/registry/schema';
import { heldAbout } from '@/lib/privacy/held';
import { TERM_WORKING_DAYS } from '@/lib/privacy/terms';
import { rollKeys } from '@/lib/roll/keys';
import type { PageSearch } from '@/lib/shared/page-number';
import { leavePadron } from '../../padron/actions';
import { padronPage } from '../../padron/addresses';
import { currentPerson } from '../../padron/person';
import { askAboutData } from '../actions';
import { EntryOnList, MyRequests, RoundsAndRights, TheRest } from './held-parts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('privacy.mine');
  return { title: t('title'), robots: { index: false } };
}

/** Everything that is held about the person who was verified in this browser. */
export default async function MyDataPage({ searchParams }: { readonly searchParams: PageSearch }) {
  const person = await currentPerson();
  if (person === null) redirect(padronPage('padron', { goal: 'datos' }));
  const [t, common, query, held] = await Promise.all([
    getTranslations('privacy.mine'),
    getTranslations('common'),
    searchParams,
    heldAbout(registry(), rollKeys(), person),
  ]);
  return (
    <>
      <PageHeader
        title={t('title')}
        back={{ href: '/privacidad', label: common('back') }}
        lead={t('lead')}
      />
      {query['pedido'] === undefined ? null : (
        <Notice tone="success" role="status" title={t('filed')} />
      )}
      <EntryOnList held={held} />
      <RoundsAndRights held={held} />
      <TheRest held={held} />
      <MyRequests held={held} />
      <Section title={t('ask')} lead={t('askLead', TERM_WORKING_DAYS)}>
        <FieldsForm
          action={askAboutData}
          fields={[
            {
              name: 'kind',
              kind: 'select',
              label: t('kind'),
              options: [
                { value: '', label: t('choose') },
                ...REQUEST_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) })),
              ],
            },
            { name: 'detail', kind: 'area', label: t('detail'), hint: t('detailHint') },
          ]}
          button={t('send')}
          problem={common('problem')}
        />
      </Section>
      <form action={leavePadron}>
        <Button variant="secondary">{t('leave')}</Button>
      </form>
    </>
  );
}
