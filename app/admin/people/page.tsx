import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Pagination } from '@/components/ui/pagination';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { staffPage } from '@/lib/auth/people';
import { STAFF } from '@/lib/auth/roles';
import { requirePermission } from '@/lib/auth/session';
import { pageOf, type PageSearch } from '@/lib/shared/page-number';
import { FreshGate } from '../../cuenta/fresh-gate';
import { InviteForm } from './forms';

const PER_PAGE = 20;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('staff.people');
  return { title: t('title') };
}

export default async function PeoplePage({ searchParams }: { readonly searchParams: PageSearch }) {
  await requirePermission('manage-people');
  const page = pageOf(await searchParams);
  const [t, roles, { people, total }] = await Promise.all([
    getTranslations('staff.people'),
    getTranslations('staff.roles'),
    staffPage(registry(), { page, perPage: PER_PAGE }),
  ]);
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      <DataTable
        caption={t('caption')}
        head={[t('name'), t('roles'), t('email'), t('entry')]}
        rows={people.map((person) => [
          <a key="name" href={`/admin/people/${person.id}`}>
            {person.displayName}
          </a>,
          person.roles.length === 0
            ? t('state.waiting')
            : person.roles.map((role) => roles(role)).join(', '),
          person.email,
          person.disabledAt !== null
            ? t('state.disabled')
            : person.passkeys > 0
              ? t('state.passkey')
              : t('state.invited'),
        ])}
      />
      <Pagination
        page={page}
        pages={Math.ceil(total / PER_PAGE)}
        href={(to) => `/admin/people?pagina=${to}`}
      />
      <Section title={t('invite.title')} lead={t('invite.lead')}>
        <FreshGate>
          <InviteForm
            choices={STAFF.map((role) => ({ value: role, label: roles(role) }))}
            words={{
              id: t('invite.id'),
              idHint: t('invite.idHint'),
              displayName: t('invite.displayName'),
              email: t('email'),
              roles: t('roles'),
              reason: t('one.reason'),
              reasonHint: t('invite.reasonHint'),
              submit: t('invite.submit'),
              linkTitle: t('link.title'),
              linkHow: t('link.how'),
            }}
          />
        </FreshGate>
      </Section>
    </>
  );
}
