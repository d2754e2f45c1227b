import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound, redirect } from 'next/navigation';
import { formatCount } from '@/components/count';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Field, TextInput } from '@/components/ui/field';
import { PageHeader } from '@/components/ui/page-header';
import { registry } from '@/db/registry/client';
import { paperTableById } from '@/lib/assemblies/queries';
import { requirePermission } from '@/lib/auth/session';
import type { PageSearch } from '@/lib/shared/page-number';
import { tablePage } from '../../addresses';
import { paperProblem, type PaperProblem } from '../../problems';

interface Props {
  readonly params: Promise<{ readonly table: string }>;
  readonly searchParams: PageSearch;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('paper.table');
  return { title: t('minutesTitle') };
}

const FIELDS = ['checkIns', 'ballots', 'spoiled', 'unused'] as const;

/** Beside which box a problem stands. */
function placeOf(problem: PaperProblem): string {
  switch (problem) {
    case 'papers-differ':
      return 'unused';
    case 'urn-exceeds-check-ins':
      return 'ballots';
    case 'photo-not-image':
    case 'photo-too-large':
      return 'photo';
    default:
      return 'checkIns';
  }
}

/** The signed sheet, copied. A plain form to a handler of its own, because it carries a photo. */
export default async function MinutesPage({ params, searchParams }: Props) {
  await requirePermission('work-with-paper');
  const table = await paperTableById(registry(), (await params).table);
  if (table === null) notFound();
  if (table.state !== 'open') redirect(tablePage(table.id));
  const [t, problems, common, query] = await Promise.all([
    getTranslations('paper.minutes'),
    getTranslations('paper.problem'),
    getTranslations('common'),
    searchParams,
  ]);
  const problem = paperProblem(query['problema']);
  const people = formatCount(table.checkedIn);
  const papers = formatCount(table.papers);
  const message =
    problem === null
      ? null
      : problems(problem, { checkIns: people, papers, ballots: '', spoiled: '' });
  const errorAt = (field: string) =>
    problem !== null && message !== null && placeOf(problem) === field ? message : undefined;
  const hints: Partial<Record<(typeof FIELDS)[number], string>> = {
    checkIns: t('checkInsHint', { people }),
    ballots: t('ballotsHint'),
    unused: t('unusedHint', { papers }),
  };
  return (
    <>
      {problem === null || message === null ? null : (
        <ErrorSummary
          title={common('problem')}
          errors={[{ href: `#${placeOf(problem)}`, message }]}
        />
      )}
      <PageHeader
        title={t('title', { number: String(table.number) })}
        lead={t('lead')}
        back={{ href: tablePage(table.id), label: common('back') }}
      />
      <form
        method="post"
        encType="multipart/form-data"
        action={tablePage(table.id, 'close')}
        className="max-w-(--container-text)"
      >
        {FIELDS.map((field) => {
          const typed = query[field];
          return (
            <TextInput
              key={field}
              id={field}
              name={field}
              label={t(field)}
              hint={hints[field]}
              error={errorAt(field)}
              defaultValue={typeof typed === 'string' ? typed.slice(0, 12) : ''}
              width="code"
              inputMode="numeric"
              autoComplete="off"
              maxLength={6}
            />
          );
        })}
        <Field id="photo" label={t('photo')} hint={t('photoHint')} error={errorAt('photo')}>
          <input
            id="photo"
            name="photo"
            type="file"
            accept="image/jpeg,image/png"
            aria-describedby="photo-hint"
            className="block min-h-12 w-full"
          />
        </Field>
        <Button>{t('send')}</Button>
      </form>
    </>
  );
}
