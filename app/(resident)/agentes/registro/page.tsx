import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { redirect } from 'next/navigation';
import { FieldsForm } from '@/components/fields-form';
import { Button } from '@/components/ui/button';
import { Details } from '@/components/ui/details';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { registry } from '@/db/registry/client';
import { ownAgent } from '@/lib/agents/queries';
import { currentCycle } from '@/lib/cycle/queries';
import { leavePadron } from '../../padron/actions';
import { padronPage } from '../../padron/addresses';
import { currentPerson } from '../../padron/person';
import { registerAgent, withdrawOwn } from '../actions';
import { agentFields } from '../fields';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('agents.form');
  return { title: t('title'), robots: { index: false } };
}

/** Registration as an agente participante, and how it goes on. */
export default async function RegisterAgentPage() {
  const person = await currentPerson();
  if (person === null) redirect(padronPage('padron', { goal: 'agentes' }));
  const [t, common, cycle, fields] = await Promise.all([
    getTranslations('agents.form'),
    getTranslations('common'),
    currentCycle(),
    agentFields(),
  ]);
  const own = cycle === null ? null : await ownAgent(registry(), cycle.id, person.dniHash);
  const canRegister =
    cycle !== null && (own === null || own.state === 'rejected' || own.state === 'withdrawn');
  return (
    <>
      <PageHeader
        title={t('title')}
        back={{ href: '/agentes', label: common('back') }}
        lead={t('lead')}
      />
      {own === null ? null : (
        <Notice
          tone={
            own.state === 'accredited' ? 'success' : own.state === 'rejected' ? 'warning' : 'info'
          }
          title={t(`own.${own.state}`)}
        >
          <p>
            {own.organisation} · {own.number}
          </p>
          {own.state === 'rejected' && own.reason !== null ? <p>{own.reason}</p> : null}
        </Notice>
      )}
      {own?.state === 'submitted' ? (
        <Details summary={t('withdraw')}>
          <p className="mb-4 max-w-(--container-text)">{t('withdrawLead')}</p>
          <form action={withdrawOwn}>
            <Button variant="secondary">{t('withdraw')}</Button>
          </form>
        </Details>
      ) : null}
      {canRegister ? (
        <FieldsForm
          action={registerAgent}
          fields={fields}
          button={t('send')}
          problem={common('problem')}
        />
      ) : null}
      <form action={leavePadron} className="mt-8">
        <Button variant="secondary">{t('leave')}</Button>
      </form>
    </>
  );
}
