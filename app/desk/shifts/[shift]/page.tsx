import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { DateTime } from '@/components/date';
import { ButtonLink } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { mayCloseOthersShifts, maySignShifts } from '@/lib/desk/policy';
import { incidentsOf, lastHandover, shiftById } from '@/lib/desk/shift-queries';
import type { PageSearch } from '@/lib/shared/page-number';
import { isUuid, shiftsPage } from '../../addresses';
import { PrintButton } from '../../print-button';
import { deskProblem } from '../../problems';
import { CloseForm, IncidentForm, SignForm } from './forms';
import { Figures, Incidents, Signatures } from './log';

interface Props {
  readonly params: Promise<{ readonly shift: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('desk.shift');
  return { title: t('windowTitle') };
}

/** One shift: its figures and incidents, to be gone on with, closed, signed and printed. */
export default async function ShiftPage({ params, searchParams }: Props) {
  const actor = await requirePermission('keep-shifts', 'sign-shifts');
  const { shift: id } = await params;
  const db = registry();
  const shift = isUuid(id) ? await shiftById(db, id) : null;
  if (shift === null) notFound();
  const [t, problems, common, query, incidents, handover] = await Promise.all([
    getTranslations('desk.shift'),
    getTranslations('desk.problem'),
    getTranslations('common'),
    searchParams,
    incidentsOf(db, id),
    shift.closedAt === null ? lastHandover(db, shift.placeId) : null,
  ]);
  const problem = deskProblem(query['problema']);
  const isOwn = shift.officerId === actor.id;
  const isOpen = shift.closedAt === null;
  return (
    <>
      {problem === null ? null : (
        <ErrorSummary
          title={common('problem')}
          errors={[
            {
              href: problem === 'incident-form' ? '#words' : isOpen ? '#papers' : '#contenido',
              message: problems(problem),
            },
          ]}
        />
      )}
      <PageHeader
        title={t('title', { officer: shift.officerName })}
        lead={t('lead', { place: shift.placeName, device: shift.device })}
        back={{ href: shiftsPage(), label: t('back') }}
      >
        <p className="mb-3">
          {t('from')} <DateTime value={shift.openedAt} />
          {shift.closedAt === null ? null : (
            <>
              {' '}
              {t('to')} <DateTime value={shift.closedAt} />
            </>
          )}
        </p>
        <p className="flex flex-wrap gap-4 print:hidden">
          {isOpen && isOwn ? <ButtonLink href="/desk">{t('work')}</ButtonLink> : null}
          <PrintButton label={t('print')} />
        </p>
      </PageHeader>
      {handover === null ? null : (
        <Notice tone="info" title={t('handover', { officer: handover.officerName })}>
          <p className="whitespace-pre-line">{handover.note}</p>
        </Notice>
      )}
      <Figures shift={shift} />
      <Incidents incidents={incidents} />
      {isOpen && isOwn ? (
        <>
          <IncidentForm shiftId={shift.id} />
          <CloseForm shiftId={shift.id} />
        </>
      ) : null}
      {isOpen && !isOwn && mayCloseOthersShifts(actor) ? (
        <CloseForm shiftId={shift.id} leftOpenBy={shift.officerName} />
      ) : null}
      {isOpen ? null : <Signatures shift={shift} />}
      {!isOpen &&
      !isOwn &&
      shift.closedBy !== actor.id &&
      shift.signedBy === null &&
      maySignShifts(actor) ? (
        <SignForm shiftId={shift.id} officer={shift.officerName} />
      ) : null}
    </>
  );
}
