import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { DateTime } from '@/components/date';
import { ButtonLink } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { registry } from '@/db/registry/client';
import { may } from '@/lib/auth/permissions';
import { requirePermission } from '@/lib/auth/session';
import { ROLL_ADDITION_KIND } from '@/lib/roll/import/types';
import { additionById, openRequest } from '@/lib/roll/proposal-queries';
import { isUuid, type PageSearch } from '@/lib/shared/page-number';
import { FreshGate } from '../../../../cuenta/fresh-gate';
import { TakeBack } from '../../take-back';
import { SeeForm } from './see-form';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('roll-import.add');
  return { title: t('title') };
}

interface Props {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: PageSearch;
}

/** One person who waits to be added: for the second person, and for who asked. */
export default async function AdditionPage({ params, searchParams }: Props) {
  const actor = await requirePermission('import-roll');
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const found = isUuid(id) ? await additionById(registry(), id) : null;
  if (found === null) notFound();
  const [t, words, request] = await Promise.all([
    getTranslations('roll-import'),
    getTranslations('roll-import.addition'),
    openRequest(registry(), ROLL_ADDITION_KIND, id),
  ]);
  return (
    <>
      <PageHeader
        back={{ href: '/admin/roll', label: t('add.back') }}
        title={words('title', { district: found.districtName })}
        lead={
          <>
            {words('lead', { by: found.askedByName })} <DateTime value={found.askedAt} />
          </>
        }
      />
      {query['problem'] === undefined ? null : (
        <Notice tone="danger" role="alert">
          {t('refusal.wrong-state')}
        </Notice>
      )}
      <Notice tone={found.state === 'proposed' ? 'warning' : 'info'} title={words(found.state)}>
        <p className="break-words">
          <strong>{words('reason')}:</strong> {found.reason}
        </p>
      </Notice>
      {request !== null && may(actor, 'approve-roll') ? (
        <Section title={words('person')}>
          <FreshGate>
            <SeeForm
              id={id}
              words={{
                seeText: words('seeText'),
                see: words('see'),
                dni: words('dni'),
                name: words('name'),
                phone: words('phone'),
                unsaid: words('unsaid'),
                gone: words('gone'),
              }}
            />
          </FreshGate>
          <ButtonLink href="/admin/approvals" variant="secondary">
            {t('import.approvals')}
          </ButtonLink>
        </Section>
      ) : null}
      {request?.requestedBy === actor.id ? (
        <TakeBack what="addition" id={id} text={words('takeBackText')} submit={words('takeBack')} />
      ) : null}
    </>
  );
}
