import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { formatCount } from '@/components/count';
import { DateText } from '@/components/date';
import { Button, ButtonLink } from '@/components/ui/button';
import { ConfirmForm } from '@/components/ui/confirm-form';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { Stat, StatGrid } from '@/components/ui/stat';
import { DataTable } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { registry } from '@/db/registry/client';
import { requirePermission } from '@/lib/auth/session';
import { assemblyById, type AssemblyDetail } from '@/lib/desk/attendance-queries';
import type { PageSearch } from '@/lib/shared/page-number';
import { assembliesListPage, isUuid } from '../../addresses';
import { closeList, countGuest, markPersonPresent } from '../../attendance-actions';
import { Key } from '../../key';
import { deskProblem } from '../../problems';

interface Props {
  readonly params: Promise<{ readonly assembly: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('desk.attendance');
  return { title: t('title') };
}

const ANSWERS = { si: 'marked', ya: 'markedBefore', invitada: 'guestCounted' } as const;

function answerIn(value: unknown): (typeof ANSWERS)[keyof typeof ANSWERS] | null {
  return value === 'si' || value === 'ya' || value === 'invitada' ? ANSWERS[value] : null;
}

/** One assembly: who comes is marked by DNI, one Enter each; nothing here knows of votes. */
export default async function AssemblyPage({ params, searchParams }: Props) {
  await requirePermission('take-attendance');
  const { assembly: id } = await params;
  const held = isUuid(id) ? await assemblyById(registry(), id) : null;
  if (held === null) notFound();
  const [t, problems, common, query] = await Promise.all([
    getTranslations('desk.attendance'),
    getTranslations('desk.problem'),
    getTranslations('common'),
    searchParams,
  ]);
  const problem = deskProblem(query['problema']);
  const error = problem === null ? undefined : problems(problem);
  const answer = answerIn(query['anotada']);
  return (
    <>
      {error === undefined ? null : (
        <ErrorSummary title={common('problem')} errors={[{ href: '#dni', message: error }]} />
      )}
      <PageHeader
        title={held.name}
        lead={
          <>
            {held.place} · <DateText value={held.day} />
          </>
        }
        back={{ href: assembliesListPage(), label: t('title') }}
      >
        <Tag tone={held.state === 'open' ? 'success' : 'neutral'}>{t(`state.${held.state}`)}</Tag>
      </PageHeader>
      {answer === null ? null : (
        <Notice
          tone={answer === 'markedBefore' ? 'info' : 'success'}
          role="status"
          title={t(answer)}
        />
      )}
      {held.state === 'open' ? <Mark assemblyId={held.id} error={error} answer={answer} /> : null}
      <Counts held={held} />
      <p className="mb-10">
        <ButtonLink href={`/desk/attendance/${held.id}/sheet`} variant="secondary">
          {t('sheet')}
        </ButtonLink>
      </p>
      {held.state === 'open' ? (
        <Section title={t('closeTitle')}>
          <ConfirmForm
            action={closeList.bind(null, held.id)}
            sentence={t('close')}
            submit={t('closeSubmit')}
          />
        </Section>
      ) : null}
    </>
  );
}

async function Mark({
  assemblyId,
  error,
  answer,
}: {
  readonly assemblyId: string;
  readonly error: string | undefined;
  readonly answer: string | null;
}) {
  const t = await getTranslations('desk.attendance');
  return (
    <div className="mb-8 flex flex-wrap items-end gap-x-12">
      {/* A new answer is a new form: empty, with the focus in it. */}
      <form key={[error, answer].join('|')} action={markPersonPresent.bind(null, assemblyId)}>
        <TextInput
          id="dni"
          name="dni"
          label={
            <>
              {t('dni')}
              <Key letter="B" />
            </>
          }
          error={error}
          width="short"
          className="text-2xl tabular-nums"
          inputMode="numeric"
          autoComplete="off"
          accessKey="b"
          maxLength={300}
          autoFocus
        />
        <Button>{t('mark')}</Button>
      </form>
      <form action={countGuest.bind(null, assemblyId)}>
        {/* Nothing is kept of a guest: the key makes a second press the same person. */}
        <input type="hidden" name="requestKey" value={randomUUID()} />
        <p className="mb-2 max-w-80">{t('guestHow')}</p>
        <Button variant="secondary" accessKey="g">
          {t('guest')}
          <Key letter="G" />
        </Button>
      </form>
    </div>
  );
}

async function Counts({ held }: { readonly held: AssemblyDetail }) {
  const t = await getTranslations('desk.attendance');
  return (
    <>
      <StatGrid>
        <Stat label={t('residents')} value={formatCount(held.residents)} />
        <Stat label={t('guests')} value={formatCount(held.guests)} />
        <Stat label={t('total')} value={formatCount(held.residents + held.guests)} />
      </StatGrid>
      {held.arrivals.length === 0 ? null : (
        <DataTable
          dense
          caption={t('arrivals')}
          head={[t('head.quarter'), t('head.people')]}
          numeric={[1]}
          rows={held.arrivals.map(({ quarter, people }) => [quarter, formatCount(people)])}
        />
      )}
      <p className="text-ink-soft mb-6">{t('never')}</p>
    </>
  );
}
