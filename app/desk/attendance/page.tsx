import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DateText } from '@/components/date';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/field';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { databaseNow } from '@/db/registry/clock';
import { requirePermission } from '@/lib/auth/session';
import { assembliesPage } from '@/lib/desk/attendance-queries';
import { limaDay } from '@/lib/shared/lima';
import { pageOf, type PageSearch } from '@/lib/shared/page-number';
import { assemblyPage } from '../addresses';
import { openList } from '../attendance-actions';
import { deskProblem } from '../problems';

const PER_PAGE = 20;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('desk.attendance');
  return { title: t('title') };
}

/** Attendance lists of assemblies and workshops. */
export default async function AttendancePage({
  searchParams,
}: {
  readonly searchParams: PageSearch;
}) {
  await requirePermission('take-attendance');
  const query = await searchParams;
  const page = pageOf(query);
  const db = registry();
  const [t, problems, common, now, { assemblies, total }] = await Promise.all([
    getTranslations('desk.attendance'),
    getTranslations('desk.problem'),
    getTranslations('common'),
    databaseNow(db),
    assembliesPage(db, { page, perPage: PER_PAGE }),
  ]);
  const problem = deskProblem(query['problema']);
  const today = limaDay(now);
  return (
    <>
      {problem === null ? null : (
        <ErrorSummary
          title={common('problem')}
          errors={[{ href: '#name', message: problems(problem) }]}
        />
      )}
      <PageHeader title={t('title')} lead={t('lead')} />
      <Section title={t('listTitle')}>
        {assemblies.length === 0 ? (
          <p>{t('empty')}</p>
        ) : (
          <DataTable
            dense
            captionHidden
            caption={t('listTitle')}
            head={[t('head.name'), t('head.place'), t('head.day'), t('head.state')]}
            rows={assemblies.map((each) => [
              <a key="name" href={assemblyPage(each.id)}>
                {each.name}
              </a>,
              each.place,
              <DateText key="day" value={each.day} />,
              t(`state.${each.state}`),
            ])}
          />
        )}
        <Pagination
          page={page}
          pages={Math.max(1, Math.ceil(total / PER_PAGE))}
          href={(other) => `/desk/attendance?pagina=${String(other)}`}
        />
      </Section>
      <Section title={t('openTitle')}>
        <form action={openList} className="max-w-(--container-text)">
          {/* The same form sent twice opens one list. */}
          <input type="hidden" name="requestKey" value={randomUUID()} />
          <TextInput
            id="name"
            name="name"
            label={t('name')}
            hint={t('nameHint')}
            maxLength={120}
            required
          />
          <TextInput id="place" name="place" label={t('place')} maxLength={120} required />
          <TextInput
            id="day"
            name="day"
            type="date"
            label={t('day')}
            width="short"
            defaultValue={today}
            required
          />
          <Button>{t('openSubmit')}</Button>
        </form>
      </Section>
    </>
  );
}
