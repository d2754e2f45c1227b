import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { notFound, redirect } from 'next/navigation';
import { formatCount } from '@/components/count';
import { Button } from '@/components/ui/button';
import { Details } from '@/components/ui/details';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { registry } from '@/db/registry/client';
import { manifestOf, ownPass, type OwnPass } from '@/lib/assemblies/keying-queries';
import { paperTableById } from '@/lib/assemblies/queries';
import { requirePermission } from '@/lib/auth/session';
import type { Locale } from '@/lib/i18n/locale';
import { pickText } from '@/lib/i18n/text';
import { contestsFor, mostPicks, optionIds } from '@/lib/rounds/contests';
import type { Contest } from '@/lib/rounds/manifest';
import type { PageSearch } from '@/lib/shared/page-number';
import { finishToKey } from '../../actions';
import { tablePage } from '../../addresses';
import { paperProblem } from '../../problems';
import { KeyingForm } from './keying-form';

interface Props {
  readonly params: Promise<{ readonly table: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('paper.table');
  return { title: t('begin') };
}

/** One officer's entry, paper by paper. Nothing of anybody else's entry is ever read here. */
export default async function KeyingPage({ params, searchParams }: Props) {
  const actor = await requirePermission('work-with-paper');
  const db = registry();
  const table = await paperTableById(db, (await params).table);
  if (table === null) notFound();
  const own = await ownPass(db, table.id, actor.id);
  if (own === null) redirect(tablePage(table.id, undefined, { problema: 'not-your-turn' }));
  const [t, problems, common, locale, query, manifest] = await Promise.all([
    getTranslations('paper.keying'),
    getTranslations('paper.problem'),
    getTranslations('common'),
    getLocale(),
    searchParams,
    manifestOf(db, table.roundId),
  ]);
  const problem = paperProblem(query['problema']);
  const figures = {
    checkIns: formatCount(table.checkIns),
    papers: formatCount(table.papers),
    ballots: formatCount(table.ballots),
    spoiled: formatCount(table.spoiled),
  };
  const { number, replaces } = paperToKey(own, query['numero']);
  const before = own.entries.find((entry) => entry.number === number)?.choices;
  const valid = own.entries.filter(({ choices }) => choices !== null).length;
  const isThird = own.pass === 3;
  return (
    <>
      {problem === null ? null : (
        <ErrorSummary
          title={common('problem')}
          errors={[{ href: '#cedula', message: problems(problem, figures) }]}
        />
      )}
      <PageHeader
        title={t(isThird ? 'titleThird' : 'title', { number: String(table.number) })}
        lead={t(isThird ? 'leadThird' : 'lead')}
        back={{ href: tablePage(table.id), label: common('back') }}
      />
      <p className="mb-6 font-semibold" role="status">
        {t('done', {
          done: formatCount(own.entries.length),
          all: formatCount(own.numbers.length),
          valid: formatCount(valid),
          spoiled: formatCount(own.entries.length - valid),
        })}
      </p>
      {number === null ? (
        <Section title={t('finish')} id="cedula" lead={t('finishWhy')}>
          <form action={finishToKey.bind(null, table.id)}>
            <Button>{t('finish')}</Button>
          </form>
        </Section>
      ) : (
        <Section title={t('paper', { number: String(number) })}>
          {replaces ? (
            <Notice tone="warning">{t('correcting', { number: String(number) })}</Notice>
          ) : null}
          <KeyingForm
            key={number}
            tableId={table.id}
            number={number}
            replaces={replaces}
            contests={contestsFor(manifest, table.groupId).map((contest) => ({
              id: contest.id,
              title: pickText(locale, contest.title),
              hint: hintOf(contest, t),
              options: optionNames(contest, locale),
              start: typedBefore(contest, before?.[contest.id]),
            }))}
            words={{
              paper: t('paper', { number: String(number) }),
              summary: t('summary'),
              save: t('save'),
              void: t('void'),
              options: t('options'),
            }}
          />
        </Section>
      )}
      {own.entries.length === 0 ? null : (
        <Details summary={t('correct')}>
          <ul className="flex flex-wrap gap-x-4">
            {own.entries.map((entry) => (
              <li key={entry.number}>
                <a
                  className="inline-flex min-h-11 min-w-11 items-center justify-center"
                  href={tablePage(table.id, 'keying', { numero: String(entry.number) })}
                >
                  {entry.number}
                </a>
              </li>
            ))}
          </ul>
        </Details>
      )}
    </>
  );
}

/** The paper that the address asks to correct, or the next one that is not keyed yet. */
function paperToKey(
  own: OwnPass,
  asked: string | string[] | undefined,
): { readonly number: number | null; readonly replaces: boolean } {
  const keyed = new Set(own.entries.map((entry) => entry.number));
  const wanted = Number(asked);
  if (typeof asked === 'string' && keyed.has(wanted)) return { number: wanted, replaces: true };
  return { number: own.numbers.find((each) => !keyed.has(each)) ?? null, replaces: false };
}

/** What to type, and the most that the rules of the round allow. */
function hintOf(contest: Contest, t: Words): string {
  if (contest.kind === 'rank') return t('rankHint', { most: String(contest.maxRanked) });
  const most = mostPicks(contest);
  return most < contest.proposals.length
    ? t('allocateHintUpTo', { most: String(most) })
    : t('allocateHint');
}

type Words = Awaited<ReturnType<typeof getTranslations<'paper.keying'>>>;

function optionNames(contest: Contest, locale: Locale): string[] {
  const options = contest.kind === 'rank' ? contest.rows : contest.proposals;
  return options.map(({ title }) => pickText(locale, title));
}

/** What had been typed for these picks. */
function typedBefore(contest: Contest, picks: readonly string[] | undefined): string {
  if (picks === undefined) return '';
  const options = optionIds(contest);
  return picks.length === 0 ? '0' : picks.map((pick) => options.indexOf(pick) + 1).join(' ');
}
