import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DateTime } from '@/components/date';
import { Button, ButtonLink } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { mayKeepShifts } from '@/lib/desk/policy';
import { openShiftOf, placeNames, shiftsPage } from '@/lib/desk/shift-queries';
import type { ShiftLine } from '@/lib/desk/types';
import { pageOf, type PageSearch } from '@/lib/shared/page-number';
import { shiftPage } from '../addresses';
import { deskProblem } from '../problems';
import { beginShift } from '../shift-actions';

const PER_PAGE = 20;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('desk.shifts');
  return { title: t('title') };
}

/** Shifts of the desk: the own one to open or to go on with, and the log of all. */
export default async function ShiftsPage({ searchParams }: { readonly searchParams: PageSearch }) {
  const actor = await requirePermission('keep-shifts', 'sign-shifts');
  const db = registry();
  const query = await searchParams;
  const page = pageOf(query);
  const [t, problems, common, own, { shifts, total }] = await Promise.all([
    getTranslations('desk.shifts'),
    getTranslations('desk.problem'),
    getTranslations('common'),
    openShiftOf(db, actor.id),
    shiftsPage(db, { page, perPage: PER_PAGE }),
  ]);
  const problem = deskProblem(query['problema']);
  return (
    <>
      {problem === null ? null : (
        <ErrorSummary
          title={common('problem')}
          errors={[{ href: '#place', message: problems(problem) }]}
        />
      )}
      <PageHeader title={t('title')} lead={t('lead')} />
      {own === null ? (
        mayKeepShifts(actor) ? (
          <OpenForm />
        ) : null
      ) : (
        <Notice tone="success" title={t('own', { place: own.placeName })}>
          <p className="mt-3 flex flex-wrap gap-4">
            <ButtonLink href="/desk">{t('work')}</ButtonLink>
            <ButtonLink href={shiftPage(own.id)} variant="secondary">
              {t('seeOwn')}
            </ButtonLink>
          </p>
        </Notice>
      )}
      <Section title={t('logTitle')}>
        {shifts.length === 0 ? (
          <p>{t('empty')}</p>
        ) : (
          <DataTable
            dense
            captionHidden
            caption={t('logTitle')}
            head={[
              t('head.officer'),
              t('head.place'),
              t('head.from'),
              t('head.to'),
              t('head.signed'),
            ]}
            rows={shifts.map((shift) => [
              <a key="officer" href={shiftPage(shift.id)}>
                {shift.officerName}
              </a>,
              `${shift.placeName} · ${shift.device}`,
              <DateTime key="from" value={shift.openedAt} />,
              shift.closedAt === null ? t('open') : <DateTime key="to" value={shift.closedAt} />,
              <Signed key="signed" shift={shift} />,
            ])}
          />
        )}
        <Pagination
          page={page}
          pages={Math.max(1, Math.ceil(total / PER_PAGE))}
          href={(other) => `/desk/shifts?pagina=${String(other)}`}
        />
      </Section>
    </>
  );
}

async function Signed({ shift }: { readonly shift: ShiftLine }) {
  const t = await getTranslations('desk.shifts');
  if (shift.closedAt === null) return null;
  if (shift.signedByName !== null) return shift.signedByName;
  return shift.aloneReason === null ? t('unsigned') : t('alone');
}

async function OpenForm() {
  const [t, places] = await Promise.all([getTranslations('desk.shifts'), placeNames(registry())]);
  return (
    <Section title={t('openTitle')}>
      <form action={beginShift} className="max-w-(--container-text)">
        {/* The same form sent twice opens one shift. */}
        <input type="hidden" name="requestKey" value={randomUUID()} />
        <TextInput
          id="place"
          name="place"
          label={t('place')}
          hint={t('placeHint')}
          list="places"
          autoComplete="off"
          minLength={2}
          maxLength={80}
          required
          autoFocus
        />
        <datalist id="places">
          {places.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <TextInput
          id="device"
          name="device"
          label={t('device')}
          hint={t('deviceHint')}
          width="half"
          autoComplete="off"
          maxLength={40}
          required
        />
        <TextInput
          id="papers"
          name="papers"
          label={t('papers')}
          hint={t('papersHint')}
          width="code"
          inputMode="numeric"
          autoComplete="off"
          defaultValue="0"
          maxLength={6}
          required
        />
        <Button>{t('openSubmit')}</Button>
      </form>
    </Section>
  );
}
