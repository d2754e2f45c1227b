import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { registry } from '@/db/registry/client';
import { isAsked } from '@/lib/approvals/queries';
import { mayInviteAlone, staffById } from '@/lib/auth/people';
import { STAFF } from '@/lib/auth/roles';
import { requirePermission } from '@/lib/auth/session';
import { FreshGate } from '../../../cuenta/fresh-gate';
import { InviteAgainForm, PersonAct, RolesForm } from '../forms';

interface Props {
  readonly params: Promise<{ id: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('staff.people');
  return { title: t('one.title') };
}

export default async function PersonPage({ params }: Props) {
  const actor = await requirePermission('manage-people');
  const { id } = await params;
  const person = await staffById(registry(), decodeURIComponent(id));
  if (person === null) notFound();
  const [t, roles, recoveryAsked, grantAsked] = await Promise.all([
    getTranslations('staff.people'),
    getTranslations('staff.roles'),
    isAsked(registry(), 'staff.recovery', person.id),
    isAsked(registry(), 'staff.grant', person.id),
  ]);
  const link = { linkTitle: t('link.title'), linkHow: t('link.how') };
  const isSelf = person.id === actor.id;
  return (
    <>
      <PageHeader
        title={person.displayName}
        lead={person.email}
        back={{ href: '/admin/people', label: t('title') }}
      />
      {person.disabledAt !== null ? (
        <Notice tone="warning">{t('one.disabled')}</Notice>
      ) : isSelf ? (
        <Notice tone="info">{t('one.self')}</Notice>
      ) : (
        <FreshGate>
          <Section title={t('one.rolesTitle')} lead={t('one.rolesLead')}>
            {grantAsked ? <Notice tone="info">{t('one.rolesAsked')}</Notice> : null}
            <RolesForm
              id={person.id}
              held={person.roles}
              choices={STAFF.map((role) => ({ value: role, label: roles(role) }))}
              words={{
                roles: t('roles'),
                reason: t('one.reason'),
                submit: t('one.rolesSubmit'),
                ...link,
              }}
            />
          </Section>
          {mayInviteAlone(person) ? (
            <Section title={t('one.inviteTitle')} lead={t('one.inviteLead')}>
              <InviteAgainForm id={person.id} words={{ submit: t('one.inviteSubmit'), ...link }} />
            </Section>
          ) : person.roles.length === 0 ? null : (
            <Section title={t('one.readmitTitle')} lead={t('one.readmitLead')}>
              {recoveryAsked ? (
                <Notice tone="info">{t('one.asked')}</Notice>
              ) : (
                <PersonAct
                  id={person.id}
                  act="readmit"
                  words={{ submit: t('one.readmitSubmit'), reason: t('one.reason'), ...link }}
                />
              )}
            </Section>
          )}
          <Section title={t('one.sessionsTitle')} lead={t('one.sessionsLead')}>
            <PersonAct
              id={person.id}
              act="sessions"
              words={{ submit: t('one.sessionsSubmit'), ...link }}
            />
          </Section>
          <Section title={t('one.accessTitle')} lead={t('one.accessLead')}>
            <PersonAct
              id={person.id}
              act="access"
              words={{ submit: t('one.accessSubmit'), reason: t('one.reason'), ...link }}
            />
          </Section>
        </FreshGate>
      )}
    </>
  );
}
