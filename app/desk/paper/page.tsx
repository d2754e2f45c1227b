import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { formatCount } from '@/components/count';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { registry } from '@/db/registry/client';
import { manifestOf } from '@/lib/assemblies/keying-queries';
import { mayWorkWithPaper } from '@/lib/assemblies/policy';
import { paperTables } from '@/lib/assemblies/queries';
import { requirePermission } from '@/lib/auth/session';
import { pickText } from '@/lib/i18n/text';
import { listRounds } from '@/lib/rounds/queries';
import type { PageSearch } from '@/lib/shared/page-number';
import { openPaperTable } from './actions';
import { paperProblem } from './problems';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('paper.list');
  return { title: t('title') };
}

/** Paper tables of every round whose record is not sealed yet. */
export default async function PaperPage({ searchParams }: { readonly searchParams: PageSearch }) {
  const actor = await requirePermission('work-with-paper', 'discard-paper-entries');
  const db = registry();
  const [t, problems, common, query, all] = await Promise.all([
    getTranslations('paper.list'),
    getTranslations('paper.problem'),
    getTranslations('common'),
    searchParams,
    listRounds(db),
  ]);
  const rounds = all.filter(({ state }) => state !== 'draft' && state !== 'opening');
  const problem = paperProblem(query['problema']);
  // The sentences with figures belong to the page of one table.
  const message = problem === null ? null : problems(problem, NO_FIGURES);
  return (
    <>
      {message === null ? null : (
        <ErrorSummary title={common('problem')} errors={[{ href: '#contenido', message }]} />
      )}
      <PageHeader title={t('title')} lead={t('lead')} />
      {rounds.length === 0 ? <Notice tone="info">{t('noRounds')}</Notice> : null}
      {rounds.map((round) => (
        <RoundTables key={round.id} round={round} mayOpen={mayWorkWithPaper(actor)} />
      ))}
    </>
  );
}

const NO_FIGURES = { checkIns: '', papers: '', ballots: '', spoiled: '' };

async function RoundTables({
  round,
  mayOpen,
}: {
  readonly round: Awaited<ReturnType<typeof listRounds>>[number];
  readonly mayOpen: boolean;
}) {
  const db = registry();
  const [t, states, locale, tables, manifest] = await Promise.all([
    getTranslations('paper.list'),
    getTranslations('paper.state'),
    getLocale(),
    paperTables(db, round.id),
    manifestOf(db, round.id),
  ]);
  const name = pickText(locale, { es: round.nameEs, en: round.nameEn });
  const groups = new Map(manifest.groups.map((group) => [group.id, group.name]));
  return (
    <Section title={name}>
      {tables.length === 0 ? (
        <p className="mb-6">{t('empty')}</p>
      ) : (
        <DataTable
          dense
          caption={t('caption', { round: name })}
          head={[
            t('head.table'),
            t('head.place'),
            t('head.group'),
            t('head.checkIns'),
            t('head.state'),
          ]}
          numeric={[3]}
          rows={tables.map((table) => [
            <a key="table" href={`/desk/paper/${table.id}`}>
              {t('table', { number: String(table.number) })}
            </a>,
            table.place,
            groups.get(table.groupId) ?? table.groupId,
            formatCount(table.checkedIn),
            <Tag key="state" tone={table.state === 'reconciled' ? 'success' : 'neutral'}>
              {states(table.state)}
            </Tag>,
          ])}
        />
      )}
      {mayOpen && round.state === 'open' ? (
        <OpenForm
          roundId={round.id}
          groups={manifest.groups.map(({ id, name: label }) => ({ value: id, label }))}
        />
      ) : null}
    </Section>
  );
}

async function OpenForm({
  roundId,
  groups,
}: {
  readonly roundId: string;
  readonly groups: readonly { readonly value: string; readonly label: string }[];
}) {
  const t = await getTranslations('paper.list');
  return (
    <form action={openPaperTable} className="max-w-(--container-text)">
      <h3 className="mb-4 text-xl">{t('openTitle')}</h3>
      {/* The same form sent twice opens one table. */}
      <input type="hidden" name="requestKey" value={randomUUID()} />
      <input type="hidden" name="roundId" value={roundId} />
      <TextInput
        id={`place-${roundId}`}
        name="place"
        label={t('place')}
        hint={t('placeHint')}
        maxLength={200}
        required
      />
      <Select
        id={`group-${roundId}`}
        name="groupId"
        label={t('group')}
        hint={t('groupHint')}
        options={groups}
      />
      <TextInput
        id={`papers-${roundId}`}
        name="papers"
        label={t('papers')}
        hint={t('papersHint')}
        width="code"
        inputMode="numeric"
        maxLength={6}
        required
      />
      <Button>{t('open')}</Button>
      <p className="mt-6">
        {groups.map((group) => (
          <a
            key={group.value}
            className="mr-4 inline-block py-1"
            href={`/desk/paper/cedula/${roundId}/${group.value}`}
          >
            {t('printBallot', { group: group.label })}
          </a>
        ))}
      </p>
    </form>
  );
}
