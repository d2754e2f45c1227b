import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { formatCount } from '@/components/count';
import { Button } from '@/components/ui/button';
import { TextInput } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { DataTable } from '@/components/ui/table';
import { registry } from '@/db/registry/client';
import { paperNumberInput, seedInput } from '@/lib/assemblies/input';
import { manifestOf, reconciledPile } from '@/lib/assemblies/keying-queries';
import { paperTableById } from '@/lib/assemblies/queries';
import { minutesId, sampleNumbers } from '@/lib/assemblies/rules';
import type { PaperEntry } from '@/lib/assemblies/types';
import { requirePermission } from '@/lib/auth/session';
import type { Locale } from '@/lib/i18n/locale';
import { pickText } from '@/lib/i18n/text';
import { contestsFor, optionIds } from '@/lib/rounds/contests';
import type { Contest, Manifest } from '@/lib/rounds/manifest';
import type { PageSearch } from '@/lib/shared/page-number';
import { tablePage } from '../../addresses';

interface Props {
  readonly params: Promise<{ readonly table: string }>;
  readonly searchParams: PageSearch;
}

const USUAL_SIZE = 5;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('paper.table');
  return { title: t('sample') };
}

/** Which papers to pull from the pile in front of everybody, and what was keyed for them. */
export default async function SamplePage({ params, searchParams }: Props) {
  await requirePermission('work-with-paper', 'discard-paper-entries');
  const db = registry();
  const table = await paperTableById(db, (await params).table);
  if (table === null) notFound();
  const [t, common, locale, query, pile, manifest] = await Promise.all([
    getTranslations('paper.sample'),
    getTranslations('common'),
    getLocale(),
    searchParams,
    reconciledPile(db, table.id),
    manifestOf(db, table.roundId),
  ]);
  const seed = seedInput.safeParse(query['semilla']);
  const size = paperNumberInput.safeParse(query['cuantas']).data ?? USUAL_SIZE;
  const minutes = minutesId(table.number);
  return (
    <>
      <PageHeader
        title={t('title', { number: String(table.number) })}
        lead={t('lead')}
        back={{ href: tablePage(table.id), label: common('back') }}
      />
      {pile === null ? (
        <Notice tone="info">{t('notYet')}</Notice>
      ) : (
        <>
          <form method="get" className="max-w-(--container-text)">
            <TextInput
              id="semilla"
              name="semilla"
              label={t('seed')}
              hint={t('seedHint')}
              error={query['semilla'] === undefined || seed.success ? undefined : t('seedEmpty')}
              defaultValue={seed.data ?? ''}
              width="half"
              autoComplete="off"
              maxLength={100}
            />
            <TextInput
              id="cuantas"
              name="cuantas"
              label={t('size')}
              defaultValue={String(size)}
              width="code"
              inputMode="numeric"
              maxLength={5}
            />
            <Button>{t('draw')}</Button>
          </form>
          {seed.success ? (
            <Drawn
              of={{ seed: seed.data, roundId: table.roundId, minutes, papers: pile.length, size }}
              pile={pile}
              manifest={manifest}
              group={table.groupId}
              locale={locale}
            />
          ) : null}
          <Section title={t('again')}>
            <p className="max-w-(--container-text) break-words">
              {t('how', { all: formatCount(pile.length), round: table.roundId, minutes })}
            </p>
          </Section>
        </>
      )}
    </>
  );
}

async function Drawn({
  of,
  pile,
  manifest,
  group,
  locale,
}: {
  readonly of: Parameters<typeof sampleNumbers>[0];
  readonly pile: readonly PaperEntry[];
  readonly manifest: Manifest;
  readonly group: string;
  readonly locale: Locale;
}) {
  const t = await getTranslations('paper.sample');
  const drawn = new Set(sampleNumbers(of));
  const entries = pile.filter(({ number }) => drawn.has(number));
  const contests = contestsFor(manifest, group);
  const printed = (contest: Contest, entry: PaperEntry): string => {
    const picks = entry.choices?.[contest.id];
    if (picks === undefined) return t('void');
    const options = optionIds(contest);
    return picks.length === 0
      ? t('blank')
      : picks.map((pick) => String(options.indexOf(pick) + 1)).join(' ');
  };
  return (
    <Section
      title={t('result', {
        seed: of.seed,
        count: formatCount(entries.length),
        all: formatCount(of.papers),
      })}
    >
      <DataTable
        caption={t('caption')}
        head={[t('number'), ...contests.map(({ title }) => pickText(locale, title))]}
        rows={entries.map((entry) => [
          entry.number,
          ...contests.map((contest) => printed(contest, entry)),
        ])}
      />
    </Section>
  );
}
