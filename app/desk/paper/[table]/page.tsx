import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { formatCount } from '@/components/count';
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
import { manifestOf } from '@/lib/assemblies/keying-queries';
import { mayDiscardEntry, mayWorkWithPaper } from '@/lib/assemblies/policy';
import { paperTableById } from '@/lib/assemblies/queries';
import type { PaperTable } from '@/lib/assemblies/types';
import type { StaffActor } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/session';
import type { PageSearch, SearchParams } from '@/lib/shared/page-number';
import { beginToKey, checkIn, discardOneEntry } from '../actions';
import { tablePage } from '../addresses';
import { paperProblem } from '../problems';

interface Props {
  readonly params: Promise<{ readonly table: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, table] = await Promise.all([
    getTranslations('paper.list'),
    params.then(({ table: id }) => paperTableById(registry(), id)),
  ]);
  return { title: t('table', { number: String(table?.number ?? '') }) };
}

/** One table: while it is open, people are checked in here; afterwards, what became of its pile. */
export default async function PaperTablePage({ params, searchParams }: Props) {
  const actor = await requirePermission('work-with-paper', 'discard-paper-entries');
  const table = await paperTableById(registry(), (await params).table);
  if (table === null) notFound();
  const [t, states, problems, common, query, manifest] = await Promise.all([
    getTranslations('paper.table'),
    getTranslations('paper.state'),
    getTranslations('paper.problem'),
    getTranslations('common'),
    searchParams,
    manifestOf(registry(), table.roundId),
  ]);
  const problem = paperProblem(query['problema']);
  const error =
    problem === null
      ? undefined
      : problems(problem, {
          checkIns: formatCount(table.checkedIn),
          papers: formatCount(table.papers),
          ballots: formatCount(table.ballots),
          spoiled: formatCount(table.spoiled),
        });
  const group = manifest.groups.find(({ id }) => id === table.groupId)?.name ?? table.groupId;
  return (
    <>
      {error === undefined ? null : (
        <ErrorSummary
          title={common('problem')}
          errors={[{ href: table.state === 'open' ? '#dni' : '#sigue', message: error }]}
        />
      )}
      <PageHeader
        title={t('title', { number: String(table.number), place: table.place })}
        lead={t('lead', { group, papers: formatCount(table.papers) })}
        back={{ href: '/desk/paper', label: t('back') }}
      >
        <Tag tone={table.state === 'reconciled' ? 'success' : 'info'}>{states(table.state)}</Tag>
      </PageHeader>
      {table.state === 'open' ? (
        mayWorkWithPaper(actor) ? (
          <CheckIn table={table} query={query} error={error} />
        ) : (
          <Notice tone="info">{t('onlyOfficers')}</Notice>
        )
      ) : (
        <ClosedTable table={table} actor={actor} query={query} />
      )}
    </>
  );
}

async function CheckIn({
  table,
  query,
  error,
}: {
  readonly table: PaperTable;
  readonly query: SearchParams;
  readonly error: string | undefined;
}) {
  const t = await getTranslations('paper.table');
  const given = stubIn(query, 'talon');
  const again = stubIn(query, 'repetido');
  return (
    <>
      {given === null ? null : (
        <Notice tone="success" role="status" title={t('given', { stub: given })}>
          <p>{t('givenWhy')}</p>
        </Notice>
      )}
      {again === null ? null : (
        <Notice tone="warning" role="status" title={t('givenAgain', { stub: again })}>
          <p>{t('givenAgainWhy')}</p>
        </Notice>
      )}
      <Section title={t('checkInTitle')} lead={t('checkInHow')}>
        {/* A new answer is a new form: empty, with the focus in it. */}
        <form key={[given, again, error].join('|')} action={checkIn.bind(null, table.id)}>
          <TextInput
            id="dni"
            name="dni"
            label={t('dni')}
            error={error}
            width="short"
            className="text-2xl tabular-nums"
            inputMode="numeric"
            autoComplete="off"
            maxLength={40}
            autoFocus
          />
          <Button>{t('checkIn')}</Button>
        </form>
      </Section>
      <StatGrid>
        <Stat label={t('people')} value={formatCount(table.checkedIn)} />
        <Stat label={t('left')} value={formatCount(table.papers - table.checkedIn)} />
      </StatGrid>
      <p>
        <ButtonLink href={tablePage(table.id, 'minutes')} variant="secondary">
          {t('closeLink')}
        </ButtonLink>
      </p>
    </>
  );
}

function stubIn(query: SearchParams, name: string): string | null {
  const value = query[name];
  return typeof value === 'string' && /^\d{1,5}$/.test(value) ? value : null;
}

const FINISHED = ['keying', 'arbitration', 'reconciled'] as const;

async function ClosedTable({
  table,
  actor,
  query,
}: {
  readonly table: PaperTable;
  readonly actor: StaffActor;
  readonly query: SearchParams;
}) {
  const [t, minutes, keying] = await Promise.all([
    getTranslations('paper.table'),
    getTranslations('paper.minutes'),
    getTranslations('paper.keying'),
  ]);
  const { state } = table;
  if (state === 'open') return null;
  const finished = FINISHED.find((known) => known === query['termino']);
  const unfinished = state === 'keying' ? unfinishedEntries(table) : [];
  const progress = (by: string | null, isDone: boolean) =>
    by === null ? t('nobody') : isDone ? t('done') : t('inCourse');
  return (
    <>
      {finished === undefined ? null : (
        <Notice tone="success" role="status">
          {keying(`finished.${finished}`)}
        </Notice>
      )}
      <Section title={t('nextTitle')} id="sigue">
        <p className="mb-4 max-w-(--container-text)">{t(`next.${state}`)}</p>
        {mayWorkWithPaper(actor) &&
        (state === 'recorded' || state === 'keying' || state === 'arbitration') ? (
          <form action={beginToKey.bind(null, table.id)}>
            <Button>{t(state === 'arbitration' ? 'arbitrate' : 'begin')}</Button>
          </form>
        ) : null}
        {state === 'reconciled' ? (
          <ButtonLink href={tablePage(table.id, 'sample')}>{t('sample')}</ButtonLink>
        ) : null}
      </Section>
      {state === 'closed' || state === 'recorded' ? null : (
        <DataTable
          dense
          caption={t('progressCaption')}
          head={[t('progressCaption'), '']}
          rows={[
            [t('first'), progress(table.firstBy, table.firstDone)],
            [t('second'), progress(table.secondBy, table.secondDone)],
            ...(state === 'arbitration' || table.thirdBy !== null
              ? [[t('third'), progress(table.thirdBy, state === 'reconciled')]]
              : []),
          ]}
        />
      )}
      <Section title={t('minutesTitle')}>
        <DataTable
          dense
          captionHidden
          caption={t('minutesCaption')}
          head={[t('minutesCaption'), '']}
          numeric={[1]}
          rows={[
            [minutes('checkIns'), formatCount(table.checkIns)],
            [minutes('ballots'), formatCount(table.ballots)],
            [minutes('spoiled'), formatCount(table.spoiled)],
            [minutes('unused'), formatCount(table.unused)],
          ]}
        />
        <p className="mb-2">
          <a href={tablePage(table.id, 'photo')}>{t('photo')}</a>
        </p>
        <p className="text-base break-all">
          {t('photoHash')}: <code>{table.photoSha256}</code>
        </p>
      </Section>
      {unfinished
        .filter(({ by }) => mayDiscardEntry(actor, by))
        .map(({ pass, by }) => {
          const whose = by === actor.id ? 'own' : pass === 1 ? 'first' : 'second';
          return (
            <Section key={pass} title={t(`discard.${whose}.title`)}>
              <ConfirmForm
                action={discardOneEntry.bind(null, table.id, pass)}
                sentence={t(`discard.${whose}.text`)}
                reason={{ label: t('reason') }}
                submit={t(`discard.${whose}.submit`)}
              />
            </Section>
          );
        })}
    </>
  );
}

/** The entries that somebody began and has not finished. */
function unfinishedEntries({
  firstBy,
  firstDone,
  secondBy,
  secondDone,
}: PaperTable): { readonly pass: 1 | 2; readonly by: string }[] {
  return [
    ...(firstBy !== null && !firstDone ? [{ pass: 1 as const, by: firstBy }] : []),
    ...(secondBy !== null && !secondDone ? [{ pass: 2 as const, by: secondBy }] : []),
  ];
}
